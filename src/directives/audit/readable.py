"""What people read in a bundle: a page of the history in sentences, which proves nothing and says so."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from html import escape

from directives.domain.event import RecordedEvent
from directives.i18n.catalogue import say_message, say_moment
from directives.i18n.message import Lang, Message
from directives.queries.narrator import Narrator

MOST = 10_000
"""Events that are told in sentences; the page of more would be too long to open."""
_STYLE = "body { font-family: sans-serif; margin: 2em } td, th { padding: .3em .8em; text-align: left }"


def page(events: Iterable[RecordedEvent], narrator: Narrator, title: str, zone: str, lang: Lang) -> Iterator[str]:
    """The page, part by part."""

    def words(template: str) -> str:
        return escape(say_message(Message(template), lang))

    yield f'<!DOCTYPE html>\n<html lang="{lang}">\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
    yield f"<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n"
    yield f"<p>{words('This page is for reading only; it proves nothing. The proof is in events.jsonl.')}</p>\n"
    headings = (words("position"), words("happened"), words("recorded"), words("what"), words("of"))
    yield f"<table>\n<tr>{''.join(f'<th>{each}' for each in headings)}\n"
    moment = lru_cache(1024)(partial(say_moment, zone=zone, lang=lang))  # events of one command have one moment
    for event in events:
        happened, recorded = moment(event.occurred_at), moment(event.recorded_at)
        cells = (str(event.position), happened, recorded, narrator.sentence(event), event.stream)
        yield f"<tr>{''.join(f'<td>{escape(each)}' for each in cells)}\n"
    yield "</table>\n"
