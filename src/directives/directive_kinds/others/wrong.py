"""Why a kind of another distribution is left out."""

from directives.i18n.message import Message


class Wrong(Exception):
    """Why a kind cannot work."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.message = Message(template, **values)
