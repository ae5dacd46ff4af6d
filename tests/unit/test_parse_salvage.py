"""Broken XML is mended step by step, and nothing in it is ever followed."""

from __future__ import annotations

import pytest

from bot.parse import feedtree, salvage

RSS = "<rss version='2.0'><channel><title>t</title>{}</channel></rss>"


def titles(text: str, *, lenient: bool = False) -> list[str] | None:
    root = salvage.parse(text, lenient=lenient)
    return None if root is None else [entry.title for entry in feedtree.entries(root, limit=100)]


@pytest.mark.parametrize(
    ("broken", "clean", "steps"),
    [
        (
            "<a>x&#xD800;&#x110000;&#0;y</a>",
            "<a>x\ufffd\ufffd\ufffdy</a>",
            ("impossible character references replaced",),
        ),
        ("<a>&#" + "9" * 5000 + ";</a>", "<a>\ufffd</a>", ("impossible character references replaced",)),
        ("<a>it&#146;s &#x80;5 &#8217; &#x1F600;</a>", "<a>it’s €5 &#8217; &#x1F600;</a>", ()),
        ("<a>x\0\x0b\ufffe\ud800y</a>", "<a>xy</a>", ("control characters dropped",)),
        ("\n <?xml version='1.0' encoding='utf-7'?>\n<a/>", "<a/>", ()),
        ("<!DOCTYPE rss SYSTEM 'http://x/y.dtd'><rss/>", "<rss/>", ()),
        ("<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>", "<rss>&a;</rss>", ()),
        ("<br />Warning: mysql<?xml version='1.0'?><rss/>", "<rss/>", ("text before the document dropped",)),
        ("Notice: undefined <rss/>", "<rss/>", ("text before the document dropped",)),
        ("no document at all", "no document at all", ()),
    ],
)
def test_clean(broken: str, clean: str, steps: tuple[str, ...]) -> None:
    assert salvage.clean(broken) == (clean, steps)


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<item><title>R&D at AT&T; &amp; more</title></item>", "R&D at AT&T; & more"),
        ("<item><title>a&nbsp;b &eacute; &bogus; &lt;</title></item>", "a\xa0b é &bogus; <"),
        ("<item><title>2 < 3 and <5%</title></item>", "2 < 3 and <5%"),
        ("<item><title><![CDATA[R&D <b>x</b> &nbsp;]]></title></item>", "R&D <b>x</b> &nbsp;"),
        ("<item><title>x</title><nope:y>z</nope:y><content:encoded>c</content:encoded></item>", "x"),
    ],
)
def test_repair(inside: str, title: str) -> None:
    assert titles(salvage.repair(RSS.format(inside))) == [title]


def test_repair_leaves_links_in_cdata_alone() -> None:
    root = salvage.parse(salvage.repair(RSS.format("<item><link><![CDATA[http://e/?a=1&b=2]]></link></item> & <")))
    assert root is not None
    assert [entry.link for entry in feedtree.entries(root, limit=9)] == ["http://e/?a=1&b=2"]


def test_the_lenient_parser_takes_what_the_strict_one_refuses() -> None:
    broken = RSS.format("<item><title>one</title></item><item><title>two</titel></item>")
    assert titles(broken) is None
    found = titles(broken, lenient=True)
    assert found is not None
    assert found[0] == "one"


def test_entries_are_cut_out_of_any_ruin() -> None:
    ruin = "<rss xmlns:dc='urn:dc'><<<<channel>" + "".join(
        f"<item><title>t{n}</title><dc:date>x</dc:date>{'</item>' if n % 2 else '<b>'}" for n in range(4)
    )
    alone = [titles(chunk, lenient=True) for chunk, _ in salvage.split_entries(ruin)]
    assert alone == [["t0"], ["t1"], ["t2"], ["t3"]]
    assert salvage.count_entries(ruin) == 4
    assert list(salvage.split_entries("nothing here")) == []


def test_first_entries_cuts_before_the_one_too_many() -> None:
    text = RSS.format("<item>1</item><item>2</item><item>3</item>")
    assert salvage.count_entries(salvage.first_entries(text, 2)) == 2
    assert salvage.first_entries(text, 3) == text


def test_people_are_shortened_for_parsers_that_look_for_mail_addresses_in_them() -> None:
    text = f"<item><author>a@{'a.' * 500}!</author><dc:creator>short</dc:creator></item>"
    shortened = salvage.shorten_people(text)
    assert len(shortened) < 400
    assert "<dc:creator>short</dc:creator>" in shortened


def test_no_entity_or_dtd_is_ever_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "sentinel.txt"
    secret.write_text("SENTINEL")
    hostile = f"<!DOCTYPE rss [<!ENTITY a SYSTEM '{secret.as_uri()}'>]><rss><item><title>[&a;]</title></item></rss>"
    cleaned, _ = salvage.clean(hostile)
    for text in (hostile, cleaned, salvage.repair(cleaned)):
        for lenient in (False, True):
            assert "SENTINEL" not in str(titles(text, lenient=lenient))
    assert titles(salvage.repair(cleaned)) == ["[&a;]"]
