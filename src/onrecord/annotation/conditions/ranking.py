"""Which of the possible ends of a condition, and which begin and end of a consequence, is the likeliest.

Each candidate place has a handful of named features; `lexicon/clause_weights.yml` gives each a weight, and the
candidate with the highest sum wins. The weights are fitted by training/clause_weights.py; the table can be read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.annotation.clauses import (
    closes_quote,
    count_finite,
    has_finite,
    is_quote,
    joint_after,
    joint_before,
    next_real,
)
from onrecord.annotation.words import Kind, Word, word_classes
from onrecord.lexicon.loader import load_lexicon

Words = Sequence[Word]
Features = tuple[str, ...]

REACH = 70  # words behind a cue among which its clause may end; 99.8% of conditions in the corpora are shorter


@cache
def weights(table: str) -> Mapping[str, float]:
    """The weights of one decision: `side`, `condition_end`, `consequence_end`, `consequence_begin`."""
    listed: Mapping[str, float] = load_lexicon("clause_weights")[table]
    return listed


def total(table: str, features: Iterable[str]) -> float:
    """The sum of the weights of the named features; unknown ones count nothing."""
    known = weights(table)
    return sum([known.get(feature, 0.0) for feature in features])  # a list, because a generator takes longer


def _length(count: int) -> str:
    for most in (1, 2, 3, 5, 8, 12, 20, 35):
        if count <= most:
            return f"length<={most}"
    return "length>35"


class _Joint(NamedTuple):
    """A place between two words, with what stands before and behind it."""

    place: int
    before: str
    after: str
    marked: bool
    strong: bool  # a mark with a main clause behind it


def _joints(words: Words, first: int, last: int) -> tuple[_Joint, ...]:
    """The places at which a clause that begins at `first` may end, up to the first semicolon."""
    stop = next((place for place in range(first + 2, last) if words[place].lower == ";"), last)
    return tuple(_joint(words, first, place, last) for place in range(first + 1, min(stop, first + REACH) + 1))


def _joint(words: Words, first: int, place: int, last: int) -> _Joint:
    if place >= last:
        return _Joint(place, words[place - 1].kind.value, "end", False, False)
    marked = words[place].kind is Kind.MARK
    before = joint_before(words, place + 1, first) if marked else words[place - 1].kind.value
    behind = place + 1 if marked else place
    behind += 1 if behind < last and is_quote(words[behind]) else 0
    after = joint_after(words, behind, last)
    return _Joint(place, before, after, marked, before in _STRONG_MARKS and after.split()[-1] in _STRONG_STARTS)


def condition_end_features(words: Words, first: int, last: int, side: str) -> Iterator[tuple[int, Features]]:
    """Each place where the condition that begins at `first` may end, with its features."""
    finite = quote = False
    passed = depth = 0
    bare = _is_bare(words, first)
    joints = _joints(words, first, last)
    strong = sum(joint.strong for joint in joints)
    for joint in joints:
        place = joint.place
        depth += (words[place - 1].lower in ("(", "[")) - (words[place - 1].lower in (")", "]"))
        finite = finite or has_finite(words, first, place)
        closes = place < last and closes_quote(words, first, place)
        quote = quote or closes
        if joint.after.startswith("relative") and not finite and not bare:
            continue  # "the rebels, who hold the pass, ...": its clause has no verb yet
        name = f"{joint.before} > {joint.after}"
        state = "finite" if finite else "bare" if bare else "no verb"
        here = " here" if joint.strong else ""
        ahead = strong - passed - joint.strong
        yield (
            place,
            (
                f"{side}: {name}",
                f"{side}: > {joint.after}",
                f"{side}: {joint.before} >",
                f"{side}: {state}",
                f"{state}: {name}",
                f"{side}: passed {min(passed, 3)}{here}",
                f"{side}: ahead {min(ahead, 2)}{here}",
                f"{side}: ahead {min(ahead, 1)} > {joint.after}",
                _length(place - first),
                f"{side}: past quote" if quote else f"{side}: in quote",
                f"{side}: quote ends here" if closes else "",
                f"{side}: in bracket" if depth > 0 else "",
            ),
        )
        passed += joint.strong


_STRONG_MARKS = frozenset({"comma", "dash", "stopped quote", "quote", "colon", "semicolon"})
_STRONG_STARTS = frozenset({"then", "pronoun", "modal", "question", "imperative", "report", "noun", "would", "will"})


def _is_mark(words: Words, place: int, last: int) -> bool:
    return place < last and words[place].kind is Kind.MARK


def _is_bare(words: Words, first: int) -> bool:
    """Whether the condition begins without a subject: "if needed", "if so", "if attacked"."""
    word = words[first]
    return word.lower in ("so", "not", "necessary", "possible", "needed") or word.kind in (
        Kind.PARTICIPLE,
        Kind.ING,
        Kind.PREPOSITION,
    )


def consequence_end_features(words: Words, first: int, last: int) -> Iterator[tuple[int, Features]]:
    """Each place where the main clause that begins at `first` may end, with its features."""
    finite = quote = False
    passed = 0
    for joint in _joints(words, first, last):
        place = joint.place
        finite = finite or has_finite(words, first, place)
        closes = place < last and closes_quote(words, first, place)
        quote = quote or closes
        state = "finite" if finite else "no verb"
        yield (
            place,
            (
                f"{joint.before} > {joint.after}",
                f"> {joint.after}",
                f"{joint.before} >",
                state,
                f"{state}: {'mark' if joint.marked else 'no mark'}",
                f"passed {min(passed, 3)}{' here' if joint.strong else ''}",
                _length(place - first),
                "past quote" if quote else "in quote",
                "quote ends here" if closes else "",
            ),
        )
        passed += joint.strong


def consequence_begin_features(words: Words, floor: int, stop: int) -> Iterator[tuple[int, Features]]:
    """Each place where the main clause that ends before the cue may begin, nearest first."""
    passed = 0
    floor = max((place + 1 for place in range(floor, stop) if words[place].lower == ";"), default=floor)
    for place in range(stop - 1, max(floor, stop - REACH) - 1, -1):
        before = joint_before(words, place, floor)
        after = joint_after(words, place, stop)
        finite = min(count_finite(words, place, stop), 3)
        strong = before in _STRONG_MARKS and after.split()[-1] in _STRONG_STARTS
        that = before == Kind.SUBORDINATOR.value and words[place - 1].lower == "that"
        before = "that" if that else before
        yield (
            place,
            (
                f"{before} > {after}",
                f"> {after}",
                f"{before} >",
                f"finite {finite}",
                f"finite {finite}: {before}",
                f"passed {min(passed, 3)}{' here' if strong else ''}",
                _length(stop - place),
            ),
        )
        passed += strong


def side_features(words: Words, first: int, cue_last: int, last: int, end: int) -> Features:
    """What speaks for the consequence standing before, behind or around the condition.

    end: where the condition would end if the consequence followed.
    """
    lead = first
    while lead > 0 and _is_lead(words[lead - 1]):
        lead -= 1
    left = joint_before(words, lead, 0)
    exact = joint_before(words, first, 0)
    marked = _is_mark(words, end, last)
    after = joint_after(words, end + 1 if marked else end, last) if end < last else "end"
    before = joint_before(words, end + 1, 0) if marked else "no mark"
    finite = min(count_finite(words, 0, lead), 2)
    said = lead > 0 and any(words[place].lower in word_classes().speech for place in range(max(0, lead - 8), lead))
    that = lead > 0 and words[lead - 1].lower == "that"
    question = words[-1].lower == "?" or (len(words) > 1 and words[-2].lower == "?")
    verb = next_real(words, 0, lead)
    command = verb < lead and words[verb].kind is Kind.BASE
    comma = exact == "comma" or (exact == "adverb" and left == "comma")
    return (
        f"left {left}",
        f"left {left}, right {after}",
        f"right {before} > {after}",
        f"finite {finite}, right {after}",
        f"finite {finite}, left {left}",
        f"said {said}, left {left}",
        f"said {said}, right {after}",
        f"that {that}",
        f"question {question}, left {left}",
        f"command {command}",
        f"comma {comma}, right {before} > {after}, finite {finite}",
        f"left words {min(lead, 6) if lead < 6 else '6+'}",
    )


def _is_lead(word: Word) -> bool:
    """Whether a word may stand between a clause's beginning and its cue: "and if", "even if", "but, if"."""
    return word.lower in ("and", "but", "so", "or", "then", "even", "only", "because") or (
        word.kind is Kind.ADVERB and word.lower not in ("not", "n't", "only")
    )


def best(table: str, candidates: Iterable[tuple[int, Features]], voice: Callable[[int], float] = lambda _: 0.0) -> int:
    """The candidate place with the highest total; the earliest of equals. -1 if there is none.

    voice: what another judge adds for a place (the trained head).
    """
    place, score = -1, float("-inf")
    for candidate, features in candidates:
        value = total(table, features) + voice(candidate)
        if value > score:
            place, score = candidate, value
    return place
