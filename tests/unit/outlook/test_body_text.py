"""Bodies of meetings as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.outlook.body_text import plain_text

CASES = {
    "lines that Outlook writes as paragraphs": (
        '<p class="MsoNormal">one<o:p></o:p></p>\r\n<p class=MsoNormal>two</p>',
        "one\ntwo",
    ),
    "an empty paragraph is an empty line": (
        '<p class="MsoNormal">one</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">two</p>',
        "one\n\ntwo",
    ),
    "lines of other clients": (
        "<div>one</div><div>two</div><div><br></div><div>three</div>",
        "one\ntwo\n\nthree",
    ),
    "paragraphs": ("<p>one</p><p>two</p>", "one\n\ntwo"),
    "breaks": ("one<br>two<BR/><br>three", "one\ntwo\n\nthree"),
    "white space of the source": ("one\r\n   two\t<b> three </b>four", "one two three four"),
    "a list": ("<p>a</p><ul><li>x</li><li><p>y</p></li></ul><p>b</p>", "a\n\n- x\n- y\n\nb"),
    "a numbered list in a list": (
        "<ul><li>x<ol><li>y</li><li>z</li></ol></li></ul>",
        "- x\n  1. y\n  2. z",
    ),
    "a link": (
        'see <a href="https://a.example/b?c=1&amp;d">it</a>.',
        "see it <https://a.example/b?c=1&d>.",
    ),
    "a link that names itself": (
        '<a href="https://a.example/">https://a.example</a>',
        "https://a.example",
    ),
    "a mail address": ('<a href="mailto:x@y.example">x@y.example</a>', "x@y.example"),
    "a script in a link": ('<a href="javascript:alert(1)">it</a>', "it"),
    "entities": ("a &lt;b&gt; &amp; &auml;&#x20ac;", "a <b> & ä€"),
    "signs that are no tags": ("a < b, 3<4 and c > d", "a < b, 3<4 and c > d"),
    "what nobody sees": (
        "<head><title>t</title></head><style>p{}</style><!-- [if x] -->a<script>b</script>",
        "a",
    ),
    "a table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    "preformatted text": ("<pre>a\n  b</pre>", "a\n  b"),
    "a sign in an attribute": ("<p title='a>b'>text</p>", "text"),
    "nothing": ("<html><body>\r\n</body></html>", ""),
}


@pytest.mark.parametrize(("html", "text"), CASES.values(), ids=CASES)
def test_html_becomes_text_that_people_can_read(html: str, text: str) -> None:
    assert plain_text(html, "html") == text


def test_text_stays_as_it_is() -> None:
    text = "  a < b &amp; c\n\n\n<d>  "
    assert plain_text(text, "Text") == text


@given(st.text(alphabet="<>/!-&;ab \n\"'=p", max_size=200))
def test_any_input_gives_the_same_text_again(html: str) -> None:
    assert plain_text(html, "html") == plain_text(html, "html")


@given(st.lists(st.text(alphabet="abc äß€1.,", min_size=1), max_size=6))
def test_the_words_of_simple_lines_survive(lines: list[str]) -> None:
    html = "".join(f"<div>{line}</div>" for line in lines)
    assert plain_text(html, "html").split() == " ".join(lines).split()


HOSTILE = [
    "<",
    '<a "',
    "<a x='",
    "<!--",
    "<!",
    "<a b=c ",
    "&",
    "<div>",
    "<ul><li>a",
    "<a href=tel:1>b",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_input_ends_and_does_not_swell(piece: str) -> None:
    assert len(plain_text(piece * 20_000, "html")) < 20 * len(piece) * 20_000
