"""A desk that uses this library inside: every command comes through the function that its pages call."""

from directives.acceptance import TrackerSubject


class Desk(TrackerSubject):
    name, version, claims = "our-desk", "3.1", ("s1", "wording", "events")

    def do(self, command, documents):
        return self.form_sent(command["command"], command, documents)

    def form_sent(self, name, fields, files):
        if name == "report submit" and not files:
            raise ValueError("the form has no file")
        return super().do(fields, files)
