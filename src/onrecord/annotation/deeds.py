"""What is no word of anybody's: deeds that the tagger takes for words, and words that the text says were not said.

The tagger learnt from a corpus that counts attitudes and acts of voting as attributions. In a ledger of who said what
a vote is an event, and a row with what somebody did not say must say so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.annotation.words import word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.changing import changed
from onrecord.records.findings import NOT_SAID, Attribution, Directness
from onrecord.records.spans import quote_spans

_WORDS = re.compile(r"n['’]t\b|[^\W\d_]+(?=n['’]t\b)|[^\W\d_]+")


def keep_words(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions without deeds; those of words that were not said are flagged. Relays through a deed end."""
    kept = [each for each in attributions if not is_deed(text, each)]
    ids = {each.id for each in kept}
    return tuple(_flagged(text, each if each.within in ids else changed(each, within=None)) for each in kept)


def is_deed(text: str, attribution: Attribution) -> bool:
    """Whether cue and content tell a deed, or the content is a bare pronoun that nobody uttered."""
    if attribution.directness is not Directness.INDIRECT or not attribution.cue:
        return False
    told = (attribution.source, attribution.cue, attribution.content)
    source, cue, content = (quote_spans(text, spans).casefold() for spans in told)
    if any(who.match(source) and how.match(cue) and what.match(content) for who, how, what in _deeds()):
        return True
    return content in load_lexicon("deeds")["pronouns"] and _uttering().isdisjoint(_WORDS.findall(cue))


@cache
def _uttering() -> frozenset[str]:
    """Verbs by which words are uttered, in every form."""
    return word_classes().speech.union(load_lexicon("deeds")["uttering"])


def _flagged(text: str, attribution: Attribution) -> Attribution:
    if NOT_SAID in attribution.flags or not is_withheld(text, attribution):
        return attribution
    return replace(attribution, flags=(*attribution.flags, NOT_SAID))


def is_withheld(text: str, attribution: Attribution) -> bool:
    """Whether the cue says that it was not said: "would not say", "made no mention of", "declined to comment"."""
    listed = load_lexicon("deeds")
    cue = _WORDS.findall(quote_spans(text, attribution.cue).casefold().replace("’", "'"))
    begun = _WORDS.findall(quote_spans(text, attribution.content).casefold())[:2]  # "declined — to answer"
    told = [*cue, *(begun[1:] if begun[:1] == ["to"] else ())]
    return any(word in listed["negations"] for word in cue) and any(word in listed["tellings"] for word in told)


@cache
def _deeds() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """(source, cue, content) of each kind of deed."""
    listed = load_lexicon("deeds")["deeds"]
    return tuple(tuple(re.compile(entry.get(part, "")) for part in ("source", "cue", "content")) for entry in listed)
