"""What is said to people: a sentence in English, by which its other languages are found, and the values in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, NamedTuple

Lang = Literal["en", "hi"]
"""English or Hindi."""


def _as_it_is(template: str) -> str:
    return template


class _Told(str):
    """A value of a message in words, which a template may ask for a form by its number: ``{n:file|files}``."""

    one: bool = False

    def __format__(self, forms: str) -> str:
        singular, between, plural = forms.partition("|")
        return str(self) if not between else singular if self.one else plural


class Message:
    """A sentence for people.

    Args:
        template: the sentence in English, with the names of its values in braces; the key of the catalogues. A number
            chooses between the forms for one and for more: ``{number} {number:file is|files are} missing``.
        values: a `Message` among them is told in the same language.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.of(_as_it_is, str)

    def of(self, translate: Callable[[str], str], tell: Callable[[object], str]) -> str:
        """The sentence with each template as ``translate`` has it, and each value as ``tell`` does."""
        if not self.values:
            return translate(self.template) if self.template else ""

        def spoken(value: object) -> _Told:
            told = _Told(value.of(translate, tell) if isinstance(value, Message) else tell(value))
            told.one = value == 1
            return told

        return translate(self.template).format(**{name: spoken(value) for name, value in self.values.items()})


class Listed(Message):
    """Messages one after the other, with ``between`` in between."""

    def __init__(self, *messages: Message, between: str = " ") -> None:
        names = [f"m{number}" for number in range(len(messages))]
        super().__init__(between.join(f"{{{name}}}" for name in names), **dict(zip(names, messages, strict=True)))


class MomentIn(NamedTuple):
    """A moment that is told to people in a time zone, or else with its own offset; as a text it is ISO 8601."""

    moment: datetime
    zone: str | None = None

    def __str__(self) -> str:
        return self.moment.isoformat()


class NotAllowed(ValueError):
    """A value that a validator does not allow, and why; of a whole model, the sentence begins with the field."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, **values)
        super().__init__(str(self.message))


class HiddenValue(NotAllowed):
    """A personal value that is not allowed; nobody is shown it."""


def tripped_over(error: Exception) -> str:
    """The beginning of what an error says that nobody raised on purpose, in one line; or else its class."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def reason_of(error: Exception) -> Message:
    """What the operating system says is wrong; told in another language where the catalogue has it."""
    return Message(getattr(error, "strerror", None) or str(error))
