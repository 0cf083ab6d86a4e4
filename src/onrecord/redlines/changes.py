"""Which words changed from one step to the next, and whether that makes the line harder or softer.

Only the issuer's own words can harden or soften a line: an outlet's paraphrase shows its own choice of words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.redlines import Change, LineMention
from onrecord.redlines.concepts import BY_FORM, Phrases, function_words, synonyms
from onrecord.redlines.words import Word, split_words

SUBJECT = re.compile(  # "there is nothing to discuss" names nobody
    r"^(?!there\b)(.{1,60}?)\s+(?:will|would|shall|should|may|might|could|can|must|is|are|has|have)\b",
    re.DOTALL | re.IGNORECASE,
)
COUNTERPART = re.compile(r"\bwith\s+([^,;.:—–]+)")
ASIDE = re.compile(r",\s+(?:which|who|where|whose)\b.*$", re.DOTALL)  # what is said beside the consequence, not in it
DONE_TO = re.compile(r"\b(?:will|would|shall|may|might|could|can|must)(?:\s(?:not|never))?\sbe\s", re.IGNORECASE)
SPACED_MARK = re.compile(r"\s+([,;:.])")
OUTER = " \t\n\u00a0,;:.\"'“”‘’«»"
PARTS = ("condition", "consequence")
LEAST_ALIKE = 0.3  # below, two wordings share so little that single words tell nothing: they are shown whole


@dataclass(frozen=True, slots=True)
class Strength:
    """How much stronger one wording is than another, below nought for weaker, and the words that make it so."""

    total: int
    words: tuple[str, ...]


def find_changes(before: LineMention, after: LineMention) -> tuple[Change, ...]:
    """What differs between two wordings of a line, part by part; nothing where only function words differ."""
    return tuple(_list_changes(before, after))


def _list_changes(before: LineMention, after: LineMention) -> Iterator[Change]:
    yield from _word_changes("condition", before.condition_text, after.condition_text)
    if not before.consequence_text or not after.consequence_text:
        return
    one, other = _split_consequence(before.consequence_text), _split_consequence(after.consequence_text)
    if one.subject and other.subject:  # a wording that names no doer names no other one either
        yield from _whole_change("actor", one.subject, other.subject)
    yield from _whole_change("counterpart", one.counterpart, other.counterpart)
    yield from _word_changes("consequence", one.rest, other.rest)
    yield from _scope_change(before, after)


@dataclass(frozen=True, slots=True)
class _Consequence:
    subject: str
    counterpart: str
    rest: str


def _split_consequence(text: str) -> _Consequence:
    """Who acts, with whom, and the rest."""
    plain = ASIDE.sub("", text.strip(OUTER))
    done_to = DONE_TO.search(plain)
    subject = SUBJECT.match(plain) if done_to is None else None  # "the ports will be shut" says not by whom
    counterpart = COUNTERPART.search(plain) if done_to is None else None
    rest = plain[subject.end(1) if subject else 0 :]
    if counterpart:
        rest = rest.replace(counterpart.group(), "")
    return _Consequence(
        subject.group(1).strip(OUTER) if subject else "",
        counterpart.group(1).strip(OUTER) if counterpart else "",
        SPACED_MARK.sub(r"\1", " ".join(rest.split())).strip(OUTER),
    )


def _whole_change(part: str, before: str, after: str) -> Iterator[Change]:
    if (before or after) and _keys(split_words(before)) != _keys(split_words(after)):
        yield Change(part, before, after)


def _word_changes(part: str, before: str, after: str) -> Iterator[Change]:
    """The stretches of words that were replaced, dropped or added, neighbouring ones as one change."""
    before, after = before.strip(OUTER), after.strip(OUTER)
    one, other = split_words(before), split_words(after)
    if not one or not other:
        return
    matcher = SequenceMatcher(None, _matched(one), _matched(other), autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        if _keys(one) != _keys(other):
            yield Change(part, before, after)
        return
    for first, last, begin, end in _merge(matcher.get_opcodes()):
        if _keys(one[first:last]) != _keys(other[begin:end]):
            yield Change(part, _stretch(before, one[first:last]), _stretch(after, other[begin:end]))


def _merge(opcodes: Sequence[tuple[str, int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Changes with no more than one equal word between them are one change."""
    current: tuple[int, int, int, int] | None = None
    for tag, first, last, begin, end in opcodes:
        if tag == "equal":
            if current is not None and last - first > 1:
                yield current
                current = None
            continue
        current = (first, last, begin, end) if current is None else (current[0], last, current[2], end)
    if current is not None:
        yield current


def _stretch(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _matched(words: Sequence[Word]) -> list[str]:
    """What words are compared by: their stem."""
    return [word.stem for word in words]


def _keys(words: Sequence[Word]) -> set[str]:
    """What a stretch of words says, synonyms as one; function words say nothing, those of strength and scope do."""
    hits = list(synonyms().find(words))
    grouped = {place for hit in hits for place in range(hit.first, hit.last + 1)}
    telling = {
        word.stem
        for place, word in enumerate(words)
        if place not in grouped and (word.folded not in function_words() or word.folded in _scope_words())
    }
    strong = {hit.value.reason + str(hit.value.value) for part in PARTS for hit in _strengths(part).find(words)}
    return telling | strong | {f"~{hit.value.group.name}" for hit in hits}


@cache
def _scope_words() -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("redlines")["scope"])


def _scope_change(before: LineMention, after: LineMention) -> Iterator[Change]:
    one = _scopes(f"{before.condition_text} {before.consequence_text}")
    other = _scopes(f"{after.condition_text} {after.consequence_text}")
    gone, come = [word for word in one if word not in other], [word for word in other if word not in one]
    if gone or come:
        yield Change("scope", " ".join(gone), " ".join(come))


def _scopes(text: str) -> tuple[str, ...]:
    found = (word.folded for word in split_words(text) if word.folded in _scope_words())
    return tuple(dict.fromkeys(found))


def compare_strength(before: LineMention, after: LineMention, *, own: bool = True) -> Strength:
    """How much stronger a line is worded than before, by the entries of `strength` in lexicon/redlines.yml.

    own: whether both are the issuer's own words; else only words count that change what is said ("only half").

    Only words that came count, and a stronger or weaker verb: what was left out may have been left out by the outlet.
    """
    total, words = 0, list[str]()
    for part, old, new in (
        ("condition", before.condition_text, after.condition_text),
        ("consequence", before.consequence_text, after.consequence_text),
    ):
        one, other = _strength_words(part, ASIDE.sub("", old)), _strength_words(part, ASIDE.sub("", new))
        had = {step for _, step in one}
        come = [(word, step) for word, step in other if not step.modal and step not in had and (own or step.told)]
        change = _modal_step(one, other) if own else 0
        total += sum(step.value for _, step in come) + change
        words += [word for word, _ in come] + [word for word, step in other if step.modal and change]
    return Strength(total, tuple(dict.fromkeys(words)))


@dataclass(frozen=True, slots=True)
class _Step:
    """One entry of `strength`: words of it stand for each other. told: it counts in reported words as well."""

    value: int
    modal: bool
    told: bool
    reason: str


def _modal_step(one: list[tuple[str, _Step]], other: list[tuple[str, _Step]]) -> int:
    """The step from the strongest modal of one text to that of the other; nought where one has none."""
    mine = [step.value for _, step in one if step.modal]
    theirs = [step.value for _, step in other if step.modal]
    return max(theirs) - max(mine) if mine and theirs else 0


def _strength_words(part: str, text: str) -> list[tuple[str, _Step]]:
    listed = split_words(text)
    hits = _strengths(part).find(listed)
    return [(" ".join(word.printed for word in listed[hit.first : hit.last + 1]), hit.value) for hit in hits]


@cache
def _strengths(part: str) -> Phrases[_Step]:
    listed = [each for each in load_lexicon("redlines")["strength"] if each["part"] == part]
    steps = [
        (_Step(int(each["value"]), bool(each.get("modal")), bool(each.get("told")), str(each["reason"])), each["words"])
        for each in listed
    ]
    return Phrases(BY_FORM, ((str(word), step) for step, words in steps for word in words))
