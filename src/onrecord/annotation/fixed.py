"""Attributions that a fixed wording shows and the tagger misses: numbers put at something, names given in marks, and
what somebody wrote where an agency carried it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness
from onrecord.annotation.words import Kind, read_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, Spans, contains, cover, overlaps

PRODUCER = "rule:fixed"
SCORE = 0.85  # read on coverage at hand; no gold counts these wordings apart

Pair = tuple[Attribution, Attribution | None]

_WORD = r"[\w’'-]+"
_NAME = rf"(?!(?:and|but|while|which|who|according)\b){_WORD}(?: {_WORD}){{0,6}}?"
_ABOUT = r"(?:about|around|some|roughly|nearly|almost|over|more than|fewer than|less than|up to|at least|only|between)"
_NUMBER = rf"[\"“]?(?:{_ABOUT} )?(?:\d[\d.,]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|a dozen)"
_REST = r"[^,.;:()\n]{0,60}"
_CLAUSE = r"(?:^|(?<=[,;:—–] )|(?<=[.!?] )|(?<=\bwhile )|(?<=, and )|(?<=, but ))"


@dataclass(frozen=True, slots=True)
class _Told:
    who: Span
    cue: Span
    what: Span


def add_fixed(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], regions: Spans) -> list[Pair]:
    """(attribution, the one that relays it or None) of all given ones and those that a fixed wording shows besides.

    A piece of another's content that lies in the words found is theirs and leaves it.
    """
    told = [each for sentence in sentences for each in find_fixed(text, sentence)]
    told += _of_same_subject(text, sentences, attributions)
    new = [each for each in told if not any(_knows(held, each) for held in attributions)]
    closing = [each for each in _closing(text, sentences) if not any(_hands(held, each) for held in attributions)]
    pairs: list[Pair] = []
    for held in (_ended(text, each, new) for each in attributions):
        left = _without(held, new)
        if left is not None:
            pairs.extend(_with_writer(text, left, regions))
    outers = [each for each, _ in pairs]
    for each in (*closing, *new):
        what = _in_marks(text, each.what)
        made = form_attribution(
            (each.who,),
            (each.cue,),
            (what,),
            judge_directness(text, (what,), regions),
            score=SCORE,
            produced_by=PRODUCER,
        )
        pairs.append((made, _relayed_by(outers, each)))
        if each in closing:
            outers.append(made)
    return pairs


def find_fixed(text: str, sentence: Span) -> Iterator[_Told]:
    """The fixed wordings of one sentence."""
    printed = text[sentence.start : sentence.end]
    if not _telling().search(printed):
        return
    for pattern in (_putting(), _counting(), _naming(), _worded(), _according(), _giving_time(), _relayed()):
        for match in pattern.finditer(printed):
            told = _told(match, sentence.start)
            if _is_name(text, told.who):
                yield told
                yield from _also(text, told, sentence)


def _closing(text: str, sentences: Sequence[Span]) -> Iterator[_Told]:
    """Sentences that end in who said so: "Nine boats had paid by noon, the pilots' guild said on Monday."."""
    for sentence in sentences:
        match = _said_behind().fullmatch(text, *sentence)
        if match is None:
            continue
        told = _told(match)
        tells = any(word.is_finite for word in read_words(text, told.what))
        if tells and _is_name(text, told.who):
            yield told


def _hands(held: Attribution, told: _Told) -> bool:
    """Whether an attribution has this verb already, or these words."""
    return any(overlaps(span, told.cue) for span in held.cue) or any(overlaps(span, told.what) for span in held.content)


def _told(match: re.Match[str], offset: int = 0) -> _Told:
    who, cue, what = (Span(match.start(name) + offset, match.end(name) + offset) for name in ("who", "cue", "what"))
    return _Told(who, cue, what)


def _of_same_subject(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> Iterator[_Told]:
    """A second verb that puts a number: "Orlia called the sum a joke and put the debt at 11 million"."""
    for each in attributions:
        if not each.cue or len(each.source) != 1 or each.source[0].end > each.cue[0].start or not each.content:
            continue
        at = bisect_right(sentences, each.cue[0].start, key=lambda sentence: sentence.start) - 1
        match = _joined_putting().match(text, each.content[-1].end, sentences[at].end) if at >= 0 else None
        if match:
            cue, what = Span(*match.span("cue")), Span(*match.span("what"))
            yield _Told(each.source[0], cue, what)


def _also(text: str, told: _Told, sentence: Span) -> Iterator[_Told]:
    """Who is named with another number and no verb of their own: "…, the mayor of 400"."""
    match = _gapped().match(text, told.what.end, sentence.end)
    if match and _is_name(text, Span(*match.span("who"))):
        yield _told(match)


def _is_name(text: str, span: Span) -> bool:
    """Whether the words are a noun phrase: no verb, no pronoun, no word that opens a clause."""
    words = read_words(text, span)
    plain = (Kind.NOUN, Kind.DETERMINER, Kind.PARTICIPLE, Kind.ADVERB, Kind.NUMBER)
    of = [word for word in words if word.kind is Kind.PREPOSITION]
    ruling = [place for place in range(1, len(words)) if words[place].kind is Kind.ING]  # "Orlia's ruling council"
    return (
        bool(words)
        and words[-1].kind in (Kind.NOUN, Kind.FINITE)  # "the monitors" looks like a verb
        and words[0].kind is not Kind.PREPOSITION
        and all(
            word.kind in plain or word.lower in ("of", "in", "for", "and", "at", "'", "’") or place in ruling
            for place, word in enumerate(words[:-1])
        )
        and len(of) <= 2
        and not all(word.kind is Kind.ADVERB for word in words)
    )


def _knows(held: Attribution, told: _Told) -> bool:
    """Whether an attribution gives these words to the same source already."""
    same = any(overlaps(span, told.who) for span in held.source)
    return same and any(overlaps(span, told.what) or overlaps(span, told.cue) for span in (*held.content, *held.cue))


def _ended(text: str, held: Attribution, told: Sequence[_Told]) -> Attribution:
    """Reported words end where a clause of somebody else's number follows with nothing but a comma: "he thinks that
    90 are left, the union speaks of 130".
    """
    if held.directness is not Directness.INDIRECT or not held.cue:
        return held

    def end(piece: Span) -> Span:
        starts = (each.who.start for each in told if piece.start < each.who.start and each.what.end <= piece.end)
        joint = next((_SPLICE.search(text, held.cue[0].end, start) for start in sorted(starts)), None)
        return Span(piece.start, joint.start()) if joint and joint.start() > piece.start else piece

    return replace(held, content=tuple(map(end, held.content)))


_SPLICE = re.compile(r"(?<=\w)[,;]\s\Z")


def _without(held: Attribution, told: Sequence[_Told]) -> Attribution | None:
    """The attribution without the pieces that belong to what was found; None where nothing is left."""
    taken = [span for each in told for span in (each.who, each.what)]
    left = tuple(piece for piece in held.content if not any(contains(span, piece) for span in taken))
    if left == held.content:
        return held
    return replace(held, content=left) if left else None


def _relayed_by(outers: Sequence[Attribution], told: _Told) -> Attribution | None:
    """The attribution in one piece of whose content the whole wording stands."""
    whole = cover((told.who, told.what))
    return next((each for each in outers if any(contains(piece, whole) for piece in each.content)), None)


def _with_writer(text: str, held: Attribution, regions: Spans) -> Iterator[Pair]:
    """The attribution; where an agency carried what somebody wrote, the writer's within the agency's."""
    match = _written(text, held)
    if match is None:
        yield held, None
        return
    whole = Span(held.content[0].start, match.end("told"))
    outer = replace(held, content=(whole,), directness=judge_directness(text, (whole,), regions))
    inner = replace(held, source=(Span(*match.span("who")),), cue=(Span(*match.span("cue")),), produced_by=PRODUCER)
    yield outer, None
    yield inner, outer


def _written(text: str, held: Attribution) -> re.Match[str] | None:
    if len(held.content) != 1 or len(held.source) != 1 or not held.cue or held.source[0].start < held.content[0].end:
        return None
    match = _carried().fullmatch(text, held.content[0].end, held.source[0].start)
    return match if match and _is_name(text, Span(*match.span("who"))) else None


def _in_marks(text: str, what: Span) -> Span:
    """The words with the quotation marks that stand right outside them."""
    before, behind = text[what.start - 1 : what.start], text[what.end : what.end + 1]
    marked = before in ("“", '"') and behind in ("”", '"')
    return Span(what.start - 1, what.end + 1) if marked else what


def _compile(pattern: str) -> re.Pattern[str]:
    """The pattern, in which a space is a no-break one as well."""
    return re.compile(pattern.replace(" ", "[ \u00a0]"))


def _any(name: str) -> str:
    listed = sorted(load_lexicon("fixed")[name], key=len, reverse=True)
    return "|".join(re.escape(words).replace("\\ ", " ") for words in listed)


@cache
def _telling() -> re.Pattern[str]:
    """A word without which none of the wordings stands: a quick look that spares most sentences the patterns."""
    phrases = "what|in the words of|according to|quoted|cited"
    return _compile(rf"\b(?:{_any('put')}|{_any('count')}|{_any('give')}|{phrases})\b")


@cache
def _putting() -> re.Pattern[str]:
    return _compile(
        rf"(?:{_CLAUSE}|\b(?:to|by) )(?P<who>{_NAME})(?:,? (?:which|who))? "
        rf"(?P<cue>(?:(?:has|have|had) )?(?:{_any('put')})) "
        rf"(?P<what>(?:it|(?:the|that|its|their|his|her) {_NAME}) at {_NUMBER}{_REST})"
    )


@cache
def _joined_putting() -> re.Pattern[str]:
    return _compile(
        rf"[\"”]?,? (?:and|but) (?P<cue>{_any('put')}) "
        rf"(?P<what>(?:it|(?:the|that|its|their|his|her) {_NAME}) at {_NUMBER}{_REST})"
    )


@cache
def _counting() -> re.Pattern[str]:
    aside = r"(?:, (?:who|which) [^,.;\n]{3,80},)?"
    return _compile(rf"{_CLAUSE}(?P<who>{_NAME}){aside} (?P<cue>{_any('count')}) (?P<what>{_NUMBER}{_REST})")


@cache
def _gapped() -> re.Pattern[str]:
    return _compile(rf"[,;] (?:and )?(?P<who>{_NAME}) (?P<cue>of|at) (?P<what>{_NUMBER}{_REST})")


@cache
def _naming() -> re.Pattern[str]:
    return _compile(rf"\bwhat (?P<who>{_NAME}) (?P<cue>{_any('called')}) [“\"](?P<what>[^“”\"\n]{{2,80}})[”\"]")


@cache
def _worded() -> re.Pattern[str]:
    return _compile(
        rf"[“\"](?P<what>[^“”\"\n]{{2,80}}?)[”\"],? (?P<cue>in the words of) (?P<who>(?:{_WORD} ){{0,5}}[A-Z]{_WORD})"
    )


@cache
def _according() -> re.Pattern[str]:
    """A clause with its teller behind it, up to the end of the clause: "Nine were aboard, according to the navy;"."""
    return _compile(
        rf"(?:^|(?<=[;:] )|(?<=[.!?] ))(?P<what>[^;:.!?“”\"\n]{{10,200}}), "
        rf"(?P<cue>according to) (?P<who>{_NAME})(?=[.;]|$)"
    )


@cache
def _giving_time() -> re.Pattern[str]:
    """An ultimatum told in one clause: "Orlia on Monday gave Vadia ten days to hand over the ships"."""
    when = r"(?: (?:on )?(?:\w+day|yesterday|today))?"
    span = rf"(?:{_ABOUT} )?(?:\d+|{_any('numbers')}) (?:more )?(?:hours|days|weeks|months)"
    return _compile(
        rf"{_CLAUSE}(?P<who>{_NAME}){when} (?P<cue>(?:(?:has|have|had) )?(?:{_any('give')})){when} "
        rf"(?P<what>{_NAME} (?:until (?:[A-Z][a-z]{{2,3}}\. \d{{1,2}}|{_NAME})|{span}) to [^.;\n]{{4,240}})"
    )


@cache
def _relayed() -> re.Pattern[str]:
    """Words that another passed on: "Ana Rhee was quoted by the state agency as saying the pier would close"."""
    return _compile(
        rf"{_CLAUSE}(?:{_NAME}, )?(?P<who>{_NAME}),? "
        rf"(?P<cue>(?:was|were|has been|have been|is) (?:quoted|cited) (?:by {_NAME} )?as saying)(?: that)? "
        rf"(?P<what>[^.;:“”\"\n]{{10,240}})"
    )


@cache
def _said_behind() -> re.Pattern[str]:
    """In PolNeAR train 125 of 130 such sentences are attributed so; three of the others seem forgotten."""
    told = r"told (?!(?:him|her|them|us|me)\b)[^,.“”]{3,40}"
    where = r"(?: (?:on|late|early|in an?|at an?|at the|during|via) [^,.;“”]{2,40}| \w+day| yesterday| today)?"
    return _compile(
        rf"(?P<what>[A-Z0-9“\"][^;\n]{{14,300}}?), (?:(?:its|their|the) [^,.;“”\"]{{2,40}}, )?(?P<who>{_NAME}),? "
        rf"(?P<cue>{_any('said')}|{told}){where}\.[”\"]?\s*"
    )


@cache
def _carried() -> re.Pattern[str]:
    """Between a quotation and an agency that reported it: the writer, the verb, and where it was written."""
    return _compile(
        rf"[\"”]?\s(?P<told>(?P<who>{_NAME})(?:, [^,“”\"\n]{{2,60}},)? (?P<cue>{_any('wrote')})"
        r"(?: [^“”\",\n]{1,60})?), "
    )
