"""Which stretch of a text is headline, dateline, heading, caption, site furniture or body.

Lines are classified by features kept in `lexicon/furniture.yml`; nothing is deleted, and what no feature claims is
body.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.lines import Paragraph, split_paragraphs
from onrecord.records.documents import Part, PartKind
from onrecord.records.spans import Span, contains, overlaps, trim

Kinds = list[PartKind | None]  # one per paragraph; None as long as undecided

HEADLINE_WORDS = 35  # longest headline of the English development articles has 24
CAPTION_WORDS = 45  # a longer paragraph that ends in an agency's name is a news item with its source
LABEL_WORDS = 16  # a heading, list item or caption without a full stop is not longer
DATELINE_LENGTH = 120  # characters in which a dateline ends
FURNITURE_LENGTH = 300  # furniture lines are short; longer ones are not even compared
TITLE_CASE = 0.7  # share of a title-cased line's longer words that begin in capitals


def find_parts(text: str, known: tuple[Part, ...] = ()) -> tuple[Part, ...]:
    """Every paragraph of the text with its kind, in reading order.

    known: parts whose kind the format told (an HTML heading). A paragraph within one has its kind; a paragraph that
    holds one is narrowed to it (a Markdown heading without its marks).
    """
    known = tuple(sorted(known, key=lambda part: part.span))
    paragraphs, kinds = _apply_known(split_paragraphs(text, tuple(part.span for part in known)), known)
    _mark_own_features(paragraphs, kinds)
    _mark_lists(paragraphs, kinds)
    _mark_headline(paragraphs, kinds)
    _mark_top(paragraphs, kinds)
    _mark_headings(paragraphs, kinds)
    _keep_some_body(kinds)
    first_body = _first_undecided(kinds)
    return tuple(
        part
        for index, (paragraph, kind) in enumerate(zip(paragraphs, kinds, strict=True))
        for part in _split_dateline(text, paragraph, kind or PartKind.BODY, index == first_body)
    )


def _apply_known(paragraphs: tuple[Paragraph, ...], known: tuple[Part, ...]) -> tuple[tuple[Paragraph, ...], Kinds]:
    """The paragraphs and the kinds of those that a known part covers or lies in."""
    narrowed: list[Paragraph] = []
    kinds: Kinds = []
    at = 0
    for paragraph in paragraphs:
        while at < len(known) and known[at].span.end <= paragraph.span.start:
            at += 1
        part = known[at] if at < len(known) and overlaps(known[at].span, paragraph.span) else None
        inside = part is not None and contains(paragraph.span, part.span)
        covered = part is not None and contains(part.span, paragraph.span)
        kinds.append(part.kind if part and (inside or covered) else None)
        narrowed.append(replace(paragraph, span=part.span) if part and inside else paragraph)
    return tuple(narrowed), kinds


def _mark_own_features(paragraphs: tuple[Paragraph, ...], kinds: Kinds) -> None:
    """What a line shows by itself, whatever stands around it. A text of one paragraph is body."""
    if len(paragraphs) == 1:
        return
    for index, paragraph in enumerate(paragraphs):
        if kinds[index] is None:
            kinds[index] = classify_line(paragraph)


def classify_line(paragraph: Paragraph) -> PartKind | None:
    """The kind that a line's own words give it; None where they do not tell."""
    if paragraph.span.end - paragraph.span.start > FURNITURE_LENGTH:
        return None
    features = _features()
    line = paragraph.text
    if features.dateline_line.match(line) or any(stamp.match(line) for stamp in features.stamps):
        return PartKind.DATELINE
    if paragraph.words <= CAPTION_WORDS and any(caption.search(line) for caption in features.captions):
        return PartKind.CAPTION
    return PartKind.FURNITURE if _is_furniture(paragraph, features) else None


def _is_furniture(paragraph: Paragraph, features: "Features") -> bool:
    line = paragraph.text
    bare = line.strip(" :.!…»›>→|[]()*•-").lower()
    return (
        bare in features.furniture_lines
        or any(pattern.match(line) for pattern in features.furniture_starts)
        or any(pattern.search(line) for pattern in features.furniture_anywhere)
        or any(pattern.match(line) for pattern in features.bylines)
        or _is_breadcrumb(paragraph, features)
        or _names_platform(paragraph, features)
    )


def _is_breadcrumb(paragraph: Paragraph, features: "Features") -> bool:
    if paragraph.ends:
        return False
    for separator in features.breadcrumb_separators:
        steps = f" {paragraph.text} ".split(separator)
        if len(steps) > 1 and all(len(step.split()) <= features.breadcrumb_words for step in steps):
            return True
    return False


def _names_platform(paragraph: Paragraph, features: "Features") -> bool:
    line = paragraph.text.lower()
    return not paragraph.is_sentence and paragraph.words <= 6 and line.endswith(features.platforms)


def _mark_lists(paragraphs: tuple[Paragraph, ...], kinds: Kinds) -> None:
    """After "SEE ALSO:" and the like, lines without a sentence are links, up to the next full one."""
    in_list = False
    for index, paragraph in enumerate(paragraphs):
        if kinds[index] is PartKind.FURNITURE and _opens_list(paragraph):
            in_list = True
        elif kinds[index] is None and in_list:
            in_list = not paragraph.is_sentence
            kinds[index] = PartKind.FURNITURE if in_list else None


def _opens_list(paragraph: Paragraph) -> bool:
    return paragraph.text.strip(" :.").lower().endswith(_features().opens_list)


def _mark_headline(paragraphs: tuple[Paragraph, ...], kinds: Kinds) -> None:
    """The first undecided line, if it reads like a headline and running text follows."""
    if PartKind.HEADLINE in kinds:
        return
    undecided = [index for index, kind in enumerate(kinds) if kind is None]
    if not undecided or not any(_is_running(paragraphs[index]) for index in undecided[1:]):
        return
    first = undecided[0]
    second = paragraphs[undecided[1]]
    if _is_label_above(paragraphs[first], second):
        kinds[first] = PartKind.FURNITURE
        first = undecided[1]
    if _reads_like_headline(paragraphs[first]):
        kinds[first] = PartKind.HEADLINE


def _is_running(paragraph: Paragraph) -> bool:
    return paragraph.is_sentence and paragraph.words > 3


def _is_label_above(paragraph: Paragraph, after: Paragraph) -> bool:
    """A name of outlet or section above the headline: a word or three, and a longer title follows."""
    return paragraph.words <= 3 and not paragraph.ends and after.words > 4 and not after.is_sentence


def _reads_like_headline(paragraph: Paragraph) -> bool:
    if paragraph.words > HEADLINE_WORDS or paragraph.text.endswith((",", ";", ":")):
        return False
    return not paragraph.period or _is_title_cased(paragraph)


def _is_title_cased(paragraph: Paragraph) -> bool:
    longer = [word for word in paragraph.text.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(1 for word in longer if word[0].isupper()) > TITLE_CASE * len(longer)


def _mark_top(paragraphs: tuple[Paragraph, ...], kinds: Kinds) -> None:
    """Between headline and running text: a line of names is a caption, any other line without a full stop a deck."""
    if PartKind.HEADLINE not in kinds:
        return
    top = kinds.index(PartKind.HEADLINE)
    undecided = [index for index, kind in enumerate(kinds) if kind is None and index > top]
    for index in undecided[:-1]:
        if not _is_label(paragraphs[index]):
            return
        if _is_name_line(paragraphs[index]):
            kinds[index] = PartKind.CAPTION
        elif paragraphs[index].words > 4:
            kinds[index] = PartKind.HEADLINE


def _is_name_line(paragraph: Paragraph) -> bool:
    """Only capitalised words and function words: a name with its title, as printed under a picture."""
    words = paragraph.text.split()
    joining = _features().joining_words
    return len(words) > 1 and all(not word[0].islower() or word in joining for word in words)


def _mark_headings(paragraphs: tuple[Paragraph, ...], kinds: Kinds) -> None:
    """A short line without a full stop heads what follows; with nothing below it, it is furniture."""
    below = PartKind.FURNITURE
    for index in range(len(kinds) - 1, -1, -1):
        if kinds[index] is None and _is_label(paragraphs[index]):
            kinds[index] = below
        elif kinds[index] in (None, PartKind.BODY):
            below = PartKind.HEADING


def _is_label(paragraph: Paragraph) -> bool:
    return not paragraph.is_sentence and paragraph.words <= LABEL_WORDS


def _keep_some_body(kinds: Kinds) -> None:
    """A text all of labels has no running text to head or adorn: its labels are the body."""
    if all(kind is not None for kind in kinds) and PartKind.BODY not in kinds:
        for index, kind in enumerate(kinds):
            if kind in (PartKind.HEADING, PartKind.CAPTION, PartKind.FURNITURE):
                kinds[index] = None


def _first_undecided(kinds: Kinds) -> int | None:
    return next((index for index, kind in enumerate(kinds) if kind is None), None)


def _split_dateline(text: str, paragraph: Paragraph, kind: PartKind, first: bool) -> tuple[Part, ...]:
    """The paragraph as one part, or as dateline and body where it opens with a place and a dash."""
    end = dateline_end(text, paragraph.span) if first and kind is PartKind.BODY else None
    before = trim(text, Span(paragraph.span.start, end)) if end else None
    rest = trim(text, Span(end, paragraph.span.end)) if end else None
    if before is None or rest is None:
        return (Part(paragraph.span, kind),)
    return (Part(before, PartKind.DATELINE), Part(rest, PartKind.BODY))


_LABELS = re.compile(r"(?m)^[A-ZÀ-Þ][A-ZÀ-Þ .’'-]+: ")


def dateline_end(text: str, span: Span) -> int | None:
    """Where the opening dateline of a paragraph ends, or None if it has none."""
    features = _features()
    opening = text[span.start : min(span.end, span.start + DATELINE_LENGTH)]
    opening = re.sub(r"\s", " ", opening)  # one for one: offsets stay
    for pattern in features.datelines:
        match = pattern.match(opening)
        if match and match.group().endswith(": ") and len(_LABELS.findall(text)) > 1:
            continue  # a transcript's speakers
        if match and (match.groupdict().get("place") or "").split(" ")[0] not in features.datelines_not:
            return span.start + match.end()
    return None


@dataclass(frozen=True, slots=True)
class Features:
    """The compiled word list `furniture`."""

    furniture_lines: frozenset[str]
    furniture_starts: tuple[re.Pattern[str], ...]
    furniture_anywhere: tuple[re.Pattern[str], ...]
    platforms: tuple[str, ...]
    opens_list: tuple[str, ...]
    breadcrumb_separators: tuple[str, ...]
    breadcrumb_words: int
    captions: tuple[re.Pattern[str], ...]
    bylines: tuple[re.Pattern[str], ...]
    stamps: tuple[re.Pattern[str], ...]
    datelines: tuple[re.Pattern[str], ...]
    datelines_not: frozenset[str]
    dateline_line: re.Pattern[str]
    joining_words: frozenset[str]


@cache
def _features() -> Features:
    data = load_lexicon("furniture")
    months = data["months"]
    days = data["day_month_year"].replace("{months}", months)
    return Features(
        furniture_lines=frozenset(word for entry in data["furniture_lines"] for word in entry["words"]),
        furniture_starts=_compile(data["furniture_starts"]),
        furniture_anywhere=_compile(data["furniture_anywhere"]),
        platforms=tuple(" " + name for name in data["platforms"]),
        opens_list=tuple(data["opens_list"]),
        breadcrumb_separators=tuple(data["breadcrumb"]["separators"]),
        breadcrumb_words=data["breadcrumb"]["most_words"],
        captions=_compile(data["captions"]),
        bylines=_compile(data["bylines"], re.NOFLAG),
        stamps=_compile(data["stamps"], day_month_year=days),
        datelines=_compile(data["datelines"], re.NOFLAG, **data["datelines_parts"]),
        datelines_not=frozenset(data["datelines_not"]),
        dateline_line=re.compile(data["dateline_line"]["pattern"]),
        joining_words=frozenset(data["joining_words"]),
    )


def _compile(
    entries: list[dict[str, Any]], flags: re.RegexFlag = re.IGNORECASE, **parts: str
) -> tuple[re.Pattern[str], ...]:
    """The entries' patterns; `{name}` in one stands for the part of that name."""
    patterns = [entry["pattern"] for entry in entries]
    for name, part in parts.items():
        patterns = [pattern.replace("{" + name + "}", part) for pattern in patterns]
    return tuple(re.compile(pattern, flags) for pattern in patterns)
