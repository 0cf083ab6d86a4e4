# ruff: noqa: E501 - tables of cases read better unbroken
"""RSS and Atom files: items are read, hostile XML is refused before anything is expanded."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onrecord.reading.limits import Limits
from onrecord.reading.reader import read_path
from onrecord.records.documents import Basis, Document, Rejected
from onrecord.settings import Settings

ReadAll = Callable[..., list[Document | Rejected]]
Reject = Callable[..., Rejected]

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Lantern</title><link>https://lantern.example</link>{}</channel></rss>"""
ITEM = """<item><title>Bridge stays shut</title><link>https://lantern.example/1</link><dc:creator>Ilya Marsh</dc:creator>
 <pubDate>Tue, 04 Mar 2031 23:10:00 -0500</pubDate><description>Short.</description>
 <content:encoded><![CDATA[<p>The council spoke on Friday.</p><p>“No,” said Ana Orel.</p>]]></content:encoded></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lantern</title><entry><title type="html">Bridge &lt;b&gt;shut&lt;/b&gt;</title>
 <link rel="self" href="https://lantern.example/api"/><link href="https://lantern.example/1"/><author><name>Ilya Marsh</name></author>
 <published>2031-03-04T10:00:00Z</published><updated>2031-03-05T10:00:00Z</updated>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The council spoke.</p><p>Nobody answered.</p></div></content></entry></feed>"""


def documents(items: list[Document | Rejected]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def test_rss_items_are_documents_with_their_full_text(read_file: ReadAll) -> None:
    (document,) = documents(read_file("a.rss", RSS.format(ITEM)))
    assert document.text == "Bridge stays shut\nThe council spoke on Friday.\n“No,” said Ana Orel."
    assert (document.title, document.url, document.author) == (
        "Bridge stays shut",
        "https://lantern.example/1",
        "Ilya Marsh",
    )
    assert (document.outlet.name, document.outlet.basis) == ("The Lantern", Basis.METADATA)
    assert (document.published.earliest, document.published.basis) == (date(2031, 3, 4), Basis.METADATA)
    assert document.path.endswith("a.rss#1")


def test_atom_entries_are_documents(read_file: ReadAll) -> None:
    (document,) = documents(read_file("a.xml", ATOM))
    assert document.text == "Bridge shut\nThe council spoke.\nNobody answered."
    assert (document.url, document.author, document.published.earliest) == (
        "https://lantern.example/1",
        "Ilya Marsh",
        date(2031, 3, 4),
    )


def test_an_item_of_a_title_alone_says_so(read_file: ReadAll) -> None:
    (document,) = documents(
        read_file("a.rss", RSS.format("<item><title>Bridge stays shut, says the mayor</title></item>"))
    )
    assert "headline_only" in document.notes


BOMBS = {
    "billion laughs": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "quadratic": '<!DOCTYPE r [<!ENTITY a "' + "x" * 50_000 + '">]>',
    "external": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    "dtd": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_attack_13_14_entities_and_dtds_are_refused_at_once(reject_one: Reject, bomb: str) -> None:
    feed = f'<?xml version="1.0"?>{BOMBS[bomb]}' + RSS.format(ITEM).split("?>", 1)[1].replace("Short.", "&a;" * 1000)
    started = time.monotonic()
    rejected = reject_one("a.rss", feed)
    assert rejected.code == "entities"
    assert time.monotonic() - started < 5


def test_attack_14_xinclude_is_not_followed(read_file: ReadAll) -> None:
    include = '<item><title>Bridge stays shut</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></item>'
    (document,) = documents(read_file("a.rss", RSS.format(include)))
    assert document.text == "Bridge stays shut"


def test_attack_15_a_feed_of_a_million_items_is_capped_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS.format("<item><title>word</title></item>" * 1_000_000))
    items = list(read_path(path, Settings(), Limits(items=1_000)))
    assert len(documents(items)) == 1_000
    assert [item.code for item in items if isinstance(item, Rejected)] == ["truncated"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", "http://"])
def test_attack_16_script_links_are_dropped(read_file: ReadAll, link: str) -> None:
    (document,) = documents(read_file("a.rss", RSS.format(ITEM.replace("https://lantern.example/1", link))))
    assert document.url is None


def test_attack_16_html_in_titles_becomes_text(read_file: ReadAll) -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;Bridge&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt;shut"
    (document,) = documents(read_file("a.rss", RSS.format(ITEM.replace("Bridge stays shut", title))))
    assert document.title == "Bridge shut"


DATES = [
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "9999-12-31T00:00:00Z",
    "31 Feb 2031",
    "0",
    "yesterday",
    "-1",
    "Tue, 99 Mar 99999 99:99:99 +9999",
    "2031-13-45",
]


@pytest.mark.parametrize("printed", DATES)
def test_attack_17_absurd_dates_are_unknown_with_a_note(read_file: ReadAll, printed: str) -> None:
    (document,) = documents(read_file("a.rss", RSS.format(ITEM.replace("Tue, 04 Mar 2031 23:10:00 -0500", printed))))
    assert not document.published.is_known
    assert "absurd_date" in document.notes
    assert printed in {each.value for each in document.candidates}


def test_a_feed_that_breaks_off_keeps_its_whole_items(read_file: ReadAll) -> None:
    items = read_file("a.rss", RSS.format(ITEM + ITEM.replace("Bridge", "Ferry"))[:-60])
    assert len(documents(items)) == 1
    assert [item.code for item in items if isinstance(item, Rejected)] == ["truncated"]


@pytest.mark.parametrize(
    ("content", "code"), [("<rss><channel/></rss>", "wrong_type"), ("<rss", "damaged"), ("<svg/>", "wrong_type")]
)
def test_xml_without_items_is_refused(reject_one: Reject, content: str, code: str) -> None:
    assert reject_one("a.xml", content).code == code
