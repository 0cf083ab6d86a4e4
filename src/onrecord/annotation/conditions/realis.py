"""Whether a condition is open, contrary to fact, a fact already, or only imagined."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile, islice

from onrecord.annotation.clauses import has_finite
from onrecord.annotation.conditions.parts import Parts, Piece, Side, is_undertaken
from onrecord.annotation.words import Kind, Word, lemma, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Form, Realis

Words = Sequence[Word]

REMOTE = frozenset({"would", "could", "might", "should", "wouldn't", "couldn't", "mightn't", "shouldn't"})
_NEGATIONS = frozenset({"not", "n't", "never", "no"})
_PAST_AUXILIARIES = frozenset(
    {"was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't", "could", "couldn't"}
)
_SINGULAR = frozenset({"i", "he", "she", "it", "this", "that", "there", "someone", "anyone", "nobody", "everyone"})


def find_realis(words: Words, parts: Parts, *, indirect: bool) -> Realis:
    """The realis of one condition.

    indirect: the words stand in reported speech, where "if they crossed, we would fire" may only shift the tenses of
    "if they cross, we will fire".
    """
    rule = parts.cue.rule
    main = parts.consequence or ((0, len(words)),)
    if parts.side is Side.ASKED:
        return Realis.HYPOTHETICAL
    if rule.counterfactual:
        return _of_inversion(words, parts, main)
    if has_remote_perfect(words, main) or has_remote_perfect(words, (parts.condition,)):
        return Realis.COUNTERFACTUAL
    if _may_have(words, main) and _is_past(words, parts.condition):
        return Realis.COUNTERFACTUAL  # "if they had a plan, it may have helped"
    if _is_pluperfect(words, *parts.condition) and rule.form in (Form.IF, Form.UNLESS):
        backshift = indirect and any(word.lower == "by" for word in words[parts.condition[0] : parts.condition[1]])
        return Realis.OPEN if backshift else Realis.COUNTERFACTUAL
    announced = _has_remote(words, main) or is_undertaken(words, main[0][0])
    if is_met(words, parts) or (rule.form is Form.AFTER and _is_past(words, parts.condition) and not announced):
        return Realis.FACTUAL
    if rule.form in (Form.AFTER, Form.UNTIL):
        return Realis.OPEN
    if _denies_fact(words, parts) or (rule.form is Form.IF and _is_plainly_subjunctive(words, *parts.condition)):
        return Realis.COUNTERFACTUAL
    if not _has_remote(words, main):
        return _without_remote(words, parts)
    return _with_remote(words, parts.condition, indirect=indirect)


def is_met(words: Words, parts: Parts) -> bool:
    """Whether a consequence in the present says that all is over: "after that vote, we have nothing to discuss"."""
    rule, event = parts.cue.rule, not has_finite(words, *parts.condition)
    if not rule.met and not (event and rule.words == ("after",)) or not parts.consequence:
        return False
    first, last = parts.consequence[0]
    if any(word.kind is Kind.MODAL for word in words[first:last]):
        return False
    return _over().search(" ".join(word.lower for word in words[first:last])) is not None


@cache
def _over() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('conditions')['over'])})\b")


def _of_inversion(words: Words, parts: Parts, main: Sequence[Piece]) -> Realis:
    to = any(word.lower == "to" for word in words[parts.cue.last : parts.cue.last + 4])
    if parts.cue.rule.words == ("were",) and to and not has_remote_perfect(words, main):
        return Realis.HYPOTHETICAL
    return Realis.COUNTERFACTUAL


def has_remote_perfect(words: Words, pieces: Sequence[Piece]) -> bool:
    """Whether "would have gone", "could've gone", "I'd have gone" stands in the pieces."""
    for first, last in pieces:
        for index in range(first, last):
            if _is_remote(words[index]) and _perfect_follows(words, index + 1, last):
                return True
            if words[index].lower.endswith("'ve") and words[index].lower[:-3] in REMOTE:
                return True
    return False


def _may_have(words: Words, pieces: Sequence[Piece]) -> bool:
    """Whether "may have gone" stands in the pieces."""
    places = ((at, last) for first, last in pieces for at in range(first, last))
    return any(words[at].lower == "may" and _perfect_follows(words, at + 1, last) for at, last in places)


def _is_remote(word: Word) -> bool:
    return word.lower in REMOTE or (word.lower.endswith("'d") and word.lower != "'d")


def _perfect_follows(words: Words, index: int, last: int) -> bool:
    for place in range(index, min(last, index + 6)):
        if words[place].lower in ("have", "of", "'ve", "ve") and place + 1 <= len(words):
            return not _is_owned(words, place + 1)
        subject = words[place].kind in (Kind.SUBJECT, Kind.ADVERB, Kind.NOUN, Kind.DETERMINER)
        if not subject and words[place].lower not in _NEGATIONS and words[place].lower not in ("'", "’", "t"):
            return False
    return False


_THINGS = frozenset({"nothing", "nobody", "something", "everything", "anything", "to", "none"})
_SPREAD = frozenset({"either", "both", "all", "each", "half"})


def _is_owned(words: Words, index: int) -> bool:
    """Whether a thing follows "have", or what must be done: "would have nothing left", "would have no choice"."""
    place = next((at for at in range(index, len(words)) if words[at].kind is not Kind.ADVERB), len(words))
    if place == len(words):
        return False
    spread = words[place].lower in _SPREAD  # "would have both gone"
    return words[place].lower in _THINGS or (words[place].kind in (Kind.DETERMINER, Kind.NUMBER) and not spread)


def _has_remote(words: Words, pieces: Sequence[Piece]) -> bool:
    return any(_is_remote(word) for first, last in pieces for word in words[first:last])


def _denies_fact(words: Words, parts: Parts) -> bool:
    """Whether the condition itself says that it is not so: "if it were not for ...", "if only they had ..."."""
    if parts.cue.rule.form is Form.ONLY_IF:
        return False
    first, last = parts.condition
    lead = [word.lower for word in words[first : min(last, first + 6)]]
    if lead[:1] == ["only"] and parts.cue.rule.words == ("if",):
        return True
    named = lead[:1] == ["it"] and "for" in lead and bool({"weren't", "wasn't", "not", "n't"} & set(lead))
    return named or lead[:2] == ["not", "for"]


def _without_remote(words: Words, parts: Parts) -> Realis:
    hypothetical = parts.cue.rule.words[0] in ("supposing", "assuming") or parts.cue.rule.where == "scenario"
    return Realis.HYPOTHETICAL if hypothetical else Realis.OPEN


def _with_remote(words: Words, condition: Piece, *, indirect: bool) -> Realis:
    first, last = condition
    if _were_to(words, first, last):
        return Realis.HYPOTHETICAL
    if _is_subjunctive(words, first, last):
        return Realis.OPEN if indirect and _is_done_to(words, condition) else Realis.COUNTERFACTUAL
    if _is_past(words, condition):
        return Realis.OPEN if indirect and not _is_state(words, condition) else Realis.HYPOTHETICAL
    return Realis.OPEN


def _is_done_to(words: Words, condition: Piece) -> bool:
    """Whether something may be done to the subject: "if the port were closed", a threat put in the past."""
    behind = (word for place, word in enumerate(words) if condition[0] < place < condition[1])
    after = dropwhile(lambda word: word.lower not in ("were", "weren't"), behind)
    verb = next((word for word in islice(after, 1, None) if word.kind is not Kind.ADVERB), None)
    return verb is not None and verb.kind is Kind.PARTICIPLE


@cache
def _state_verbs() -> frozenset[str]:
    return frozenset(load_lexicon("conditions")["states"])


def _is_state(words: Words, condition: Piece) -> bool:
    """Whether a condition says how things are, not what happens: "if he worked for him", "if they had a harbour"."""
    first, last = condition
    verb = next((place for place in range(first, last) if words[place].is_finite), last)
    if verb == last or words[verb].lower not in _state_verbs():
        return False
    behind = words[verb + 1 : min(last, verb + 4)]
    other = any(word.kind in (Kind.PARTICIPLE, Kind.FINITE) or word.lower == "to" for word in behind)
    return not (words[verb].lower == "had" and other)  # "had closed", "had to close"


_LIKE_BASE = frozenset({"been", "had", "come", "become", "run", "put", "set", "hit", "cut", "let", "beaten", "shut"})


def _is_pluperfect(words: Words, first: int, last: int) -> bool:
    """Whether "had gone" or "'d gone" stands in the condition."""
    for index in range(first, last):
        had = words[index].lower in ("had", "hadn't") or (words[index].lower.endswith("'d") and index == first)
        if had and any(
            word.kind is Kind.PARTICIPLE or word.lower in _LIKE_BASE for word in words[index + 1 : min(last, index + 5)]
        ):
            return True
    return False


def _were_to(words: Words, first: int, last: int) -> bool:
    return any(
        words[index].lower in ("were", "was") and words[index + 1].lower == "to" for index in range(first, last - 1)
    )


_OWNED = frozenset({"my", "his", "her", "a", "an", "one"})


def _is_plainly_subjunctive(words: Words, first: int, last: int) -> bool:
    """Whether a condition opens with "it were", "I were" and the like, whatever its main clause says."""
    opens = [word.lower for word in words[first : min(last, first + 3)]]
    were = opens[1:2] in (["were"], ["weren't"]) and opens[2:] != ["to"]
    return were and opens[0] in ("i", "he", "she", "it")


def _is_subjunctive(words: Words, first: int, last: int) -> bool:
    """Whether "were" follows a singular subject: "if it were true"."""
    for index in range(first + 1, last):
        if words[index].lower in ("were", "weren't"):
            before = words[index - 1]
            if before.lower == ",":  # "if his son, who died last year, were still there"
                return words[first].lower in _OWNED and words[first + 1].kind is Kind.NOUN
            plural = before.lower.endswith(("s", "men", "people", "children")) or before.lower in ("police", "media")
            return before.lower in _SINGULAR or (before.kind is Kind.NOUN and not plural)
    return False


def _is_past(words: Words, piece: Piece) -> bool:
    """Whether the first finite verb of a clause is in the past tense."""
    classes = word_classes()
    for word in words[piece[0] : piece[1]]:
        if word.lower in _PAST_AUXILIARIES:
            return True
        told = word.lower == "that" and word.kind is Kind.SUBORDINATOR  # "the letters show that he lied"
        if told or word.kind in (Kind.MODAL, Kind.AUXILIARY, Kind.CONTRACTED):
            return False
        if word.kind is Kind.FINITE:
            shown = lemma(word.lower) != word.lower or (word.lower.endswith("ed") and word.lower not in classes.base)
            return shown and word.lower not in classes.third
        if word.kind is Kind.PARTICIPLE and word.lower in classes.either and word.start > words[piece[0]].start:
            return True
    return False
