"""When an article appeared, by what its own text rules out, and when each of its attributions was said.

Nothing here is a guess: a day of publication is the interval that every constraint leaves, with its derivation, and may
be open or unknown; a day of speaking is one that the text prints beside the words for speaking.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice

from onrecord.annotation.quotation import quoted_regions
from onrecord.annotation.times.calendar import day_of
from onrecord.annotation.times.grammar import find_matches, read_number
from onrecord.annotation.times.meaning import AS_PRINTED
from onrecord.annotation.times.ranges import join_ranges
from onrecord.annotation.times.scene import lies_ahead
from onrecord.annotation.times.tokens import read_tokens
from onrecord.annotation.words import Kind, Word, read_words, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import Actor, Office
from onrecord.records.documents import Basis, DateRange, Document, PartKind
from onrecord.records.findings import Attribution, TimeExpression
from onrecord.records.spans import Span, contains, cover, overlaps, quote_span

# A month and day printed without a year lie at most so many days before the article (annotation/times/choices.py).
_YEARLESS_DAYS = 300
_LEAD = 2  # sentences of the body that tell the news itself
_CYCLE = 13  # years: within these a day of the year, the leap day left out, falls on each weekday
_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?\Z")
_YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T.*)?\Z")
_CLOCKLESS_REFERENCE = re.compile(r"(?:PAST|PRESENT|FUTURE)_REF\Z")
_FORMER = re.compile(r"\s*(?:the\s+|a\s+)?(?:former|ex|then|one-time|past|late)\b", re.IGNORECASE)
_HELD = re.compile(r"\s*(?:the\s+)?(?:current|incumbent|sitting|present|acting|outgoing)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:\A|[.!?…]\W+|\n\s*)[A-Z][a-z]+\s\Z")  # the word before a year begins a sentence
_JOINED_YEAR = re.compile(r"[\s,(–—-]*(?:back\s+)?(?:in\s+)?\Z")


@dataclass(frozen=True, slots=True)
class _Bound:
    """What one constraint leaves: first and last day, either may be open."""

    first: date | None
    last: date | None
    reason: str


def date_document(document: Document, times: Sequence[TimeExpression], actors: Sequence[Actor] = ()) -> DateRange:
    """The days on which the article may have appeared, as its own text tells; the given date where there is one.

    times: as `find_times` gives them for this document without a day of publication.
    actors: those that the text names, with the days of their offices where known.
    The basis is TEXT for a full date in the dateline or a line of its own, else INFERRED; UNKNOWN where nothing is
    ruled out, or where two constraints contradict each other (`reason` then names both).
    """
    if is_dated(document.published):
        return document.published
    dateline = _dateline_day(document, times)
    stamps = [dateline] if dateline is not None else _stamps(document, times)
    last = document.published.latest
    stamps = [each for each in stamps if not (last and each.earliest and each.earliest > last)]
    if stamps and stamps[0].is_day:
        return stamps[0]
    bounds = [
        *(_Bound(each.earliest, each.latest, each.reason) for each in stamps[:1]),
        *_had_by(document.published),
        *_updates(document, times),
        *_latest_past(document, times),
        *_earliest_coming(document, times),
        *_terms([office for actor in actors for office in actor.offices]),
        *_counted_years(document, times),
        *_anniversaries(document),
    ]
    joined = _join(bounds)
    return _as_range(_with_yearless_days(document, times, joined)) if joined else _contradiction(bounds)


def is_dated(published: DateRange) -> bool:
    """Whether days of publication are more than a bound from above, as the day on which a page was fetched is one."""
    return published.is_known and not (published.earliest is None and published.basis is Basis.INFERRED)


def _dateline_day(document: Document, times: Sequence[TimeExpression]) -> DateRange | None:
    """The full date of a dateline (`PORT ALMA, March 3, 2021 (Agency) -`), if there is one."""
    found = [*re.finditer(load_lexicon("dating")["dateline"], document.text[:2000], re.MULTILINE)]
    found += re.finditer(load_lexicon("dating")["signed"], document.text, re.MULTILINE)
    for match in found:
        span = Span(*match.span("day"))
        inside = (each for each in times if contains(span, each.span) and each.anchor is None)
        day = next((each.resolved for each in inside if each.resolved.is_day), None)
        if day is not None:
            return _stamped(day, f"dateline “{quote_span(document.text, span).strip()}”")
    return None


def _stamped(day: DateRange, printed: str) -> DateRange:
    """The days that a line prints for the article: a fact where it prints one and nothing there speaks against it."""
    doubt = "" if day.reason == AS_PRINTED else f"; {day.reason}"
    return replace(day, basis=Basis.INFERRED if doubt else Basis.TEXT, reason=f"{printed}{doubt}")


def _stamps(document: Document, times: Sequence[TimeExpression]) -> list[DateRange]:
    """What datelines and lines of their own print as the day of the article, the labelled ones first.

    A bare date counts above the text only, where no other line is one (those head the days of a chronicle), and where
    the text tells of no later day as past.
    """
    body = next((part.span.start for part in document.parts if part.kind is PartKind.BODY), len(document.text))
    told = max((bound.first for bound in _latest_past(document, times) if bound.first), default=date.min)
    labelled, bare = [], []
    for line, before, expression in _dates_of_lines(document, times):
        found = _stamped(expression.resolved, f"the line “{quote_span(document.text, line)}”")
        if _lines()["published"].search(before):
            labelled.append(found)
        elif _lines()["bare"].match(before) and not _lines()["updated"].search(before):
            bare.append((line.start < body, found))
    alone = len({found.earliest for _, found in bare}) == 1
    heading = [found for above, found in bare if above and alone and (found.latest or date.max) >= told]
    return [*labelled, *heading]


def _updates(document: Document, times: Sequence[TimeExpression]) -> Iterable[_Bound]:
    """An article that was changed on a day appeared by then."""
    for line, before, expression in _dates_of_lines(document, times):
        if _lines()["updated"].search(before):
            yield _Bound(None, expression.resolved.latest, f"not after “{quote_span(document.text, line)}”")


def _had_by(published: DateRange) -> Iterable[_Bound]:
    """What is known before the text is read: the day on which the page was fetched."""
    if published.latest is not None:
        yield _Bound(None, published.latest, published.reason)


def _dates_of_lines(document: Document, times: Sequence[TimeExpression]) -> Iterable[tuple[Span, str, TimeExpression]]:
    """The full dates in the lines around the text, each with its line and the words before it there."""
    for part in document.parts:
        if part.kind not in (PartKind.DATELINE, PartKind.FURNITURE):
            continue
        at = part.span.start
        for expression in times:
            if contains(part.span, expression.span) and expression.type == "DATE" and _is_full(expression):
                yield part.span, document.text[at : expression.span.start], expression
                at = expression.span.end


def _is_full(expression: TimeExpression) -> bool:
    """Whether a date prints its day, month and year, if perhaps in an unclear order ("03/05/2024")."""
    days = expression.resolved
    return expression.anchor is None and (days.is_day or re.fullmatch(r"\d{4}-XX-XX", expression.value) is not None)


@cache
def _lines() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in load_lexicon("dating")["lines"].items()}


def times_told(document: Document, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """What tells when the news came about: no dates of datelines and of lines with the day of the article, and the
    first and last day of a stretch as one.
    """
    lines = [part.span for part in document.parts if part.kind is PartKind.DATELINE]
    told = [each for each in times if not any(contains(line, each.span) for line in lines)]
    return join_ranges(document.text, told)


# Constraints


def _latest_past(document: Document, times: Sequence[TimeExpression]) -> Iterable[_Bound]:
    """An article does not tell of days as past that lie after it."""
    past = [each for each in times if _first_day(each) and _is_told_as_past(document, each)]
    if past:
        latest = max(past, key=lambda each: _first_day(each) or date.min)
        words = quote_span(document.text, latest.span)
        yield _Bound(_first_day(latest), None, f"not before “{words}”, the latest date told as past")


def _earliest_coming(document: Document, times: Sequence[TimeExpression]) -> Iterable[_Bound]:
    """An article does not announce days that are over, in words of its own."""
    quoted = quoted_regions(document.text)
    coming = [
        each
        for each in times
        if _first_day(each)
        and each.resolved.latest
        and not any(contains(region, each.span) for region in quoted)
        and _tense(document, each)
        and _is_told_as_coming(document, each, times)
    ]
    if coming:
        earliest = min(coming, key=lambda each: each.resolved.latest or date.max)
        words = quote_span(document.text, earliest.span)
        yield _Bound(None, earliest.resolved.latest, f"not after “{words}”, the earliest date told as still to come")


def _is_told_as_coming(document: Document, expression: TimeExpression, times: Sequence[TimeExpression]) -> bool:
    """Whether a date's clause says that it will come, and its sentence names no earlier date at which that was said."""
    start = max(document.text.rfind("\n", 0, expression.span.start) + 1, expression.span.start - 200)
    before = document.text[start : expression.span.start]
    named = (each for each in times if start <= each.span.start < expression.span.start and _first_day(each))
    if any(not _stops(document.text[each.span.end : expression.span.start]) for each in named):
        return False
    lists = load_lexicon("dating")
    if re.search(lists["coming_before"], before) or re.search(lists["coming_fixed"], before):
        return True
    behind = re.compile(lists["coming_behind"]).match(document.text, expression.span.end)
    return behind is not None and re.search(lists["coming_opening"], before) is not None


def _stops(between: str) -> bool:
    """Whether a sentence ends between two expressions."""
    return re.search(r"[.!?…;]\W", between) is not None


def _anniversaries(document: Document) -> Iterable[_Bound]:
    """As "on the 25th anniversary of independence, won in 1991": not before 2016."""
    if "anniversary" not in document.text:  # the pattern tries every word that may stand before one
        return
    ordinals = load_lexicon("times")["words"]["ORDINAL"]
    for match in re.finditer(load_lexicon("dating")["anniversary"], document.text):
        digits = re.match(r"\d+", match["count"])
        count = int(digits.group()) if digits else ordinals.get(match["count"].lower(), 0)
        if match["ahead"] is None and 0 < count < 500:
            year = int(match["year"]) + count
            yield _Bound(
                date(year, 1, 1), None, f"not before {year}, by “{match['count']} anniversary” of {match['year']}"
            )


def _first_day(expression: TimeExpression) -> date | None:
    """The first day of a date that the text prints in full or by its year; None for all others."""
    printed = expression.anchor is None and _CALENDAR.match(expression.value)
    return expression.resolved.earliest if printed else None


def _is_told_as_past(document: Document, expression: TimeExpression) -> bool:
    """Whether a date's clause is told as past; the verb right behind the date says more than one before it.

    A bare year counts as an adverb only ("in 2014 it fell", not "the 2031 plan" or "they named 2025"), and a limit
    ("made to replace it before 2040", "cut by 2050") not at all.
    """
    lists = load_lexicon("dating")
    if expression.relation in lists["limits"]:
        return False
    ahead = re.compile(lists["ahead"]).match(document.text, expression.span.end)
    before = document.text[max(0, expression.span.start - 20) : expression.span.start]
    is_year = re.fullmatch(r"\d{4}", quote_span(document.text, expression.span)) is not None
    if is_year and (re.search(lists["joined"], before) or not re.search(lists["adverbial"], before)):
        return False
    return ahead is None and _tense(document, expression, unsaid=is_year and not _OPENING.search(before)) is False


def _tense(document: Document, expression: TimeExpression, *, unsaid: bool = False) -> bool | None:
    """Whether the clause lies ahead; None where it gives no sign.

    unsaid: a verb of speaking is none, nor what is said: "Lisi, a candidate in 2031, said that it was over".
    """
    start = document.text.rfind("\n", 0, expression.span.start) + 1
    end = document.text.find("\n", expression.span.end)
    window = Span(
        max(start, expression.span.start - 400), min(end if end >= 0 else len(document.text), expression.span.end + 400)
    )
    tokens = read_tokens(document.text, window)
    if unsaid:
        speech = word_classes().speech
        tokens = tuple(token._replace(word=".") if token.word in speech else token for token in tokens)
    inside = [index for index, token in enumerate(tokens) if overlaps(token.span, expression.span)]
    return lies_ahead(tokens, inside[0], inside[-1] + 1) if inside else None


def _terms(offices: Sequence[Office]) -> Iterable[_Bound]:
    """An office bounds the article to the time from its beginning on, a former one to the time after it.

    Its end bounds only where the title says that it is held: ten years later "President Lisi" still signed it, and is
    called so by courtesy.
    """
    for office in offices:
        since, until = _iso(office.since), _iso(office.until)
        if _FORMER.match(office.title):
            since, until = until, None
        elif office.title.lower().split()[-1:] in _vague():
            continue
        if until and not _HELD.match(office.title):
            until = None
        if since or until:
            of = f" of {office.of}" if office.of else ""
            yield _Bound(
                since,
                until,
                f"“{office.title}”{of} is so called from {since or '…'} {f'to {until}' if until else 'on'}",
            )


def _vague() -> list[list[str]]:
    return [[word] for word in load_lexicon("dating")["vague_titles"]]


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None  # a year or month alone is no bound to the day


def _counted_years(document: Document, times: Sequence[TimeExpression]) -> Iterable[_Bound]:
    """As "eight years ago, in 2014" was written in 2022."""
    for counted, named in zip(times, times[1:], strict=False):
        between = document.text[counted.span.end : named.span.start]
        if not (_CALENDAR.match(named.value) and _JOINED_YEAR.match(between)):
            continue
        years = _years_ago(document, counted)
        if years is not None:
            year = int(named.value[:4]) + years
            words = document.text[counted.span.start : named.span.end]
            yield _Bound(date(year, 1, 1), date(year, 12, 31), f"written in {year}, by “{words}”")


def _years_ago(document: Document, expression: TimeExpression) -> int | None:
    """How many whole years back an expression such as "eight years ago" counts."""
    for match in find_matches(read_tokens(document.text, expression.span)):
        if match.rule.means == "offset" and match.word("dir") == "ago" and match.worth("u", "UNIT", "UNITS") == "Y":
            number = read_number(match.group("n")) if match.has("n") else None
            return int(number) if number is not None and number % 1 == 0 and number < 500 else None
    return None


# Putting constraints together


def _join(bounds: Sequence[_Bound]) -> _Bound | None:
    """What all constraints leave; None if they contradict each other."""
    first = max((bound.first for bound in bounds if bound.first), default=None)
    last = min((bound.last for bound in bounds if bound.last), default=None)
    if first and last and first > last:
        return None
    telling = dict.fromkeys(
        bound.reason
        for bound in bounds
        if (bound.first and bound.first == first) or (bound.last and bound.last == last)
    )
    return _Bound(first, last, "; ".join(telling))


def _contradiction(bounds: Sequence[_Bound]) -> DateRange:
    return DateRange(reason="the text contradicts itself: " + "; ".join(bound.reason for bound in bounds))


def _as_range(bound: _Bound) -> DateRange:
    if bound.first is None and bound.last is None:
        return DateRange(reason=bound.reason or "the text names no date that bounds it")
    return DateRange(bound.first, bound.last, Basis.INFERRED, bound.reason)


def _with_yearless_days(document: Document, times: Sequence[TimeExpression], bound: _Bound) -> _Bound:
    """Narrowed by days printed without a year ("Tuesday, September 27"), where the bound leaves them one year only."""
    for expression in times:
        yearless = _YEARLESS.match(expression.value)
        if not yearless or _tense(document, expression) is not False:
            continue
        month, day = int(yearless[1]), int(yearless[2])
        narrowed = _narrow(
            bound, month, day, _weekday(document, expression), quote_span(document.text, expression.span)
        )
        bound = narrowed or bound
    return bound


def _narrow(bound: _Bound, month: int, day: int, weekday: int | None, words: str) -> _Bound | None:
    if bound.first is None:
        return None  # years without end would fit
    if bound.last is None:
        return _not_before(bound, bound.first, month, day, weekday, words)
    days = (day_of(year, month, day) for year in range(bound.first.year - 1, bound.last.year + 1))
    fitting = [
        each.first
        for each in days
        if each
        and (weekday is None or each.first.isoweekday() == weekday)
        and each.first <= bound.last
        and each.first + timedelta(days=_YEARLESS_DAYS) >= bound.first
    ]
    if len(fitting) != 1:
        return None
    first = max(bound.first, fitting[0])
    last = min(bound.last, fitting[0] + timedelta(days=_YEARLESS_DAYS))
    return _Bound(first, last, f"{bound.reason}; “{words}” is {fitting[0]}, as no other year fits")


def _not_before(bound: _Bound, first: date, month: int, day: int, weekday: int | None, words: str) -> _Bound | None:
    """The first year in which the day fell on that weekday bounds the article from below, where nothing else does."""
    if weekday is None:
        return None
    days = (day_of(year, month, day) for year in range(first.year - 1, first.year + _CYCLE))
    fitting = (each.first for each in days if each and each.first.isoweekday() == weekday)
    earliest = next((each for each in fitting if each + timedelta(days=_YEARLESS_DAYS) >= first), None)
    if earliest is None or earliest <= first:
        return None
    return _Bound(earliest, None, f"{bound.reason}; “{words}” is {earliest} at the earliest")


def _weekday(document: Document, expression: TimeExpression) -> int | None:
    """The weekday printed with a day, 1 for Monday."""
    for token in read_tokens(document.text, expression.span):
        weekday = token.kinds.get("WEEKDAY") or token.kinds.get("SHORT_WEEKDAY")
        if weekday:
            return int(weekday)
    return None


# When attributions were said


def date_attributions(
    document: Document,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
) -> tuple[Attribution, ...]:
    """The attributions with `said_on` where a time expression stands with their words for speaking.

    It must stand in the cue's sentence (the source's where there is no cue), outside what is said, outside relative and
    other clauses of its own, and nearer to this cue than to any other. An expression that could not be resolved gives a
    said_on of unknown days whose reason quotes it. Without an expression said_on stays as it was, unless the words for
    speaking are told as older than the news around them: then it is any day up to publication.
    """
    chosen = _choose(document, sentences, attributions, times)

    def day(each: Attribution) -> DateRange | None:
        return _said_on(document, chosen[each.id]) if each.id in chosen else _said_before(document, sentences, each)

    return tuple(each if (said := day(each)) is None else replace(each, said_on=said) for each in attributions)


def _choose(
    document: Document, sentences: Sequence[Span], attributions: Sequence[Attribution], times: Sequence[TimeExpression]
) -> dict[str, TimeExpression]:
    """The nearest expression of each attribution, by the attribution's id."""
    anchors = {each.id: cover(each.cue or each.source) for each in attributions if each.cue or each.source}
    nouns = {each.id for each in attributions if _is_named_only(document.text, each)}
    anchors = {each: anchor for each, anchor in anchors.items() if each not in nouns}
    usable = [each for each in times if _may_date_speech(document, each)]
    chosen: dict[str, tuple[tuple[bool, int], TimeExpression]] = {}
    for expression in usable:
        sentence = next((each for each in sentences if contains(each, expression.span)), None)
        near = [
            (_distance(document.text, anchors[each.id], expression.span), each.id)
            for each in attributions
            if sentence
            and each.id in anchors
            and _belongs(document, sentence, each, anchors[each.id], expression.span)
            and not _is_anothers(attributions, each, anchors[each.id], expression.span)
        ]
        if near:
            distance, owner = min(near)
            if owner not in chosen or distance < chosen[owner][0]:
                chosen[owner] = distance, expression
    return {owner: expression for owner, (_, expression) in chosen.items()}


def _is_named_only(text: str, attribution: Attribution) -> bool:
    """Whether the words are only named, by a noun of theirs: "brushing aside a Vadian warning on Monday"."""
    if len(attribution.cue) != 1 or not attribution.source or text[slice(*attribution.cue[0])].lower() not in _named():
        return False
    start = attribution.source[0].start
    return re.search(r"\b(?:an?|the)\s\Z", text[max(0, start - 5) : start], re.IGNORECASE) is not None


def _named() -> list[str]:
    named: list[str] = load_lexicon("dating")["named"]
    return named


def _may_date_speech(document: Document, expression: TimeExpression) -> bool:
    """A date or time of day, not a length, a reference such as "now", a bound ("since May") or a day still to come."""
    length = expression.type == "DURATION" and expression.relation in load_lexicon("dating")["lengths"]
    if (expression.type not in ("DATE", "TIME") and not length) or _CLOCKLESS_REFERENCE.match(expression.value):
        return False
    if length and not expression.resolved.is_known:
        return False
    first, latest = expression.resolved.earliest, document.published.latest
    if first and latest and first > latest:
        return False
    return expression.relation not in load_lexicon("dating")["bounding"]


def _is_anothers(attributions: Sequence[Attribution], own: Attribution, anchor: Span, expression: Span) -> bool:
    """Whether a date stands in the words of another: "“No,” he said, adding that he wrote on Monday"."""
    pieces = (piece for each in attributions if each.id != own.id for piece in each.content)
    return any(contains(piece, expression) and not contains(piece, anchor) for piece in pieces)


def _belongs(document: Document, sentence: Span, attribution: Attribution, anchor: Span, expression: Span) -> bool:
    if not overlaps(sentence, anchor) or any(_is_said(piece, expression) for piece in attribution.content):
        return False
    if any(_is_parted(document.text, expression, piece, anchor) for piece in attribution.content):
        return False
    subject = attribution.source[0].start if attribution.source else anchor.start
    if _is_of_another_verb(document.text, sentence, subject, anchor, expression):
        return False
    return not _stands_in_own_clause(document.text, sentence, anchor, expression)


def _is_said(piece: Span, expression: Span) -> bool:
    """Whether the expression is part of what is said; one that a content cuts in two stands outside it."""
    return overlaps(piece, expression) and not piece.start < expression.start < piece.end < expression.end


def _is_parted(text: str, expression: Span, piece: Span, anchor: Span) -> bool:
    """Whether a date ends the clause before the words: "It left in July, and 30 remain, according to the staff"."""
    ahead = expression.end <= piece.start and piece.end <= anchor.start
    return ahead and re.search(r",\s(?:and|but)\s\Z", text[expression.end : piece.start]) is not None


def _is_of_another_verb(text: str, sentence: Span, subject: int, anchor: Span, expression: Span) -> bool:
    """Whether a date hangs on a verb or noun of its own: "the ban announced on 2 April", "who took it on Tuesday and
    said", "Lisi, elected in April, said".
    """
    apart = Span(
        max(sentence.start, anchor.end if anchor.end <= expression.start else sentence.start), expression.start
    )
    words = [word for word in read_words(text, apart) if word.kind is not Kind.PREPOSITION]
    if anchor.end <= expression.start:
        return bool(words) and words[-1].kind in (Kind.PARTICIPLE, Kind.FINITE)
    behind = text[expression.end : anchor.start]
    if _hangs_on_insertion(text, Span(sentence.start, expression.start), subject, behind):
        return True
    opening = next((word for word in reversed(words) if word.lower in ("who", "which", "that", ",")), None)
    relative = opening is not None and opening.lower != ","
    return relative and re.fullmatch(r"\s(?:and|but)\s(?:\w+\s)?", behind) is not None


def _hangs_on_insertion(text: str, before: Span, subject: int, behind: str) -> bool:
    """Whether a date ends what is put beside the subject, as a participle or a noun, and tells when that was.

    Not the words for being heard or read: "Lisi, asked on Monday, said", "a note issued on Monday said".
    """
    words = read_words(text, before)
    inserted = words[_last_comma(words) + 1 :]
    heard = load_lexicon("dating")["heard"]
    if any(word.lower in heard for word in inserted):
        return False
    told = [word for word in inserted if word.kind not in (Kind.PREPOSITION, Kind.ADVERB)]
    if not told:
        return False
    if "," in behind and len(inserted) < len(words) and not inserted[0].start <= subject < before.end:
        return inserted[0].kind in (Kind.PARTICIPLE, Kind.NOUN, Kind.DETERMINER) and not _has_verb(inserted)
    hangs = told[-1].kind is Kind.PARTICIPLE and len(told) > 1
    return hangs and re.match(r"\s(?:and|but|then)\b", behind) is None


def _last_comma(words: Sequence[Word]) -> int:
    return next((at for at in range(len(words) - 1, -1, -1) if words[at].lower == ","), -1)


def _has_verb(words: Sequence[Word]) -> bool:
    return any(word.is_finite for word in words)


def _distance(text: str, one: Span, other: Span) -> tuple[bool, int]:
    """Whether a semicolon parts the two, and by how many characters they stand apart."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return ";" in text[start:end], max(end - start, 0)


def _said_before(document: Document, sentences: Sequence[Span], attribution: Attribution) -> DateRange | None:
    """Any day up to publication, where the text tells the words as older than its news; None where it does not."""
    latest = document.published.latest
    words = _told_as_older(document, sentences, attribution) if latest is not None else None
    if words is None:
        return None
    reason = f"“{words}” leaves the day open: on or before publication"
    return DateRange(None, latest, Basis.INFERRED, reason)


def _told_as_older(document: Document, sentences: Sequence[Span], attribution: Attribution) -> str | None:
    """The words that tell so: "had warned", "has repeatedly said", "Before the landing"; "has said" behind the lead.

    Inside others' words only what a relative clause brings in: "he wrote that she had said" is backshift.
    """
    if not attribution.cue:
        return None
    cue = attribution.cue[0]
    at = bisect_right(sentences, cue.start, key=lambda each: each.start) - 1
    if at < 0:
        return None
    sentence = sentences[at]
    if _is_named_only(document.text, attribution):
        return document.text[cue.start : cue.end]
    subject = attribution.source[0].end if attribution.source and attribution.source[0].end <= cue.start else cue.start
    beside = document.text[max(subject, cue.start - 40) : attribution.cue[-1].end]
    habit = _older()["habit"].search(beside)
    if habit is not None:
        return habit.group()
    opening = _older()["opening"].match(document.text, sentence.start, sentence.end)
    said = opening is not None and any(contains(piece, Span(*opening.span())) for piece in attribution.content)
    if opening is not None and not said and attribution.within is None and attribution.source:
        return opening.group()
    words = document.text[cue.start : attribution.cue[-1].end]
    perfect = _older()["perfect"].match(words) or _older()["perfect"].match(beside.lstrip())
    relative = _is_relative(document.text, attribution)
    if perfect is None or (attribution.within is not None and not relative):
        return None
    lately = perfect["have"].lower() != "had" and not relative and _is_lead(document, sentences, sentence)
    return None if lately else perfect.group()


def _is_relative(text: str, attribution: Attribution) -> bool:
    """Whether a relative clause brings in the words: "the step that Orlia had named"."""
    if not attribution.source:
        return False
    before = text[max(0, attribution.source[0].start - 12) : attribution.source[0].start]
    return re.search(r"\b(?:step|move|line|which|as)\s(?:that\s)?\Z", before) is not None


def _is_lead(document: Document, sentences: Sequence[Span], sentence: Span) -> bool:
    """Whether a sentence is in the headline or among the first two below it: what has been said there is the news."""
    body = [part.span for part in document.parts if part.kind is PartKind.BODY]
    inside = (each for each in sentences if not body or any(contains(span, each) for span in body[:_LEAD]))
    return sentence.start <= max((each.start for each in islice(inside, _LEAD)), default=-1)


@cache
def _older() -> Mapping[str, re.Pattern[str]]:
    listed = load_lexicon("dating")
    return {
        "habit": re.compile(rf"\b(?:{'|'.join(listed['habits'])})\b", re.IGNORECASE),
        "opening": re.compile(rf"(?:{'|'.join(listed['openings'])})(?!\w)", re.IGNORECASE),
        "perfect": re.compile(r"(?P<have>has|have|had)\b(?:\s(?:\w+ly|also|been))*\s\w+", re.IGNORECASE),
    }


def _stands_in_own_clause(text: str, sentence: Span, anchor: Span, expression: Span) -> bool:
    """Whether a clause that opens with "who", "after", ... holds the expression but not the cue.

    A clause runs from its opening word to the next comma, dash or bracket.
    """
    openings = [match.start() for match in _clause_openings().finditer(text, sentence.start, expression.start)]
    opening = next((at for at in reversed(openings) if _opens_clause(text[at : expression.start])), -1)
    if opening < 0 or re.search(r"[,–—();]", text[opening : expression.start]):
        return False
    if anchor.end <= opening:
        return True
    end = re.compile(r"[,–—();]|\Z").search(text, expression.end, sentence.end)
    return not (anchor.start >= opening and end is not None and anchor.end <= end.start())


def _opens_clause(words: str) -> bool:
    """Whether the words are more than a preposition with its noun ("after talks on")."""
    opening, *others = words.lower().split()
    verbs = load_lexicon("times")["tense"]["past"]
    return opening not in load_lexicon("dating")["also_prepositions"] or any(
        word in verbs or (len(word) > 4 and word.endswith("ed")) for word in others
    )


@cache
def _clause_openings() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('dating')['clause_openings'])})\b", re.IGNORECASE)


def _said_on(document: Document, expression: TimeExpression) -> DateRange:
    """The days of the expression as printed, none after the day of publication."""
    words = quote_span(document.text, expression.span)
    found, latest = expression.resolved, document.published.latest
    if not found.is_known:
        return DateRange(reason=f"“{words}” ({expression.value}): {found.reason}")
    last = min(found.latest, latest) if found.latest and latest else found.latest
    return DateRange(found.earliest, last, Basis.TEXT, f"“{words}” stands with the words for speaking; {found.reason}")
