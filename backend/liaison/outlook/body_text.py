"""The text of a meeting as plain text that people can read. Pure, and the same for the same input.

Paragraphs, lines, lists and links survive; looks do not. Outlook writes each line as a paragraph of the class
MsoNormal without space around it, other clients as a `div`: both are one line here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

# An unquoted "<" ends every try, so that hostile text costs no more than its length.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<[!?][^<>]*>"
    r"""|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^<>"'])*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = frozenset({"head", "style", "script", "title", "template", "xml"})
_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "main",
        "nav",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
    ]
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_LISTS = frozenset({"ul", "ol"})
_DEEPEST_INDENT = 8
_LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def plain_text(content: str, content_type: str) -> str:
    """The body of an event as plain text: HTML rewritten, text with its line ends made plain."""
    if content_type.casefold() == "html":
        return _text_of_html(content)
    return content.replace("\r\n", "\n")


@lru_cache(maxsize=256)  # many meetings have the same empty body or the same dial-in page
def _text_of_html(html: str) -> str:
    writer = _Writer()
    hidden: str | None = None
    position = 0
    for token in _TOKEN.finditer(html):
        if hidden is None:
            writer.write(html[position : token.start()])
        position = token.end()
        name = (token["name"] or "").lower()
        if hidden is not None:
            hidden = None if token["end"] and name == hidden else hidden
        elif name in _HIDDEN:
            hidden = None if token["end"] or token["attributes"].endswith("/") else name
        elif name:
            writer.tag(name, token["attributes"] or "", is_end=bool(token["end"]))
    if hidden is None:
        writer.write(html[position:])
    return writer.text()


@dataclass(slots=True)
class _Writer:
    """Collects lines; a break that is asked for is made only when more text comes."""

    _parts: list[str] = field(default_factory=list)
    _breaks: int = 0
    _space: bool = False
    _lists: list[int | None] = field(default_factory=list)
    _open_link: tuple[str, int] | None = None
    _item: str = ""
    _is_tight: bool = False
    _preformatted: int = 0

    def write(self, raw: str) -> None:
        """Text between two tags."""
        if not raw:
            return
        if self._preformatted:
            self._write_lines(unescape(raw))
            return
        # Only the source's own white space collapses; a non-breaking space was meant.
        text = unescape(_SPACE.sub(" ", raw)).replace("\r", "")
        if text == " ":
            self._space = True
            return
        self._space = self._space or text.startswith(" ")
        self._put(text.strip(" \n"))
        self._space = text.endswith(" ")

    def tag(self, name: str, attributes: str, *, is_end: bool) -> None:
        """An opening or closing tag."""
        if name in _PARAGRAPHS:
            self._paragraph(name, attributes, is_end=is_end)
        elif name in _LISTS:
            self._list(name, is_end=is_end)
        elif name == "a":
            self._link(attributes, is_end=is_end)
        elif name == "br":
            self._breaks = min(self._breaks + 1, 2) if self._breaks else 1
            self._space = False
        elif not is_end or name in _LINES:
            self._start(name)

    def text(self) -> str:
        """All of it, without empty lines at the ends."""
        lines = [line.replace("\xa0", " ").rstrip() for line in "".join(self._parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def _paragraph(self, name: str, attributes: str, *, is_end: bool) -> None:
        if name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if is_end else 1))
        if not is_end:
            self._is_tight = "msonormal" in attributes.lower() or bool(self._item)
        self._break(1 if self._is_tight else 2)

    def _list(self, name: str, *, is_end: bool) -> None:
        if not is_end:
            self._break(1)
            self._lists.append(0 if name == "ol" else None)
        elif self._lists:
            self._lists.pop()
            self._break(1 if self._lists else 2)
        self._item = ""

    def _start(self, name: str) -> None:
        if name in _LINES:
            self._break(1)
        elif name == "li":
            self._break(1)
            self._item = self._bullet()
        elif name in {"td", "th"}:
            self._space = self._breaks == 0
        elif name == "hr":
            self._break(1)
            self._put("----------")
            self._break(1)

    def _bullet(self) -> str:
        indent = "  " * min(len(self._lists) - 1, _DEEPEST_INDENT)
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            return f"{indent}{self._lists[-1]}. "
        return f"{indent}- "

    def _link(self, attributes: str, *, is_end: bool) -> None:
        if not is_end:
            self._open_link = _href(attributes), len(self._parts)
        elif self._open_link:
            href, since = self._open_link
            self._open_link = None
            if href and not _says(href, "".join(self._parts[since:])):
                self._space = True
                self._put(f"<{href}>")

    def _write_lines(self, text: str) -> None:
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._put(first)
        for line in others:
            self._parts.append("\n")
            self._put(line)

    def _break(self, count: int) -> None:
        self._breaks = max(self._breaks, count)
        self._space = False

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._parts and self._breaks:
            self._parts.append("\n" * self._breaks)
        elif self._parts and self._space:
            self._parts.append(" ")
        self._parts.append(self._item + text)
        self._item, self._breaks, self._space = "", 0, False


def _href(attributes: str) -> str:
    for name, *values in _ATTRIBUTE.findall(attributes):
        if name.lower() == "href":
            href = unescape("".join(values)).strip()
            return href if href.lower().startswith(_LINK_SCHEMES) else ""
    return ""


def _says(href: str, text: str) -> bool:
    """Whether the words of a link already name its target."""
    target = href.split(":", 1)[1] if href.lower().startswith(("mailto:", "tel:")) else href
    said = text.strip().rstrip("/").casefold()
    return said in {target.rstrip("/").casefold(), href.rstrip("/").casefold()}
