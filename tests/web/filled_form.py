"""The fields of a form as a browser would send them, read from the page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

NOT_SENT = {"submit", "button"}
TICKED = {"checkbox", "radio"}


@dataclass
class _Reader(HTMLParser):
    """Collects what stands in the form that has this id; what a script may use later is not part of it."""

    form_id: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    _inside: bool = False
    _templates: int = 0
    _name: str = ""
    _kind: str = ""
    _text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self.form_id
        self._templates += tag == "template"
        if not self._inside or self._templates:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input":
            self._input(name, value, given)
        elif tag in {"select", "textarea"}:
            self._name, self._kind, self._text = name, tag, ""
        elif tag == "option" and self._kind == "select" and "selected" in given:
            self._text = value

    def _input(self, name: str, value: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind not in NOT_SENT and (kind not in TICKED or "checked" in given):
            self.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        self._templates -= tag == "template"
        if tag == self._kind:
            self.fields.append((self._name, self._text))
            self._name = self._kind = ""

    def handle_data(self, data: str) -> None:
        if self._kind == "textarea":
            self._text += data


def filled_form(html: str, form_id: str = "edit") -> MultiDict[str, str]:
    """What pressing its button would send, without the button."""
    reader = _Reader(form_id)
    reader.feed(html)
    return MultiDict(reader.fields)
