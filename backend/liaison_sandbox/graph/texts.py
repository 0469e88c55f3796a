"""Bodies: Graph keeps HTML and gives HTML back, whatever was sent, unless text is preferred."""

import html
from html.parser import HTMLParser

_NEW_LINE = frozenset({"br", "p", "div", "li", "tr"})
PREVIEW_LENGTH = 255


class _TextOf(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _NEW_LINE and self.parts:
            self.parts.append("\r\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def as_html(body: str, body_type: str) -> str:
    if body_type == "html":
        return body
    lines = "<br>\r\n".join(html.escape(body, quote=False).splitlines())
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n'
        f'</head>\r\n<body>\r\n<div class="PlainText">{lines}</div>\r\n</body>\r\n</html>\r\n'
    )


def as_text(body: str, body_type: str) -> str:
    if body_type == "text":
        return body
    reader = _TextOf()
    reader.feed(body)
    return "".join(reader.parts).strip()
