"""Conditions that no clause opens: "X is a red line", "talks are contingent on Y", "convoys will be targets"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotation.clauses import has_finite
from onrecord.annotation.conditions.parts import Piece
from onrecord.annotation.conditions.phrases import clause_after, clause_before, phrase_after, subject_before
from onrecord.annotation.words import Kind, Word
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of, in_small_letters, small_letters
from onrecord.records.findings import Form, Realis
from onrecord.records.spans import Span

Words = Sequence[Word]

_FUTURE = frozenset(
    [
        "will",
        "would",
        "shall",
        "can",
        "could",
        "may",
        "might",
        "must",
        "won't",
        "wouldn't",
        "ready",
        "prepared",
        "willing",
        "offer",
        "offers",
        "offered",
        "proposes",
        "proposed",
    ]
)

_POINTERS = frozenset({Kind.SUBJECT, Kind.DETERMINER, Kind.CONTRACTED, Kind.SUBORDINATOR})  # "that" names nothing


_NOTHING = frozenset({"no", "nothing", "nobody", "none", "never", "not", "neither"})
_ASKING = frozenset({"what", "whatever", "how", "why"})
_PRONOUNS = frozenset({"it", "this", "that", "these", "those", "they", "he", "she"})
_COPULAS = frozenset({"is", "are", "was", "were", "remains", "remain", "constitutes", "would", "will"})
_VERBS = frozenset({Kind.FINITE, Kind.BASE, Kind.PARTICIPLE})  # a form in -ing is as often a noun ("a meeting")


@dataclass(frozen=True, slots=True)
class NominalRule:
    """One entry of `nominal` in lexicon/conditions.yml."""

    name: str
    cue: re.Pattern[str]
    before: str
    after: str
    before_clause: bool
    after_clause: bool
    with_cue: bool
    form: Form
    realis: Realis
    flags: tuple[str, ...]
    starts: re.Pattern[str] | None
    thin: re.Pattern[str] | None
    stated: bool
    future: bool
    nothing: bool
    spoken: bool
    joins: bool
    score: float


@dataclass(frozen=True, slots=True)
class Nominal:
    """A nominal condition as word indices of its sentence."""

    rule: NominalRule
    cue: Span
    condition: Piece
    consequence: tuple[Piece, ...]
    flags: tuple[str, ...]


def _rule(entry: Mapping[str, Any]) -> NominalRule:
    starts = entry.get("starts")
    return NominalRule(
        name="nominal:" + entry["name"],
        cue=re.compile(entry["cue"], re.IGNORECASE),
        before=entry.get("before", ""),
        after=entry.get("after", ""),
        before_clause=entry.get("before_is") == "clause",
        after_clause=entry.get("after_is") == "clause",
        with_cue=bool(entry.get("with_cue")),
        form=Form(entry.get("form", "nominal")),
        realis=Realis(entry.get("realis", "open")),
        flags=tuple(entry.get("flags", ())),
        starts=re.compile(starts, re.IGNORECASE) if starts else None,
        thin=re.compile(entry["thin"], re.IGNORECASE) if "thin" in entry else None,
        stated=bool(entry.get("stated")),
        future=bool(entry.get("future")),
        nothing=bool(entry.get("nothing")),
        spoken=bool(entry.get("spoken")),
        joins=bool(entry.get("joins")),
        score=float(entry["score"]),
    )


@cache
def nominal_rules() -> tuple[NominalRule, ...]:
    """The rules in the order of the list."""
    return tuple(_rule(entry) for entry in load_lexicon("conditions")["nominal"])


@cache
def joining_rules() -> frozenset[str]:
    """Names of the rules whose condition a further one of the same consequence is joined to."""
    return frozenset(rule.name for rule in nominal_rules() if rule.joins)


@cache
def _hints() -> re.Pattern[str]:
    return in_small_letters(rf"\b(?:{any_of(load_lexicon('conditions')['nominal_hints'])})")


def may_hold_nominal(text: str, sentence: Span) -> bool:
    """A cheap look whether a sentence can hold a nominal condition at all."""
    return _hints().search(small_letters(text), *sentence) is not None


def find_nominals(text: str, sentence: Span, words: Words) -> Iterator[Nominal]:
    """The nominal conditions of a sentence, at most one for each rule."""
    for rule in nominal_rules():
        match = rule.cue.search(text, *sentence)
        found = _nominal(text, words, rule, match) if match else None
        if found:
            yield found


def _nominal(text: str, words: Words, rule: NominalRule, match: re.Match[str]) -> Nominal | None:
    starts = [word.start for word in words]
    first, last = bisect_left(starts, match.start()), bisect_right(starts, match.end() - 1)
    if first >= last:
        return None
    before = _before(words, rule, first)
    if before and match.groupdict().get("object"):
        before = _object(words, before)
    parts = {rule.before: before, rule.after: _after(words, rule, last)}
    if "consequence" in match.groupdict():
        parts["consequence"] = _piece(starts, match.span("consequence"))
    condition, answer = parts.get("condition"), parts.get("consequence")
    if condition and answer and condition[0] < answer[0] < condition[1]:
        condition = (condition[0], answer[0])  # "respond to | a closure | by cutting the power"
    consequence = _consequence(words, rule, (first, last), condition, answer)
    if condition is None or not _fits(text, words, rule, condition, consequence):
        return None
    flags = rule.flags
    if rule.before == "consequence" and _is_pointer(words, consequence):
        named = antecedent(words, consequence[0][0])
        consequence = (named,) if named else ()
        flags = (*flags, "antecedent" if named else "no_antecedent")
    return Nominal(rule, Span(words[first].start, words[last - 1].end), condition, consequence, flags)


def _is_pointer(words: Words, consequence: tuple[Piece, ...]) -> bool:
    """Whether a consequence is nothing but a pronoun: "that it would be contingent on"."""
    return len(consequence) == 1 and all(words[place].lower in _PRONOUNS for place in range(*consequence[0]))


def antecedent(words: Words, place: int) -> Piece | None:
    """The object of the clause before the one of the pronoun at `place`: "offered | a new round |, but said it ...".

    None where the clause before has no object that a determiner opens: then nobody can say what is meant.
    """
    stop = next((at for at in range(place - 1, 0, -1) if words[at].lower in ("but", "and", ";", ",")), 0)
    while stop > 0 and words[stop - 1].kind is Kind.MARK:
        stop -= 1
    verb = next((at for at in range(stop - 1, -1, -1) if words[at].kind in _VERBS), -1)
    if verb < 0 or not has_finite(words, 0, verb + 1):
        return None
    first = next((at for at in range(verb + 1, stop) if words[at].kind is Kind.DETERMINER), stop)
    close = all(words[at].kind in (Kind.PREPOSITION, Kind.ADVERB) for at in range(verb + 1, first))
    noun = any(word.kind in (Kind.NOUN, Kind.ING) for word in words[first:stop])
    return (first, stop) if close and noun else None


def _consequence(
    words: Words, rule: NominalRule, cue: Piece, condition: Piece | None, found: Piece | None
) -> tuple[Piece, ...]:
    if rule.with_cue:
        end = cue[1] - (words[cue[1] - 1].kind is Kind.PREPOSITION)  # "would respond | to | any landing"
        first, last = found or (cue[0], end)
        return ((min(cue[0], first), max(last, end)),)
    if rule.before_clause and condition and _goes_on(words, condition[1]):  # ", depending on the weather, will sail"
        rest = clause_after(words, condition[1] + 1)
        return (rest,) if rest else ()
    while found and words[found[1] - 1].kind in (Kind.MODAL, Kind.AUXILIARY) and found[1] - found[0] > 1:
        found = (found[0], found[1] - 1)  # the verb belongs to the cue: "it would | be contingent on"
    return (found,) if found else ()


def _goes_on(words: Words, end: int) -> bool:
    """Whether the main clause goes on behind a phrase that a comma closes."""
    return end + 1 < len(words) and words[end].lower == "," and words[end + 1].kind in (Kind.MODAL, Kind.AUXILIARY)


def _piece(starts: Sequence[int], ends: tuple[int, int]) -> Piece:
    return bisect_left(starts, ends[0]), bisect_left(starts, ends[1])


def _before(words: Words, rule: NominalRule, stop: int) -> Piece | None:
    if not rule.before or stop == 0:
        return None
    if rule.before_clause:
        return clause_before(words, stop)
    return subject_before(words, _first_predicate(words, stop) if rule.before == "condition" else stop)


def _first_predicate(words: Words, stop: int) -> int:
    """`stop`, or where the predicate before begins, of one subject: "a check | is unacceptable and | will be met"."""
    if words[stop - 1].lower != "and":
        return stop
    for place in range(stop - 2, 0, -1):
        if words[place].kind is Kind.MARK:
            break
        if words[place].lower in _COPULAS:
            return place
    return stop


def _object(words: Words, piece: Piece) -> Piece:
    """The object at the end of a clause: "named | the disbanding | as"; the piece where it has no verb."""
    verb = next((at for at in range(*piece) if words[at].is_finite), None)
    return (verb + 1, piece[1]) if verb is not None and verb + 1 < piece[1] else piece


def _after(words: Words, rule: NominalRule, first: int) -> Piece | None:
    if not rule.after or first >= len(words):
        return None
    return clause_after(words, first) if rule.after_clause else phrase_after(words, first)


def _is_name(words: Words) -> bool:
    """Whether words are a name and nothing else."""
    return all(word.capital or word.lower == "the" for word in words)


def _fits(text: str, words: Words, rule: NominalRule, condition: Piece, consequence: tuple[Piece, ...]) -> bool:
    """Whether the parts can be what the rule says: a subject that is no pronoun, a future where one is asked."""
    if rule.before == "consequence" and not consequence:
        return False
    if condition[1] - condition[0] == 1 and words[condition[0]].kind in _POINTERS:
        return False
    if any(words[at].lower in _ASKING for at in range(*condition)) and rule.before == "condition":
        return False  # "examples of what these laws would mean"
    if rule.before == "condition" and _is_name(words[slice(*condition)]):
        return False  # "the United States would end the embargo": a state is nothing that happens
    begin = words[condition[0]].start
    if rule.starts and not rule.starts.match(text, begin) or rule.thin and rule.thin.match(text, begin):
        return False
    if rule.nothing and not any(
        words[at].lower in _NOTHING for first, last in consequence for at in range(first, last)
    ):
        return False
    if rule.future and consequence:
        return any(
            word.lower in _FUTURE or word.lower.endswith("'ll")
            for first, last in consequence
            for word in words[first:last]
        )
    return True
