"""Commands with a price: "cross that river and we fire", "leave or face arrest", "sign, or else"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotation.clauses import Start, count_finite, has_finite, is_quote, opening
from onrecord.annotation.conditions.parts import Piece, text_end, trimmed
from onrecord.annotation.conditions.ranking import best, consequence_begin_features, consequence_end_features
from onrecord.annotation.words import Kind, Word, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

Words = Sequence[Word]

COMMAND_REACH = 30  # words of a command before its "and" or "or"
_FUTURE = frozenset(
    ["will", "shall", "won't", "would", "'ll", "must", "can", "may", "face", "lose", "risk", "suffer", "pay"]
)
_DEMANDING = frozenset(
    [
        "must",
        "should",
        "shall",
        "needs",
        "need",
        "has",
        "have",
        "ought",
        "tell",
        "told",
        "urge",
        "urged",
        "demand",
        "demanded",
        "warn",
        "warned",
    ]
)


@dataclass(frozen=True, slots=True)
class Demand:
    """A command and what follows from it, or from disobeying it (`negated`). stated: kept only in somebody's words."""

    name: str
    cue: Piece
    condition: Piece
    consequence: Piece
    negated: bool
    score: float
    stated: bool = False


_JOINT = re.compile(r"\b(?:and|or|then|otherwise|failing which)\b|, (?=no\b)", re.IGNORECASE)
_NO_NO = re.compile(r"(?:^|[\s\"“‘':])no (?:[\w-]+ ){0,4}[\w-]+, no\b", re.IGNORECASE)
_HEADED = re.compile(r":\s[\"“'‘]?[a-z]+ [^.?!:]{3,120}? and ")  # "A tells B: fill the dam and the railway shuts"
_PROMISE = re.compile(
    r"\b(?:will|shall|won't|we|face|lose|risk|suffer|else|otherwise|failing which)\b|['’]ll\b"
    r"|\bor (?:\w+ ){1,4}?would\b",
    re.IGNORECASE,
)


def may_hold_demand(text: str, sentence: Span) -> bool:
    """A cheap look whether a sentence can hold a demand at all."""
    joint = _JOINT.search(text, *sentence)
    if joint is None:
        return False
    promised = _PROMISE.search(text, joint.start(), sentence.end) is not None
    headed = _HEADED.search(text, *sentence) is not None or _NO_NO.search(text, *sentence) is not None
    return promised or headed or _may_name_thing(text, sentence)


def _may_name_thing(text: str, sentence: Span) -> bool:
    opens, inside = _thing().hints
    return opens.match(text, *sentence) is not None or inside.search(text, *sentence) is not None


def find_demands(words: Words) -> Iterator[Demand]:
    """The demands of a sentence: at most one command, and each "or else" or "otherwise"."""
    last = text_end(words)
    found = _command(words, last) or _thing_and(words, last) or _no_no(words, last) or _either(words, last)
    if found:
        yield found
    yield from _otherwise(words, last)


def _command(words: Words, last: int) -> Demand | None:
    first = _command_start(words, last)
    if first < 0:
        return None
    for place in range(first + 1, min(last - 1, first + COMMAND_REACH)):
        if words[place].lower in ("and", "or", "then") and words[place + 1].lower != "else":
            following = words[place + 1]
            headed = first > 0 and words[first - 1].lower == ":"
            promised = _is_promise(words, place + 1, last) or (headed and _comes(words, place + 1, last))
            if promised or (words[place].lower == "or" and following.lower in _FUTURE):
                return _demand(words, first, place, last)
    return None


_ORDERING = frozenset(
    [
        "told",
        "tells",
        "ordered",
        "orders",
        "warned",
        "warns",
        "urged",
        "urges",
        "commanded",
        "instructed",
        "gave",
        "given",
    ]
)


def _is_ordered(words: Words, place: int) -> bool:
    """Whether the verb at `place` is what someone is told to do: "told the crowd to clear the square"."""
    return words[place - 1].lower == "to" and any(word.lower in _ORDERING for word in words[max(0, place - 9) : place])


def _opens(words: Words, place: int) -> bool:
    """Whether a sentence, a quotation or what a colon announces begins here."""
    return place == 0 or is_quote(words[place - 1]) or words[place - 1].lower == ":"


def _command_start(words: Words, last: int) -> int:
    """Where a command begins: at the sentence's or a quotation's first word, in the base form; -1 if nowhere."""
    for place in range(min(last, 40)):
        opens = _opens(words, place) or _is_ordered(words, place)
        word = words[place]
        if opens and word.lower == "let" and place + 2 < last and words[place + 1].lower in _OTHERS:
            return place + 2  # "let them close it and no train will pass"
        if not opens or word.lower in ("let", "thank", "please"):
            continue
        plain = word.kind is Kind.BASE or (word.kind is Kind.NOUN and word.lower in word_classes().base)
        negated = word.lower in ("don't", "do") and place + 1 < last
        if plain or negated:
            return place
    return -1


_OTHERS = frozenset({"them", "him", "her", "anyone", "anybody"})


def _comes(words: Words, first: int, last: int) -> bool:
    """Whether a clause in the present says what comes: "the railway shuts"."""
    start, verb = opening(words, first, last)
    return start is Start.NOUN and verb >= 0 and words[verb].lower in word_classes().third


@dataclass(frozen=True, slots=True)
class _Thing:
    opens: frozenset[tuple[str, ...]]
    behind: frozenset[str]
    score: float
    hints: tuple[re.Pattern[str], re.Pattern[str]]  # at a sentence's beginning, and inside it


@cache
def _thing() -> _Thing:
    listed = load_lexicon("conditions")["thing_and"]
    opens, behind = "|".join(listed["opens"]), "|".join(listed["behind"])
    measured = "|".join(_FURTHER | _BEYOND)
    thing = (
        rf"(?:{opens})\b(?:[^.?!\n]{{3,200}}?,\s?[—–-]?\s?and (?:{behind}|(?-i:[A-Z]))"
        rf"|(?=[^.?!,\n]{{0,40}}?\b(?:{measured}))[^.?!\n]{{3,120}}?\band\b)"
    )
    return _Thing(
        frozenset(tuple(each.split()) for each in listed["opens"]),
        frozenset(listed["behind"]),
        float(listed["score"]),
        (re.compile(rf"[\s\"“‘']*{thing}", re.IGNORECASE), re.compile(rf"[\"“‘':]\s?{thing}", re.IGNORECASE)),
    )


def _is_past(verb: Word) -> bool:
    return verb.lower in _PAST or verb.lower.endswith("ed")


def _no_no(words: Words, last: int) -> Demand | None:
    """What there will not be without another thing: "no vote, no government with us"."""
    for first in range(min(last - 4, COMMAND_REACH)):
        if _opens(words, first) and words[first].lower == "no":
            comma = next((at for at in range(first + 2, min(last - 2, first + 8)) if words[at].lower == ","), -1)
            if comma < 0 or words[comma + 1].lower != "no" or has_finite(words, first, comma):
                return None
            end = next((at for at in range(comma + 2, last) if is_quote(words[at])), last)
            then = trimmed(words, comma + 1, end)
            cue = (comma, comma + 1)
            return Demand("no:no", cue, (first, comma), then, False, _thing().score, True) if then else None
    return None


_FURTHER = frozenset({"more", "another", "single", "just"})
_BEYOND = frozenset({"over", "above", "past", "beyond", "across", "below", "further", "more", "less", "later"})
_PAST = frozenset({"was", "were", "had", "did"})
_ONE = frozenset({"one", "a", "an", "another", "just", "the"})


def _thing_and(words: Words, last: int) -> Demand | None:
    """A thing without a verb, and what comes of it: "one more shell, and we are gone"."""
    starts = (place for place in range(min(last, COMMAND_REACH)) if _opens_thing(words, place))
    first = next(starts, -1)
    if first < 0:
        return None
    for place in range(first + 2, min(last - 1, first + COMMAND_REACH)):
        told = [word.lower for word in words[first:place]]
        beyond = told[0] in _ONE and not _BEYOND.isdisjoint(told)  # "one step over the line and they lose it all"
        if words[place].lower == "and" and (words[place - 1].lower == "," or beyond):
            comes = opening(words, place + 1, last).verb
            known = words[place + 1].lower in _thing().behind or not _FURTHER.isdisjoint(told)
            follows = comes >= 0 and (known or (beyond and not _is_past(words[comes])))
            return _named_thing(words, first, place, last) if follows else None
    return None


def _opens_thing(words: Words, place: int) -> bool:
    return _opens(words, place) and any(
        tuple(word.lower for word in words[place : place + len(each)]) == each for each in _thing().opens
    )


def _either(words: Words, last: int) -> Demand | None:
    """An alternative with a price: "either the levy goes or the maize would stay at home"."""
    first = next((place + 1 for place in range(last - 4) if words[place].lower == "either"), -1)
    if first < 0 or opening(words, first, last).start is Start.NONE:
        return None
    for place in range(first + 2, min(last - 1, first + COMMAND_REACH)):
        if words[place].lower == "or" and _is_promise(words, place + 1, last):
            found = _demand(words, first, place, last)
            return None if found is None else replace(found, name="either:or", negated=True)
    return None


_RELATIVES = frozenset({"that", "who", "which"})


def _named_thing(words: Words, first: int, joint: int, last: int) -> Demand | None:
    """The thing before the joint, unless it is a clause: verbs may only stand behind "that" or "who"."""
    relative = next((at for at in range(first, joint) if words[at].lower in _RELATIVES), joint)
    if has_finite(words, first, relative) or count_finite(words, relative + 1, joint) > 1:
        return None
    found = _demand(words, first, joint, last)
    return None if found is None else replace(found, name="thing:and", negated=False, score=_thing().score)


def _is_promise(words: Words, first: int, last: int) -> bool:
    """Whether a clause about the future begins: "and we will fire", "or there'll be war", "and we fire"."""
    start, verb = opening(words, first, last)
    if start is Start.NONE or verb < 0:
        return False
    word = words[verb]
    if word.lower in ("will", "would", "shall", "won't", "'ll") or word.lower.endswith("'ll"):
        return True
    return start is Start.PRONOUN and words[first].lower in ("we", "i", "they", "you") and word.kind is Kind.FINITE


def _demand(words: Words, first: int, joint: int, last: int) -> Demand | None:
    condition = trimmed(words, first, joint)
    consequence = trimmed(words, joint + 1, best("consequence_end", consequence_end_features(words, joint + 1, last)))
    if condition is None or consequence is None:
        return None
    forbidden = first > 1 and words[first - 2].lower == "not"  # "told them not to come, or they would be shot"
    negated = (words[joint].lower == "or") is not forbidden
    return Demand("command:" + words[joint].lower, (joint, joint + 1), condition, consequence, negated, 0.6)


@cache
def _markers() -> tuple[tuple[tuple[str, ...], float], ...]:
    return tuple(
        (tuple(entry["words"].split()), float(entry["score"])) for entry in load_lexicon("conditions")["otherwise"]
    )


def _otherwise(words: Words, last: int) -> Iterator[Demand]:
    for marker, score in _markers():
        size = len(marker)
        for place in range(2, last - size):
            if tuple(word.lower for word in words[place : place + size]) != marker:
                continue
            found = _failing(words, place, size, last, score)
            if found:
                yield found
            break


def _failing(words: Words, place: int, size: int, last: int, score: float) -> Demand | None:
    """The demand that stands before "or else", and what follows it; None if nothing is demanded there."""
    stop = place
    while stop > 0 and (words[stop - 1].kind is Kind.MARK or words[stop - 1].lower in ("because", "and", "or")):
        stop -= 1
    first = best("consequence_begin", consequence_begin_features(words, 0, stop)) if stop else -1
    clause = words[place].lower == "or" or opening(words, place + size, last).start is not Start.NONE
    if first < 0 or not clause or not _demands(words, first, stop):
        return None
    end = best("consequence_end", consequence_end_features(words, place + size, last))
    condition, consequence = trimmed(words, first, stop), trimmed(words, place + size, end)
    if condition is None or consequence is None:
        return None
    name = "otherwise:" + "_".join(word.lower for word in words[place : place + size])
    return Demand(name, (place, place + size), condition, consequence, True, score)


def _demands(words: Words, first: int, stop: int) -> bool:
    command = words[first].kind is Kind.BASE
    return command or any(word.lower in _DEMANDING for word in words[max(0, first - 6) : stop])
