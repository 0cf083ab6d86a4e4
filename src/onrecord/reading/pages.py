"""A saved page → its main text and what the page says of itself. Runs in the child process.

The main text is trafilatura's, one paragraph a line, below the page's headline. Dates: what the page declares comes
first, then its address, then what stands beside its text; every candidate is kept, and no date of the text itself is
taken for one. What a browser would not show is taken out first and noted.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import htmldate
import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from onrecord.errors import ReadingError
from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.days import EARLIEST, LATEST, ZONES, read_stamp, read_typed
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract, put_above
from onrecord.reading.hidden import remove_hidden
from onrecord.reading.linked_data import LinkedArticle, read_linked_data, remove_readable_blocks
from onrecord.reading.links import web_address
from onrecord.reading.trees import check_depth, explain_failure
from onrecord.records.documents import Basis, Candidate, DateRange, Outlet, Part, PartKind
from onrecord.records.spans import Span

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
CHARSET_WITHIN = 4096  # bytes in which a page declares its charset
PUBLICATION = re.compile(r"publi|pubdate|posted|entry-date", re.IGNORECASE)  # in class, itemprop or attribute names
ADDRESS_DAY = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
NUMERIC_DAY = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
ADDRESS, BESIDE = "address", "htmldate"  # sources of dates that no field declares
BESIDE_REASON = "the page shows it beside its text, in no field of its own"
# What tells of other days than that of publication: headlines tell the news, the rest of the site is of its own age,
# and a picture may be years older.
ELSEWHERE = ("title", "h1", "h2", "h3", "h4", "h5", "h6", "aside", "footer", "nav", "figure", "picture", "img")
PICTURE = re.compile(r"image|thumbnail", re.IGNORECASE)  # in the names of `meta` elements
RUNNING_WORDS = 15  # words that make a paragraph running text and no line beside it
# Elements that tell what a line is; later ones outrank earlier ones.
MARKED = (
    (PartKind.CAPTION, ("figcaption",)),
    (PartKind.HEADING, ("h2", "h3", "h4", "h5", "h6")),
    (PartKind.HEADLINE, ("h1",)),
)
LEAST_TEXT = 200  # characters of visible text that make hidden text unnecessary
MOST_VALUES = 10  # contents kept of `meta` elements of one name
LONGEST_TITLE = 400  # characters


Metas = dict[str, tuple[str, ...]]  # contents by name, in page order


def parse_page(raw: bytes, charset: str | None = None, url: str | None = None) -> Extract:
    """The article of a page. charset: as a header declared it. url: where it was fetched from, if known.

    Raises ReadingError `no_text`, `wrong_type` or `too_deep`.
    """
    declared = charset or find_charset(raw)
    decoded = decode_text(raw, declared)
    tree = load_tree(decoded.text)
    linked = read_linked_data(tree)
    metas = read_metas(tree)
    address = find_address(tree, metas, url)
    text, hidden = find_main_text(tree, address)
    dates = tuple(find_dates(tree, metas, linked, address))
    published = choose_published(dates)
    outlets = tuple(find_outlets(linked, metas))
    author = first_value(linked.authors, metas.get("author", ()), metas.get("article:author", ()))
    extract = Extract(
        text=text,
        outlet=choose_outlet(outlets),
        published=published,
        url=address,
        author=author if author and not author.startswith("http") else None,
        known=find_known(tree, text),
        candidates=(*dates, *outlets[1:]),
        notes=(*decoded.notes, *hidden, *_note_dates(dates, published), *(("paywall",) if linked.paywalled else ())),
    )
    return put_above(extract, find_headline(tree, metas, linked))


def find_charset(raw: bytes) -> str | None:
    """The charset that the page itself declares."""
    match = META_CHARSET.search(raw[:CHARSET_WITHIN])
    return match.group(1).decode("ascii", errors="ignore") if match else None


def load_tree(text: str) -> HtmlElement:
    """The page's tree. Raises ReadingError `too_deep` where the parser would have lost what lies deeper."""
    tree = load_html(text)
    if tree is None:
        explain_failure(text)
        raise ReadingError("needed a page with text, found none", code="no_text")
    check_depth(tree)
    return tree


def read_metas(tree: HtmlElement) -> Metas:
    """Contents of the `meta` elements by lower-case name, property or itemprop, the first few of each in page order."""
    found: Metas = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if content and name:
            key = name.strip().lower()
            if len(found.get(key, ())) < MOST_VALUES:
                found[key] = (*found.get(key, ()), content[:1000])
    return found


def find_address(tree: HtmlElement, metas: Metas, url: str | None) -> str | None:
    """The page's canonical web address, else the one given."""
    links = [link.get("href", "") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for link in (*links, *metas.get("og:url", ())):
        address = web_address(link, url)
        if address and urlsplit(address).path.strip("/"):  # the home page as "canonical" of every article is a mistake
            return address
    return web_address(url, None)


def find_main_text(tree: HtmlElement, url: str | None) -> tuple[str, tuple[str, ...]]:
    """The main text without what a browser hides, and notes. A page that hides all of its text is read and flagged.

    Raises ReadingError `no_text` where there is no text.
    """
    visible = deepcopy(tree)
    removed = remove_hidden(visible)
    text = extract_text(visible, url)
    whole = extract_text(tree, url) if removed and len(text) < LEAST_TEXT else ""
    if len(whole) > 2 * len(text):
        return whole, ("hidden_text_kept",)
    if not text:
        raise ReadingError("needed a page with an article, found no main text", code="no_text")
    return text, (f"hidden_text:{removed}",) if removed else ()


def extract_text(tree: HtmlElement, url: str | None) -> str:
    """Trafilatura's main text, one paragraph a line; empty where it finds none."""
    found: Any = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    return ((found.text if found else None) or "").strip()


def find_headline(tree: HtmlElement, metas: Metas, linked: LinkedArticle) -> str:
    """The headline: the one heading that agrees with what the page declares, else what it declares."""
    declared = [*linked.headlines, *metas.get("og:title", ()), *metas.get("twitter:title", ())]
    titles = [fold(element.text_content()) for element in tree.iter("title")]
    headings = [heading for element in tree.iter("h1") if (heading := fold(element.text_content()))]
    agreeing = [
        heading
        for heading in headings
        if any(heading.casefold() in fold(other).casefold() for other in (*declared, *titles))
    ]
    if agreeing:
        return max(agreeing, key=len)[:LONGEST_TITLE]  # the shorter one is the name of the site
    if len(headings) == 1:
        return headings[0][:LONGEST_TITLE]
    outlets = {fold(name) for name in (*linked.publishers, *metas.get("og:site_name", ()))}
    return next((_without_outlet(fold(title), outlets) for title in (*declared, *titles) if fold(title)), "")


def _without_outlet(title: str, outlets: set[str]) -> str:
    """A window title without the outlet's name at its end."""
    for separator in (" | ", " - ", " – ", " — ", " :: ", " • "):
        before, _, after = title.rpartition(separator)
        if before and after in outlets:
            return before[:LONGEST_TITLE]
    return title[:LONGEST_TITLE]


def find_dates(tree: HtmlElement, metas: Metas, linked: LinkedArticle, url: str | None) -> Iterator[Candidate]:
    """Every date the page offers, in order of trust. Publication first, then changes."""
    yield from (Candidate("published", value, "json-ld:datePublished") for value in linked.published)
    yield from _find_metas(metas, "published")
    yield from _find_time_elements(tree)
    yield from _find_address_day(url)
    changed = [Candidate("modified", value, "json-ld:dateModified") for value in linked.modified]
    changed += _find_metas(metas, "modified")
    beside = _ask_htmldate(tree)
    if beside and beside not in {str(read_stamp(each.value)) for each in changed}:
        yield Candidate("published", beside, BESIDE)
    yield from changed


def _find_time_elements(tree: HtmlElement) -> Iterator[Candidate]:
    """`time` elements: one marked as publication date is such a date; the others are only noted."""
    for element in list(tree.iter("time"))[:20]:
        value = (element.get("datetime") or fold(element.text_content()))[:64]
        marks = " ".join((element.get("itemprop") or "", element.get("class") or "", *element.keys()))
        if value and PUBLICATION.search(marks):
            yield Candidate("published", value, "time element")
        elif value:
            yield Candidate("date", value, "time element")


def _find_address_day(url: str | None) -> Iterator[Candidate]:
    """The day in the path of the page's address, as many papers file their articles."""
    match = ADDRESS_DAY.search(urlsplit(url).path) if url else None
    if match:
        year, month, day = (int(part) for part in match.groups())
        yield Candidate("published", f"{year}-{month:02}-{day:02}", ADDRESS)


def _ask_htmldate(tree: HtmlElement) -> str | None:
    """The publication date that htmldate finds in what stands beside the text, as a day or a range; or None.

    Its extensive search is left out, which takes any date of the text and a bare year for 1 January. The bounds are
    fixed so that the same page gives the same date on any day.
    """
    lowest, highest = (datetime(day.year, day.month, day.day) for day in (EARLIEST, LATEST))  # noqa: DTZ001 - as htmldate wants
    page = _beside_text(tree)
    found: str | None = htmldate.find_date(
        page, original_date=True, min_date=lowest, max_date=highest, extensive_search=False
    )
    day = read_stamp(found or "")
    return _as_printed(day, etree.tostring(page, encoding="unicode")) if day else None


def _beside_text(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without its running text, headlines, pictures and surroundings."""
    page = deepcopy(tree)
    remove_readable_blocks(page)
    named = [
        element for element in page.iter("meta") if PICTURE.search(element.get("property") or element.get("name") or "")
    ]
    running = [each for each in page.iter("p", "blockquote") if len(each.text_content().split()) > RUNNING_WORDS]
    for element in (*named, *running, *page.iter(*ELSEWHERE)):
        if element.getparent() is not None:
            element.drop_tree()
    return page


def _as_printed(day: date, source: str) -> str | None:
    """The day, if the source prints it with its year; None where the parser filled in the day on which it runs.

    Where it is printed as "03/05/2024", the range of the two days that this may be.
    """
    number, year = rf"(?<!\d)0?{day.day}(?:st|nd|rd|th)?(?!\d)", rf"(?<!\d){day.year}(?!\d)"
    printed = rf"{number}.{{1,15}}?{year}|{year}.{{1,15}}?{number}|(?<!\d){day:%Y%m%d}"
    if not re.search(printed, source, re.DOTALL):
        return None
    for one, other, of_year in NUMERIC_DAY.findall(source):
        either = {_day(int(of_year), int(first), int(second)) for first, second in ((one, other), (other, one))}
        if day in either and None not in either and len(either) == 2:
            first, last = sorted(each for each in either if each)
            return f"{first}/{last}"
    return str(day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def choose_published(dates: tuple[Candidate, ...]) -> DateRange:
    """The days of publication, with where they stood; unknown if there are none.

    The first candidate that gives one day, else the first that gives a month or year. Where fields that declare the
    publication itself disagree, from the first to the last day that they name. With changes alone, any day up to the
    first of them.
    """
    read = [(each, days) for each in dates if (days := _read_days(each)) is not None]
    published = [(each, days) for each, days in read if each.field == "published"]
    chosen = next(((each, days) for each, days in published if days.is_day), published[0] if published else None)
    if chosen is None:
        return _before_changes([(each, days) for each, days in read if each.field == "modified"])
    if chosen[0].source not in _firm_sources():
        return chosen[1]
    firm = [(each, days) for each, days in published if days.is_day and each.source in _firm_sources()]
    return _join_fields(firm) if len(firm) > 1 else chosen[1]


def _read_days(candidate: Candidate) -> DateRange | None:
    """The days that a candidate gives; a bare year is all days of that year."""
    inferred = candidate.source == BESIDE
    basis, reason = (Basis.INFERRED, BESIDE_REASON) if inferred else (Basis.METADATA, candidate.source)
    day = read_stamp(candidate.value)
    days = DateRange(day, day, basis, reason) if day else read_typed(candidate.value, basis, reason)
    return days if days and days.earliest and days.earliest >= EARLIEST else None


def _before_changes(changes: list[tuple[Candidate, DateRange]]) -> DateRange:
    """An article is published before it is changed."""
    if not changes:
        return DateRange()
    each, days = min(changes, key=lambda change: change[1].latest or date.max)
    reason = f"changed on {days.latest} ({each.source}), so published by then"
    return DateRange(None, days.latest, Basis.INFERRED, reason)


def _join_fields(firm: list[tuple[Candidate, DateRange]]) -> DateRange:
    """The first field's day where the others agree, else from the first to the last day named."""
    named = sorted({days.earliest: each.source for each, days in reversed(firm) if days.earliest}.items())
    if named[-1][0] - named[0][0] <= ZONES:
        return firm[0][1]
    reason = "the page contradicts itself: " + ", ".join(f"{day} ({source})" for day, source in named)
    return DateRange(named[0][0], named[-1][0], Basis.METADATA, reason)


def _firm_sources() -> set[str]:
    """The fields that declare when the article itself was published, and nothing else."""
    entries = load_lexicon("page_fields")["published"]
    return {"json-ld:datePublished", *(f"meta:{entry['name']}" for entry in entries if not entry.get("vague"))}


def _note_dates(dates: tuple[Candidate, ...], published: DateRange) -> tuple[str, ...]:
    """What was unusual about the page's dates."""
    firm = [each for each in dates if each.field == "published" and each.source in _firm_sources()]
    unread = any(_read_days(each) is None for each in firm)
    apart = published.basis is Basis.METADATA and published.reason.startswith("the page contradicts")
    return (*(("dates_disagree",) if apart else ()), *(("absurd_date",) if unread else ()))


def find_known(tree: HtmlElement, text: str) -> tuple[Part, ...]:
    """Lines of the text that the page marks as headline, headings or captions."""
    kinds = {fold(element.text_content()): kind for kind, tags in MARKED for element in tree.iter(*tags)}
    kinds.pop("", None)
    parts = []
    at = 0
    for line in text.split("\n"):
        kind = kinds.get(fold(line))
        if kind is PartKind.HEADLINE:
            kinds[fold(line)] = PartKind.HEADING  # what it is when it comes again
        if kind:
            parts.append(Part(Span(at, at + len(line)), kind))
        at += len(line) + 1
    return tuple(parts)


def find_outlets(linked: LinkedArticle, metas: Metas) -> Iterator[Candidate]:
    """The outlet's names that the page declares, each once, the most reliable first."""
    declared = (Candidate("outlet", name, "json-ld:publisher") for name in linked.publishers)
    seen: set[str] = set()
    for candidate in (*declared, *_find_metas(metas, "outlet")):
        name = fold(candidate.value)
        if name and name not in seen:
            seen.add(name)
            yield replace(candidate, value=name)


def choose_outlet(found: tuple[Candidate, ...]) -> Outlet:
    """The first of the names, and where the page declares it."""
    return Outlet(found[0].value, Basis.METADATA, found[0].source) if found else Outlet()


def _find_metas(metas: Metas, field: str) -> Iterator[Candidate]:
    for name in names_of(field):
        for value in metas.get(name, ()):
            yield Candidate(field, value, f"meta:{name}")


def names_of(field: str) -> tuple[str, ...]:
    """The `meta` names that declare this field, most reliable first."""
    return tuple(entry["name"] for entry in load_lexicon("page_fields")[field])


def first_value(*groups: tuple[str, ...]) -> str | None:
    """The first non-empty value of the groups, white space folded."""
    return next((fold(value) for group in groups for value in group if fold(value)), None)


def fold(value: Any) -> str:
    """White space of any kind as single spaces."""
    return " ".join(str(value).split())
