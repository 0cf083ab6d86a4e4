"""How a figure stands: told as so, or only planned, possible, supposed or denied, by the words that govern it."""

from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.annotation.words import Kind, Word, lemma, read_words, verb_forms
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Attribution, EventRealis
from onrecord.records.spans import Span, overlaps

REACH = 14  # words before a figure among which its verb stands
_VERBAL = frozenset({Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE})
_BREAKS = frozenset({";", ":", "?", "!", "“", "”", '"', "(", ")"})
# What a verb's object is told as, where the verb itself says that it is not so yet, or not at all. Weaker ones of the
# events' lists ("accuse", "condemn", "support") take a figure as so.
_BY_VERB = (
    ("denied_by", EventRealis.DENIED),
    ("planned_by", EventRealis.PLANNED),
    ("wanted_by", EventRealis.POSSIBLE),
)
_KEEPS = frozenset(
    {
        "call",
        "accuse",
        "consider",
        "warn",
        "caution",
        "approve",
        "agree",
        "commit",
        "set",
        "order",
        "fail",
        "move",
        "mean",
        "rule",
    }
)
_AHEAD = frozenset({"due", "set", "poised", "scheduled", "likely", "expected"})


def read_standing(
    words: Sequence[Word], figure: Span, claim: Attribution | None, text: str, supposed: Sequence[Span]
) -> EventRealis:
    """How a figure stands. words: of its sentence; claim: whose word it is; supposed: stretches of conditions."""
    if any(overlaps(figure, span) for span in supposed):
        return EventRealis.HYPOTHETICAL
    lead = [word for word in words if word.end <= figure.start][-REACH:]
    if any(word.lower == "whether" for word in lead):
        return EventRealis.POSSIBLE
    own = _by_clause(lead, _end_of(words, figure))
    if own is not EventRealis.ASSERTED or claim is None:
        return own
    return _by_cue(claim, text)


def is_counted_by_another(words: Sequence[Word], figure: Span) -> bool:
    """Whether the clause says that somebody counted: "police there counted 120"; the outlet does not state it then."""
    if _is_counted_behind(words, figure):
        return True
    lead = [word for word in words if word.end <= figure.start][-REACH:]
    if len(lead) > 1 and lead[-1].lower in _counting() and lead[-2].capital and lead[-2].kind is Kind.NOUN:
        return True  # a headline's "Orlia Counts 300 Boats"
    verb = next((at for at in range(len(lead) - 1, -1, -1) if _is_verb(lead, at) or _ends(lead[at])), -1)
    if verb < 1 or not _is_counting(lead, verb) or len(lead) - verb > COUNT_REACH:
        return False
    passive = any(word.lower in ("be", "been", "is", "are", "was", "were") for word in lead[max(0, verb - 3) : verb])
    return not passive and any(word.kind in (Kind.NOUN, Kind.SUBJECT) for word in lead[:verb])


def _is_counting(words: Sequence[Word], at: int) -> bool:
    """Whether a verb counts; who speaks counts only behind "of": "spoke of 40", and not "spoke for 40 minutes"."""
    of = at + 1 < len(words) and words[at + 1].lower == "of"
    put = words[at].lower in ("put", "puts") and words[-1].lower == "at"  # "the ministry put the debt at €190m"
    said = words[at].lower in ("said", "says") and at == len(words) - 1
    return words[at].lower in _counting() or put or said or (of and words[at].lower in _speaking())


@cache
def _speaking() -> frozenset[str]:
    return frozenset((*verb_forms("speak"), *verb_forms("talk")))


def _is_counted_behind(words: Sequence[Word], figure: Span) -> bool:
    """Whether the words that close the clause name who counted: "$2bn, insurer Lotus estimated"."""
    behind = [word for word in words if word.start >= figure.end]
    comma = next((at for at, word in enumerate(behind) if word.kind is Kind.MARK), len(behind))
    named = behind[comma + 1 :]
    last = next((at for at, word in enumerate(named) if word.kind not in (Kind.NOUN, Kind.DETERMINER)), len(named))
    closes = last + 1 >= len(named) or named[last + 1].kind is Kind.MARK
    return 0 < last < len(named) and closes and behind[comma].lower == "," and named[last].lower in _counting()


COUNT_REACH = 6  # words from a verb of counting to its figure: "put the crowd at 9,000"


@cache
def _counting() -> frozenset[str]:
    return frozenset(form for verb in load_lexicon("figures")["counting"] for form in verb_forms(verb))


def _end_of(words: Sequence[Word], figure: Span) -> Sequence[Word]:
    """The words behind a figure to the end of its clause."""
    behind = [word for word in words if word.start >= figure.end]
    end = next((at for at, word in enumerate(behind) if word.kind in (Kind.MARK, Kind.SUBORDINATOR)), len(behind))
    return behind[:end]


def _by_clause(lead: Sequence[Word], behind: Sequence[Word]) -> EventRealis:
    """By the nearest verb before the figure with its modal; by the one behind where the figure is a subject."""
    verb = next((at for at in range(len(lead) - 1, -1, -1) if _ends(lead[at]) or _is_verb(lead, at)), -1)
    if verb >= 0 and not _ends(lead[verb]):
        return _of_verb(lead[: verb + 1])
    first = next((at for at, word in enumerate(behind) if word.is_finite), None)
    if first is None:
        return EventRealis.ASSERTED
    if behind[first].kind is Kind.AUXILIARY and [word.lower for word in behind[first + 1 : first + 2]] == ["to"]:
        return EventRealis.PLANNED  # "six aircraft are to be delivered"
    return _by_modal(behind[first].lower)


def _ends(word: Word) -> bool:
    return word.lower in _BREAKS or word.kind is Kind.SUBORDINATOR or word.lower in ("that", "which", "who", "but")


def _is_verb(lead: Sequence[Word], at: int) -> bool:
    """Whether a verb stands there; a noun's form behind a plural and before "the" is one: "traders fear the loss"."""
    word = lead[at]
    if word.kind in _VERBAL or word.is_finite:
        return True
    between = 0 < at < len(lead) - 1 and lead[at - 1].lower.endswith("s") and lead[at + 1].kind is Kind.DETERMINER
    return between and word.kind is Kind.NOUN and lemma(word.lower) in _lists()["wanted_by"]


def _of_verb(lead: Sequence[Word]) -> EventRealis:
    """The standing that the verb at the end of `lead` gives, its modals and the verb that leads its infinitive."""
    found = _by_modal(lead[-1].lower) if lead[-1].kind is Kind.MODAL else _by_lemma(lead[-1])
    at = len(lead) - 2
    while found is EventRealis.ASSERTED and at >= 0:
        word = lead[at]
        if word.kind in (Kind.MODAL, Kind.CONTRACTED):
            return _negated(lead[at:]) or _by_modal(word.lower)
        if word.lower == "to" and lead[at + 1].kind is Kind.BASE:
            return _of_infinitive(lead[:at])
        if word.kind not in (Kind.ADVERB, Kind.AUXILIARY, Kind.BASE, Kind.PARTICIPLE):
            break
        at -= 1
    return found


def _negated(words: Sequence[Word]) -> EventRealis | None:
    """Denied where the modal at the head of the words is negated: "will not lose 40"."""
    near = [word.lower for word in words[:2]]
    return (
        EventRealis.DENIED
        if "not" in near[1:] or near[0] in ("cannot", "won't", "can't") or near[0].endswith("n't")
        else None
    )


def _of_infinitive(lead: Sequence[Word]) -> EventRealis:
    """By what leads the infinitive: "plans to send 40", "is to send 40", "began to send 40"."""
    if not lead:
        return EventRealis.ASSERTED
    word = next((each for each in reversed(lead) if each.kind is not Kind.ADVERB), lead[-1])
    headline = word.capital and all(each.capital and each.kind is Kind.NOUN for each in lead)  # "Orlia to buy 34 jets"
    if word.kind is Kind.AUXILIARY or word.lower in _AHEAD or headline:
        return EventRealis.PLANNED
    return _by_lemma(word)


def _by_modal(word: str) -> EventRealis:
    if word in _lists()["planned_modals"] or word.endswith("'ll"):
        return EventRealis.PLANNED
    return EventRealis.POSSIBLE if word in _lists()["possible_modals"] else EventRealis.ASSERTED


def _by_lemma(word: Word) -> EventRealis:
    base = lemma(word.lower)
    for name, realis in _BY_VERB:
        if base in _lists()[name] and base not in _KEEPS:
            return realis
    return EventRealis.ASSERTED


def is_told(claim: Attribution, text: str) -> bool:
    """Whether the words for speaking hand over what is so, and not what is refused, wanted or feared."""
    return _by_cue(claim, text) is EventRealis.ASSERTED


def _by_cue(claim: Attribution, text: str) -> EventRealis:
    """What the words for speaking make of their content: "denied that 40 had died", "fears losses of 40"."""
    words = [word for cue in claim.cue for word in read_words(text, cue)]
    return next(
        (found for word in words if (found := _by_lemma(word)) is not EventRealis.ASSERTED), EventRealis.ASSERTED
    )


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_lexicon("events")["realis"].items()}
