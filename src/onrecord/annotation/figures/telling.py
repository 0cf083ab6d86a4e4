"""What a number tells of by the verb that reaches it: what rose by it, stood at it, or was put at it.

Only printed words are given. "Exports fell by 3 percent" tells of "Exports fell", since 3 percent is the fall and no
share; "Exports fell to 40 tonnes" tells of "Exports".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.annotation.figures.phrases import Phrase
from onrecord.annotation.words import Kind, Word, lemma, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

LONGEST_SUBJECT = 14  # words: "number of people killed by floods in the Maruwa basin" has nine
_LEADS = frozenset({"to", "by", "from", "at", "between"})
_TURNS = frozenset({"up", "down"})
_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_MOVING = frozenset({"go", "be", "come", "move", "creep"})  # verbs that change with "up" and "down" only
_WITHIN = (Kind.NOUN, Kind.ING, Kind.DETERMINER, Kind.PREPOSITION, Kind.PARTICIPLE, Kind.ADVERB)
_OUTER = (Kind.MODAL, Kind.AUXILIARY, Kind.ADVERB, Kind.PARTICIPLE)


@dataclass(frozen=True, slots=True)
class _Way:
    """The way back from a number to its verb. last: place of the verb; lead: the preposition right before the number.

    turned: whether "up" or "down" stands on the way. passed: whether another amount does.
    """

    last: int
    lead: str | None
    turned: bool
    passed: bool


def read_reached(words: Sequence[Word], number_start: int, stops: Sequence[Span], *, is_part: bool) -> Phrase | None:
    """What the number that begins at a character is told of, with its head noun; None where no verb reaches it.

    words: of the sentence. stops: other numbers and dates. is_part: the number is a percentage or a share.
    """
    way = _way_back(words, number_start, stops)
    if way is None or way.last < 0:
        return None
    verb = words[way.last]
    base = _base(verb)
    named = way.last > 0 and words[way.last - 1].kind is Kind.DETERMINER  # "puts the fall at"
    if not named and base in _verbs("changing") or (way.turned and base in _MOVING):
        grows = way.lead in ("by", None) or way.turned and way.lead not in ("to", "from", "at")
        return _subject(words, way.last, stops, with_verb=grows)
    if way.lead in ("at", "to", "by", "from", "between") and (
        put := _put(words, way.last, stops, with_verb=way.lead == "by")
    ):
        return put
    stands = way.lead in ("at", "between") and base in _verbs("standing")
    stands = stands or (way.lead == "to" and base in _verbs("amounting"))
    is_verb = verb.kind in (Kind.FINITE, Kind.AUXILIARY, Kind.BASE, Kind.PARTICIPLE) or _is_third(words, way.last)
    if stands or (way.lead is None and base in _verbs("reaching") and is_verb):
        return _subject(words, way.last, stops)
    if is_part and way.lead in ("to", "by", "at") and is_verb and not _tells(verb):
        return _subject(words, way.last, stops)
    return None


def read_holder(words: Sequence[Word], number_start: int, stops: Sequence[Span]) -> Phrase | None:
    """Who or what has the part that a number is: "nickel accounts for", "the boat lost"; with its verb."""
    before = [at for at, word in enumerate(words) if word.end <= number_start]
    if not before:
        return None
    last = before[-1]
    last -= words[last].lower in ("for", "up") and last > 0  # "accounts for", "makes up"
    verb = words[last]
    if (verb.kind is not Kind.FINITE and _base(verb) not in _verbs("holding")) or _tells(verb):
        return None
    found = _subject(words, last, stops, with_verb=True)
    return found and Phrase(Span(found.span.start, words[before[-1]].end), found.head)


def read_side(words: Sequence[Word], at: int) -> Span | None:
    """The side that a part took, right behind it: "52 percent in favour", "49.3% for Joas Dembe"."""
    following = [word for word in words if word.start >= at][:6]
    if not following or following[0].start - at > 1:
        return None
    first = following[0]
    if first.lower in _SIDES:
        return first.span
    if first.lower == "in" and following[1:2] and following[1].lower in ("favour", "favor"):
        return Span(first.start, following[1].end)
    names = next((n for n, word in enumerate(following[1:]) if not word.capital), len(following) - 1)
    return Span(first.start, following[names].end) if first.lower == "for" and names else None


_SIDES = frozenset({"against", "opposed", "undecided", "abstaining"})


def _base(verb: Word) -> str:
    """The base form; of a verb that the word lists lack ("numbers", "totalled") without its ending."""
    if verb.lower in _BE:
        return "be"
    if verb.lower in word_classes().base:
        return verb.lower
    known = lemma(verb.lower)
    return (
        known
        if known != verb.lower
        else next((verb.lower[: -len(end)] for end in ("led", "ed", "s") if verb.lower.endswith(end)), known)
    )


def _way_back(words: Sequence[Word], number_start: int, stops: Sequence[Span]) -> _Way | None:
    """Back over "to", "from 31 per cent" and "last year," to the verb."""
    at = sum(word.end <= number_start for word in words) - 1
    lead: str | None = None
    turned = passed = False
    while at >= 0:
        word = words[at]
        if word.lower in _LEADS:
            lead = lead or word.lower
        elif word.lower in _TURNS:
            turned = True
        elif word.kind is Kind.MARK and word.lower == "," and at and (lead or turned):
            if not _is_amount(words, at - 1, stops):
                return None
        elif lead and _is_amount(words, at, stops):
            passed = True
        elif word.kind is not Kind.ADVERB:
            break
        at -= 1
    return _Way(at, lead, turned, passed)


def _is_amount(words: Sequence[Word], at: int, stops: Sequence[Span]) -> bool:
    """Whether a word belongs to another number, its unit or a date: "by 12 per cent to", "last year, to"."""
    word = words[at]
    if _is_stop(word, stops):
        return True
    if word.lower not in _unit_words():
        return False
    return at > 0 and _is_amount(words, at - 1, stops)


@cache
def _unit_words() -> frozenset[str]:
    lexicon = load_lexicon("figures")
    printed = (*lexicon["units"], *lexicon["currencies"]["words"], *lexicon["monies"])
    return frozenset(word for unit in printed for word in unit.split())


def _put(words: Sequence[Word], at: int, stops: Sequence[Span], *, with_verb: bool) -> Phrase | None:
    """What somebody puts at a number: "put the death toll at"; with the verb that changes it: "raised its rate by"."""
    first = at
    while first >= 0 and _is_within(words, first) and not _is_putting(words, first):
        first -= 1
    if first < 0 or first == at or not _is_putting(words, first) or at - first > LONGEST_SUBJECT:
        return None
    found = _phrase(words[first + 1 : at + 1], stops)
    return Phrase(Span(words[first].start, found.span.end), found.head) if found and with_verb else found


def _is_putting(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    led = at + 1 < len(words) and words[at + 1].kind is Kind.DETERMINER  # "monitors estimate the number"
    return lemma(word.lower) in _verbs("putting") and (word.kind is not Kind.NOUN or led)


def _is_third(words: Sequence[Word], at: int) -> bool:
    """Whether what could be a noun is the verb: of one thing with its s, of several without: "the garrison numbers"."""
    before = next((word for word in reversed(words[:at]) if word.kind is not Kind.ADVERB), None)
    if before is None or before.kind is not Kind.NOUN or _base(words[at]) not in _verbs("reaching"):
        return False
    return before.lower.endswith("s") == (words[at].lower == _base(words[at]))  # "cases pass 5,000"


def _subject(words: Sequence[Word], verb: int, stops: Sequence[Span], *, with_verb: bool = False) -> Phrase | None:
    """The noun phrase before a verb and its helpers; what a "which" takes up is named before it."""
    at = verb - 1
    at -= at > 0 and words[at].lower == "to" and words[verb].kind is Kind.BASE  # "expects output to shrink"
    while at >= 0 and words[at].kind in _OUTER:
        at -= 1
    last = at
    if at > 0 and words[at].lower in ("which", "that") and words[at - 1].kind in (Kind.MARK, Kind.NOUN):
        at = last = at - 1 - (words[at - 1].kind is Kind.MARK)
    taken_up = last < verb - 1 and words[last + 1].lower in ("which", "that", ",")
    while at >= 0 and _is_within(words, at) and (_bounds(words, at) or not _is_stop(words[at], stops)):
        if taken_up and words[at].kind is Kind.PREPOSITION:
            break  # "rates through the strait, which carries": the strait carries
        at -= 1
    found = _phrase(words[at + 1 : last + 1], stops)
    if found is None or not with_verb:
        return found
    turn = words[verb + 1 : verb + 2]
    end = turn[0].end if turn and turn[0].lower in _TURNS else words[verb].end
    return Phrase(Span(found.span.start, end), found.head)


def _is_within(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    is_noun = word.kind is Kind.BASE and at > 0 and words[at - 1].kind is Kind.DETERMINER  # "puts the fall at"
    return word.kind in _WITHIN or word.lower in _DETERMINING or is_noun or _bounds(words, at)


_DETERMINING = frozenset(
    {"for", "both", "those", "these", "all", "some", "that", "this"}
)  # words.py has other classes for them


def _phrase(run: Sequence[Word], stops: Sequence[Span]) -> Phrase | None:
    """The run as a noun phrase, articles before it left out; None where it is none, or too long to be one."""
    while run and (run[0].kind in (Kind.DETERMINER, Kind.ADVERB) or run[0].lower in _DETERMINING - {"for"}):
        run = run[1:]
    while run and run[-1].kind in (Kind.ADVERB, Kind.DETERMINER):
        run = run[:-1]
    if not run or len(run) > LONGEST_SUBJECT or run[-1].kind is Kind.PREPOSITION:
        return None
    head = None
    for word in run:
        if word.kind not in (Kind.NOUN, Kind.ING, Kind.BASE):
            break
        head = word
    if head is None or any(_is_stop(word, stops) and not _bounds(run, at) for at, word in enumerate(run)):
        return None
    return Phrase(Span(run[0].start, run[-1].end), head.lower)


def _is_stop(word: Word, stops: Sequence[Span]) -> bool:
    return any(stop.start <= word.start < stop.end for stop in stops)


def _bounds(words: Sequence[Word], at: int) -> bool:
    """Whether a number only bounds who is meant: "children under five"."""
    return at > 0 and words[at - 1].lower in ("under", "over", "aged", "above", "below")


def _tells(verb: Word) -> bool:
    return verb.lower in word_classes().speech or verb.lower in load_lexicon("figures")["telling"]


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("figures")[name])
