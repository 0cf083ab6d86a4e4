"""Why an event stands as it does, in words a reader can check: which word before it plans, doubts or denies it."""

from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.annotation.words import Word, lemma
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import EventRealis

SUPPOSED = "in a condition or what hangs on it"
_GROUPS = {
    EventRealis.PLANNED: ("planned_by", "planned_words", "planned_modals", "awaited_words"),
    EventRealis.POSSIBLE: ("possible_by", "possible_words", "possible_modals", "unsure_words", "denied_by"),
    EventRealis.DENIED: ("denied_by", "denied_words"),
    EventRealis.HYPOTHETICAL: ("imagined_by",),
}
_TOLD = {
    EventRealis.PLANNED: "told as still to come",
    EventRealis.POSSIBLE: "named, but not told as done",
    EventRealis.DENIED: "told as not done",
    EventRealis.HYPOTHETICAL: "told of whoever does it, or once something comes",
}


def explain_standing(realis: EventRealis, lead: Sequence[Word], behind: Sequence[Word]) -> str:
    """The nearest word that makes the event what it is; what it is told as, where no single word does.

    lead, behind: the words of the clause before and behind the event.
    """
    if realis is EventRealis.ASSERTED:
        return "told as done"
    near = next((word for word in (*reversed(lead), *behind) if _makes(word, realis)), None)
    return f"“{near.lower}” stands beside it" if near else _TOLD[realis]


def explain_cue(cue: str) -> str:
    """The same where the verb that hands over its words leaves it open or denies it."""
    return f"“{cue}” hands it over"


def _makes(word: Word, realis: EventRealis) -> bool:
    lists = _lists()
    return any(word.lower in lists[group] or lemma(word.lower) in lists[group] for group in _GROUPS[realis])


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_lexicon("events")["realis"].items()}
