"""A saved page reads at least as well as trafilatura alone reads it, in every layout of our own invention.

`python -m evaluation.extraction` measures the same on a public test set.
"""

import pytest
from evaluation.extraction import Overlap, overlap, read_alone, read_ours

# A title, and below it one paragraph a line.
STRIKE = """Lamplighters give the council until Friday
The lamplighters of Orrin said on Monday that the lower town would stay dark from Friday without a raise.
“We have carried oil up those stairs for nine winters,” said Tove Arlund, who speaks for the guild.
“If the council sits again without us, nobody lights a wick.”
The council has met twice since the new year and has published no minutes of either sitting.
Its clerk, Henrik Moss, called the demand “a matter for the treasurer”, who is at the coast.
About 340 lamps hang between the harbour and the weavers’ hall, and some sixty people look after them."""
FERRY = """Ferry to Skarholm stops for a third day
No boat left for Skarholm on Wednesday, the third day without a crossing, and the only shop closed at noon.
The harbour master, Ines Quill, warned that the pier would stay shut until the ice was measured again.
According to the island’s doctor, four patients are waiting to be taken to the mainland.
Asked whether a smaller boat could make the crossing, she said that nobody had offered one.
The company that runs the ferry did not answer three letters.
Islanders remember the winter in which the strait froze for forty days, and the sledges that crossed it."""
BRIEF = """Mill bridge reopens
The mill bridge was opened to carts again on Sunday after repairs that took eleven weeks.
Its keeper said that the toll would stay at two pennies as long as the miller pays for the planks.
A second span is to be replaced in the autumn, the road office announced."""
ARTICLES = {
    name: (told.split("\n")[0], tuple(told.split("\n")[1:]))
    for name, told in (("strike", STRIKE), ("ferry", FERRY), ("brief", BRIEF))
}

NAV = "".join(
    f"<li><a href='/{word}'>{word.title()}</a></li>" for word in ("town", "harbour", "trade", "letters", "dead")
)
RELATED = "".join(
    f"<li><a href='/{number}'>{line}</a></li>"
    for number, line in enumerate(
        ("Rope prices fall again", "What the weavers want", "Ten soups for a cold week", "The choir that never rests")
    )
)
FOOT = "<p>Copyright The Orrin Lantern. All rights reserved. Terms of use. Contact the desk. Advertise with us.</p>"
Paragraphs = tuple[str, ...]


def page(title: str, body: str, head: str = "") -> str:
    """A whole page around a body."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} | The Orrin Lantern</title>"
        f"{head}</head><body>{body}</body></html>"
    )


def marked(paragraphs: Paragraphs, tag: str = "p") -> str:
    return "".join(f"<{tag}>{each}</{tag}>" for each in paragraphs)


def semantic(title: str, paragraphs: Paragraphs) -> str:
    body = (
        f"<header><nav><ul>{NAV}</ul></nav></header><main><article><h1>{title}</h1><p class='byline'>By Ada Fenn</p>"
        f"{marked(paragraphs)}</article><aside><h2>More</h2><ul>{RELATED}</ul></aside></main><footer>{FOOT}</footer>"
    )
    return page(title, body, f"<meta property='og:title' content='{title}'>")


def tables(title: str, paragraphs: Paragraphs) -> str:
    """As pages were laid out before style sheets: nested tables, font elements, line breaks."""
    text = "<br><br>".join(paragraphs)
    return page(
        title,
        f"<table width='760'><tr><td width='140'><ul>{NAV}</ul></td><td><font size='5'><b>{title}</b></font><br>"
        f"<font face='serif'>{text}</font></td><td width='120'><ul>{RELATED}</ul></td></tr></table>{FOOT}",
    )


def nameless(title: str, paragraphs: Paragraphs) -> str:
    """Nothing but `div`, with class names made by a program."""
    lines = "".join(f"<div class='x{number}q'><span>{each}</span></div>" for number, each in enumerate(paragraphs))
    return page(
        title,
        f"<div class='a1'><div class='b2'><ul>{NAV}</ul></div><div class='c3'><h1>{title}</h1>{lines}</div>"
        f"<div class='d4'><ul>{RELATED}</ul></div><div class='e5'>{FOOT}</div></div>",
    )


def broken_lines(title: str, paragraphs: Paragraphs) -> str:
    text = "<br>\n<br>\n".join(paragraphs)
    return page(title, f"<h1>{title}</h1><div id='content' class='entry-content'>{text}</div><div>{FOOT}</div>")


def weblog(title: str, paragraphs: Paragraphs) -> str:
    body = (
        f"<div id='header'><ul class='menu'>{NAV}</ul></div><div id='content'><div class='post hentry'>"
        f"<h1 class='entry-title'>{title}</h1><div class='entry-content'>{marked(paragraphs)}</div>"
        "<div class='sharedaddy'>Share this: Post Mail Print</div></div><div id='comments'><h3>2 comments</h3>"
        "<p>First! I have waited for this all week and so has my aunt.</p><p>Nobody lights my street anyway, why "
        f"would I care about any of it.</p></div></div><div id='sidebar'><ul>{RELATED}</ul></div>{FOOT}"
    )
    return page(title, body)


def with_hidden_words(title: str, paragraphs: Paragraphs) -> str:
    """Words that no reader sees, between those that they do."""
    hidden = (
        "<p style='display:none'>The treasurer has resigned and the guild has won, read all about it on our other site "
        "today.</p><p hidden>Lamp oil at half the price for everyone who clicks within the hour, said the mayor.</p>"
    )
    first, *rest = paragraphs
    return page(title, f"<article><h1>{title}</h1><p>{first}</p>{hidden}{marked(tuple(rest))}</article>{FOOT}")


def with_dialog(title: str, paragraphs: Paragraphs) -> str:
    """A consent dialog in front of everything."""
    dialog = (
        "<div class='cookie-consent' role='dialog'><p>We and our partners store information on your device to show "
        "you what you like. You may withdraw at any time.</p><button>Accept</button></div>"
    )
    return page(
        title, f"{dialog}<main><article><h1>{title}</h1>{marked(paragraphs)}</article></main><footer>{FOOT}</footer>"
    )


def interrupted(title: str, paragraphs: Paragraphs) -> str:
    """Advertisements, a newsletter box and a picture between the paragraphs."""
    between = (
        "<figure><img src='a.png' alt=''><figcaption>Lamps above the harbour stairs.</figcaption></figure>",
        "<div class='advertisement'><span>Advertisement</span></div>",
        "<div class='newsletter-signup'><p>Get our letter every morning.</p><form><input></form></div>",
    )
    pieces = [
        f"<p>{each}</p>{between[number] if number < len(between) else ''}" for number, each in enumerate(paragraphs)
    ]
    return page(
        title, f"<article><h1>{title}</h1>{''.join(pieces)}</article><div class='related'><ul>{RELATED}</ul></div>"
    )


def sectioned(title: str, paragraphs: Paragraphs) -> str:
    """Sections with headings of their own."""
    half = len(paragraphs) // 2
    body = f"<section><h2>What is known</h2>{marked(paragraphs[:half])}</section>"
    body += f"<section><h2>What is not</h2>{marked(paragraphs[half:])}</section>"
    return page(title, f"<main><article><h1>{title}</h1>{body}</article></main><footer>{FOOT}</footer>")


def xhtml(title: str, paragraphs: Paragraphs) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en'><head>"
        f"<title>{title}</title></head><body><div id='nav'><ul>{NAV}</ul></div><div id='story'><h1>{title}</h1>"
        f"{marked(paragraphs)}</div></body></html>"
    )


def accelerated(title: str, paragraphs: Paragraphs) -> str:
    """A page for telephones, with elements of its own."""
    body = (
        f"<amp-sidebar id='menu'><ul>{NAV}</ul></amp-sidebar><main role='main'><article class='amp-article'>"
        f"<h1>{title}</h1><amp-img src='a.png' width='4' height='3'></amp-img>{marked(paragraphs)}"
        "<amp-ad width='300' height='250' type='x'></amp-ad></article></main>"
    )
    return page(title, body)


def quoting(title: str, paragraphs: Paragraphs) -> str:
    """The last paragraph is a block quotation, and one before it a list."""
    *before, last = paragraphs
    body = f"{marked(tuple(before[:-1]))}<ul><li>{before[-1]}</li></ul><blockquote><p>{last}</p></blockquote>"
    return page(title, f"<div class='article-body'><h1>{title}</h1>{body}</div><div class='footer'>{FOOT}</div>")


LAYOUTS = (
    semantic, tables, nameless, broken_lines, weblog, with_hidden_words, with_dialog, interrupted, sectioned, xhtml,
    accelerated, quoting,
)  # fmt: skip
CASES = [pytest.param(layout, name, id=f"{layout.__name__}-{name}") for layout in LAYOUTS for name in ARTICLES]


@pytest.mark.parametrize(("layout", "name"), CASES)
def test_a_page_reads_at_least_as_well_as_trafilatura_alone_reads_it(layout, name: str) -> None:  # type: ignore[no-untyped-def]
    title, paragraphs = ARTICLES[name]
    raw, wanted = layout(title, paragraphs).encode(), "\n".join(paragraphs)
    ours, alone = overlap(read_ours(raw), wanted), overlap(read_alone(raw), wanted)
    assert ours.f1 >= alone.f1
    assert ours.recall >= 0.95


def test_words_that_no_reader_sees_cost_trafilatura_alone_and_not_us() -> None:
    title, paragraphs = ARTICLES["strike"]
    raw, wanted = with_hidden_words(title, paragraphs).encode(), "\n".join(paragraphs)
    assert overlap(read_ours(raw), wanted).precision > overlap(read_alone(raw), wanted).precision


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16", "utf-8-sig"])
def test_a_page_in_another_charset_reads_the_same(charset: str) -> None:
    title, paragraphs = ARTICLES["ferry"]
    page = semantic(title, paragraphs)
    raw = page.replace("charset='utf-8'", f"charset='{charset.removesuffix('-sig')}'").encode(charset)
    assert read_ours(raw) == read_ours(page.encode())


def test_overlap_counts_each_word_as_often_as_it_stands() -> None:
    assert overlap("the lamp, the oil", "The lamp") == Overlap(2, 4, 2)
    assert (overlap("", "lamp").f1, overlap("lamp", "lamp").f1) == (0.0, 1.0)
    assert overlap("ランプ oil", "ランプ").shared == 3
