"""Markup becomes the paragraphs that a reader sees, whatever its author did to it."""

from __future__ import annotations

import pytest

from bot.parse.html import html_to_text, looks_like_markup, scan, unescape


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("One.<br>Two.<br/><br />Three.", "One.\nTwo.\n\nThree."),
        ("<ul><li>gallium<li>germanium</ul>after", "gallium\ngermanium\n\nafter"),
        ("<p>line\nof <b>one</b>\n paragraph</p>", "line of one paragraph"),
        ("plain\ntext\n\nwith lines &amp; entities", "plain\ntext\n\nwith lines & entities"),
        ("<table><tr><td>HS</td><td>2846</td></tr><tr><th>Ga<td>8112</table>", "HS 2846\nGa 8112"),
        ("<pre>first line\nsame paragraph\n\nsecond</pre>", "first line same paragraph\n\nsecond"),
        ("a<script>if (a<b) p('</p>')</script>b<STYLE>p{}</STYLE>c", "abc"),
        ("<nav><a href=/>Home</a></nav>Text<svg><title>icon</title></svg>", "Text"),
        ("<head><title>T</title></head><body>B</body>", "B"),
        ("before<script>never closed", "before"),
        ("<nav>never closed, so it hides nothing", "never closed, so it hides nothing"),
        ("<iframe src='x'/>after an empty frame", "after an empty frame"),
        ("<!-- hidden --><p>shown</p><!-- never closed <p>shown too", "shown\n\nnever closed\n\nshown too"),
        ("<!DOCTYPE html><?xml version='1.0'?>text<![if IE]>more", "textmore"),
        ("<![CDATA[<p>inside</p>]]>", "inside\n\n]]>"),
        ('<a title="a > b" href="/x">link</a> text', "link text"),
        ('<p class="never closed>text</p> rest', "text\n\nrest"),
        ("<METI> said: 5 < 6 and a<b, c>d", "<METI> said: 5 < 6 and a<b, c>d"),
        ("<!channel> <@U1> <https://evil.example|METI> <#C1>", "<!channel> <@U1> <https://evil.example|METI> <#C1>"),
        ("<o:p></o:p><xhtml:p>x</xhtml:p><my-widget>y</my-widget>", "x\n\ny"),
        ("&lt;p&gt; stays text, &#8217; &#x2019; &nbsp; &Auml; &bogus;", "<p> stays text, ’ ’ Ä &bogus;"),
        ("<ruby>稀土<rp>(</rp><rt>きど</rt><rp>)</rp></ruby>の輸出", "稀土の輸出"),
        ("Aus&shy;fuhr&#173;verbot", "Ausfuhrverbot"),
        ("", ""),
        ("<", "<"),
        ("<p", "<p"),
        ("</", "</"),
        ("&", "&"),
    ],
)
def test_html_to_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


def test_links_are_weighed() -> None:
    markup = scan(
        '<ol><li><a href="/1">Export ban</a> <font>Daily</font></li><li><a href="/2">Rare earths</a></li></ol>'
    )
    assert (markup.links, markup.link_chars) == (2, 19)
    assert markup.link_share == pytest.approx(19 / 24)
    assert scan("<a name=x></a>text").links == 0


def test_a_reference_with_thousands_of_digits_is_no_error() -> None:
    assert unescape("&#" + "9" * 5000 + "; &#x" + "f" * 5000 + ";") == "\ufffd \ufffd"
    assert html_to_text("<p>&#" + "9" * 5000 + ";") == "\ufffd"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <b>bold</b> step", True),
        ("a&nbsp;step", True),
        ("line<br />line", True),
        ("a < b & c", False),
        ("<METI>", False),
    ],
)
def test_looks_like_markup(text: str, found: bool) -> None:
    assert looks_like_markup(text) is found
