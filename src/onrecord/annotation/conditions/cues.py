"""Which words open a condition clause, and which only look like it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotation.clauses import Start, opening
from onrecord.annotation.words import Kind, Word, word_classes
from onrecord.lexicon.asking import asking_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of, in_small_letters
from onrecord.records.findings import Form

Words = Sequence[Word]

REMOTE = frozenset({"would", "could", "might", "wouldn't", "couldn't", "mightn't", "should", "may"})
MOST_CUES = 8  # a sentence with more is a list or noise; the longest real one in GUM, EWT and the seeds has 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of `cues` in lexicon/conditions.yml."""

    name: str
    words: tuple[str, ...]
    form: Form
    negated: bool
    phrase: bool
    weak: bool
    counterfactual: bool
    score: float
    present: bool
    refused: bool
    at_once: bool
    met: bool
    where: str  # "", "at_start", "after_mark", "scenario"


@dataclass(frozen=True, slots=True)
class Cue:
    """A place where a condition opens: word indices `[first, last)` and the rule."""

    first: int
    last: int
    rule: Rule
    concessive: bool = False


def _rule(entry: Mapping[str, Any]) -> Rule:
    words = tuple(entry["words"].split())
    where = next((name for name in ("at_start", "after_mark", "scenario") if entry.get(name)), "")
    return Rule(
        name="cue:" + "_".join(words),
        words=words,
        form=Form(entry["form"]),
        negated=bool(entry.get("negated")),
        phrase=entry.get("takes") == "phrase",
        weak=bool(entry.get("weak")),
        counterfactual=bool(entry.get("counterfactual")),
        score=float(entry["score"]),
        present=bool(entry.get("present")),
        refused=bool(entry.get("refused")),
        at_once=bool(entry.get("at_once")),
        met=bool(entry.get("met")),
        where=where,
    )


@cache
def _rules() -> Mapping[str, tuple[Rule, ...]]:
    """Rules by first word, longest first."""
    grouped: dict[str, list[Rule]] = {}
    for entry in load_lexicon("conditions")["cues"]:
        rule = _rule(entry)
        grouped.setdefault(rule.words[0], []).append(rule)
    return {first: tuple(sorted(rules, key=lambda rule: -len(rule.words))) for first, rules in grouped.items()}


@cache
def plain_ing() -> frozenset[str]:
    """Words in -ing that only describe the noun behind them: "without binding guarantees"."""
    return frozenset(load_lexicon("conditions")["plain_ing"])


@cache
def _inversions() -> Mapping[str, Rule]:
    listed = load_lexicon("conditions")["inversion"]
    return {
        word: Rule(
            f"inversion:{word}",
            (word,),
            Form.INVERSION,
            False,
            False,
            False,
            bool(entry["counterfactual"]),
            0.85,
            False,
            False,
            False,
            False,
            "",
        )
        for word, entry in listed.items()
    }


@cache
def cue_pattern() -> re.Pattern[str]:
    """Finds out cheaply whether a sentence, in small letters, can hold a cue at all."""
    phrases = {r"\s+".join(rule.words) for rules in _rules().values() for rule in rules} | set(_inversions())
    return in_small_letters(rf"\b(?:{any_of(phrases)})\b")


def find_cues(words: Words) -> tuple[Cue, ...]:
    """The cues of a sentence in reading order; none where there are more than MOST_CUES, for then it is no sentence."""
    found: list[Cue] = []
    index = 0
    while index < len(words):
        cue = _cue_at(words, index)
        if cue is not None:
            found.append(cue)
            if len(found) > MOST_CUES:
                return ()
        index = cue.last if cue else index + 1
    return tuple(found)


def _cue_at(words: Words, index: int) -> Cue | None:
    lower = words[index].lower
    for rule in _rules().get(lower, ()):
        if _matches(words, index, rule):
            return _checked(words, index, rule)
    if lower in _inversions() and _is_inverted(words, index):
        return Cue(index, index + 1, _inversions()[lower])
    return None


def _matches(words: Words, index: int, rule: Rule) -> bool:
    size = len(rule.words)
    if index + size > len(words) or tuple(word.lower for word in words[index : index + size]) != rule.words:
        return False
    if rule.words == ("failing",) and index + 1 < len(words) and words[index + 1].lower == "which":
        return False  # "failing which": a consequence
    before = words[index - 1] if index else None
    if rule.where == "after_mark":
        return before is None or before.kind is Kind.MARK
    if rule.where == "at_start":
        return before is None or before.kind in (Kind.MARK, Kind.SUBORDINATOR, Kind.COORDINATOR)
    if rule.where == "scenario":
        return any(
            word.lower in ("scenario", "attack", "war", "aggression", "invasion") for word in words[index : index + 8]
        )
    return True


def _checked(words: Words, index: int, rule: Rule) -> Cue | None:
    if rule.words[0] == "if" and (_asks(words, index) or _is_set_phrase(words, index)):
        return None
    behind = index + len(rule.words)
    if rule.form is Form.AS_LONG_AS and behind < len(words) and words[behind].kind is Kind.NUMBER:
        return None  # "as long as 4 years"
    if rule.form is Form.AS_LONG_AS and index > 0 and words[index - 1].lower == "for":
        return None  # "for as long as it takes": how long, and no condition
    if rule.words in (("before",), ("after",)) and index > 0 and words[index - 1].lower in _lists()["spans_of_time"]:
        return None  # "six weeks before the election": when, and no condition
    if rule.words == ("when",) and _is_no_time(words, index):
        return None
    if rule.words == ("once",) and behind < len(words) and words[behind].kind is Kind.MARK:
        return None  # "we said no once, she claimed"
    if rule.words == ("the", "day") and not _opens_clause(words, behind):
        return None
    even = index > 0 and words[index - 1].lower == "even"
    return Cue(index, index + len(rule.words), rule, concessive=even)


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    lists = load_lexicon("conditions")["not_conditions"]
    found = {name: frozenset(str(word) for word in words) for name, words in lists.items()}
    return {**found, "whether_after": found["whether_after"] | asking_words() - {"pressed"}}  # "pressed if needed"


def _asks(words: Words, index: int) -> bool:
    """Whether this "if" means "whether" or belongs to "as if"."""
    if index == 0:
        return False
    lists = _lists()
    if words[index - 1].lower in lists["directly_after"]:
        return True
    for place in range(index - 1, max(-1, index - 9), -1):
        word = words[place]
        two = f"{word.lower} {words[place + 1].lower}"
        if word.lower in lists["whether_after"] or two in lists["whether_after"]:
            if word.lower in lists["with_object"] and index - place > 1 or _is_no_doubt(words, place):
                return False  # "would have considered the offer if ...": its object stands between
            if any(each.lower == "to" for each in words[place + 1 : index - 1]):
                return False  # "decided to call it off if ...", "asked them to leave if ..."
            return _asks_by(words, place, index)
        if word.kind is Kind.MARK or word.kind in (Kind.SUBORDINATOR, Kind.COORDINATOR) or word.is_finite:
            return False
    return False


def _is_no_doubt(words: Words, place: int) -> bool:
    return words[place].lower == "doubt" and place > 0 and words[place - 1].lower == "no"


def _asks_by(words: Words, verb: int, index: int) -> bool:
    near = all(word.kind not in (Kind.SUBORDINATOR, Kind.COORDINATOR) for word in words[verb + 1 : index])
    if not near:
        return False
    if words[verb].lower in _lists()["negated_only"]:
        close = index - verb <= 3
        hedges = {
            "not",
            "n't",
            "cannot",
            "can't",
            "don't",
            "doesn't",
            "didn't",
            "to",
            "could",
            "can",
            "couldn't",
            "t",
            "won't",
            "no",
            "never",
            "let",
            "me",
            "us",
            "will",
            "'ll",
            "we'll",
            "i'll",
        }
        return close and any(word.lower in hedges for word in words[max(0, verb - 4) : verb])
    return True


_NO_SUBJECTS = frozenset({Kind.MODAL, Kind.AUXILIARY, Kind.MARK, Kind.FINITE, Kind.PARTICIPLE, Kind.ING})


def _is_no_time(words: Words, index: int) -> bool:
    """Whether this "when" asks, belongs to a noun or has no subject: "when will they", "the day when", "when asked"."""
    behind = words[index + 1] if index + 1 < len(words) else None
    if behind is None or behind.kind in _NO_SUBJECTS:
        return True
    before = words[index - 1] if index else None
    return before is not None and before.kind not in (Kind.MARK, Kind.SUBORDINATOR, Kind.COORDINATOR)


def _opens_clause(words: Words, index: int) -> bool:
    """Whether a clause begins at `index`: "the day | this bill passes", not "the day | after the vote"."""
    return opening(words, index, len(words)).start in (Start.NOUN, Start.MODAL, Start.PRONOUN)


def _is_set_phrase(words: Words, index: int) -> bool:
    """Whether a set phrase stands alone ("few, if any, came"), not as the beginning of a clause ("if any came")."""
    for phrase in _lists()["phrases"]:
        parts = tuple(phrase.split())
        end = index + len(parts)
        if tuple(word.lower for word in words[index:end]) == parts:
            return end >= len(words) or words[end].kind is Kind.MARK or parts[-1] in ("for", "because")
    return False


def _is_inverted(words: Words, index: int) -> bool:
    """Whether an auxiliary stands before its subject in a clause that is no question."""
    if index + 2 >= len(words) or not _is_subject(words[index + 1], words[index].lower):
        return False
    if not _may_open_inversion(words, index) or not _verb_follows(words, index):
        return False
    if words[index].lower == "should":
        return "?" not in (words[-1].lower, words[-2].lower) or _has_remote(words, 0, index)
    return _has_remote(words, 0, index) or _has_remote(words, index + 1, len(words))


def _is_subject(word: Word, auxiliary: str) -> bool:
    if word.kind in (Kind.SUBJECT, Kind.DETERMINER) or word.lower in ("that", "this"):
        return True
    return word.kind is Kind.NOUN and (word.capital or auxiliary != "were")


_NEVER_BEFORE = frozenset(
    [
        "nor",
        "never",
        "why",
        "how",
        "so",
        "as",
        "only",
        "who",
        "which",
        "than",
        "what",
        "where",
        "when",
        "have",
        "has",
        "having",
        "to",
    ]
)
_OBJECTS = frozenset({"it", "you", "them", "him", "us", "me"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "there", "it"})


def _may_open_inversion(words: Words, index: int) -> bool:
    """Whether a clause can begin at `index`, or an inverted one can follow a main clause there."""
    place = index - 1
    while place >= 0 and words[place].kind is Kind.ADVERB:
        place -= 1
    before = words[place] if place >= 0 else None
    if (
        before is not None
        and before.lower == "that"
        and words[place - 1].kind is Kind.NOUN
        and words[index].lower == "were"
    ):
        return False  # "towns that were more loyal": a relative clause
    if before is None or before.kind in (Kind.MARK, Kind.COORDINATOR) or before.lower in ("that", "because"):
        return True
    if before.lower in _NEVER_BEFORE:
        return False
    if before.lower in _OBJECTS and words[index + 1].lower in _NOMINATIVE - {"it"}:
        return True  # "would have stopped us had he known"
    if before.kind in (Kind.SUBJECT, Kind.CONTRACTED, Kind.MODAL, Kind.AUXILIARY, Kind.SUBORDINATOR):
        return False
    if before.kind is Kind.PARTICIPLE and words[index].lower == "had" and _has_remote(words, max(0, index - 8), index):
        return True  # "would have sunk had the pilots not towed it"
    after = words[index + 1]
    if words[index].lower == "should" and (after.kind is Kind.DETERMINER or after.capital):
        return True  # "would close the ports should the fleet come": a verb that is no inversion would follow at once
    if words[index].lower == "should" and after.kind is Kind.NOUN and after.lower.endswith("s"):
        return words[index + 2].lower in word_classes().base  # "will leave should talks fail"
    return after.lower in _NOMINATIVE or (words[index].lower == "had" and after.kind is not Kind.DETERMINER)


def _verb_follows(words: Words, index: int) -> bool:
    """Whether the verb form that an inverted auxiliary asks for follows its subject."""
    auxiliary, subject = words[index].lower, words[index + 1].lower
    if subject in _NOMINATIVE and auxiliary != "should":
        return True
    opens = index == 0 or words[index - 1].kind is Kind.MARK
    lead = words[max(0, index - 8) : index]  # "would have been different had counsel called him"
    contrary = any(word.lower == "have" or word.lower.endswith("'ve") for word in lead)
    if auxiliary == "had" and words[index + 1].kind is Kind.NOUN and not words[index + 1].capital:
        return any(
            word.kind is Kind.PARTICIPLE or word.lower in ("been", "not") or (contrary and word.kind is Kind.FINITE)
            for word in words[index + 2 : index + 6]
        )
    for word in _without_brackets(words[index + 1 : index + (28 if opens else 10)]):
        commas = word.kind is Kind.MARK and word.lower not in ('"', "“", "”", ".") and not opens
        if commas or word.kind in (Kind.MODAL, Kind.AUXILIARY):
            return False
        if auxiliary == "should" and (
            word.kind is Kind.BASE or word.lower in ("be", "not", "have") or word.lower in word_classes().base
        ):
            return True
        if auxiliary == "had" and (word.kind in (Kind.PARTICIPLE, Kind.FINITE) or word.lower in ("been", "not", "had")):
            return True
        if auxiliary == "were" and word.kind is not Kind.SUBJECT:
            return True
    return False


def _without_brackets(words: Words) -> Iterator[Word]:
    depth = 0
    for word in words:
        depth += word.lower in ("(", "[")
        if not depth:
            yield word
        depth -= word.lower in (")", "]") and depth > 0


def _has_remote(words: Words, first: int, last: int) -> bool:
    """Whether a verb of a clause contrary to fact stands there: would, could, might."""
    return any(
        word.lower in REMOTE or word.lower.endswith("'d") or word.lower.removesuffix("'ve") in REMOTE
        for word in words[first:last]
    )
