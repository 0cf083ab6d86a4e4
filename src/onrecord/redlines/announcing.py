"""Whether a consequence is announced as a deed of the speaker's side: "our ports will be closed", "it would cut it".

Whoever can act for a side and announces what will be done, should another do something, draws a line whatever the deed
is. What will merely come about ("prices will rise") is a forecast, what another will do a demand or a prophecy, and
what helps is a promise: none of these draws one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.lexicon.asking import question_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import listed_phrases
from onrecord.redlines.words import Word, split_words

BEING = frozenset({"be", "are", "is", "have"})  # "it would be better" is no deed
SHORT = ("'ll", "'d")  # "we'll close": the verb hangs on its subject
VOWING = re.compile(
    r"\b(?P<verb>vow|threaten|promis|pledg|warn|swear|swore|ready|prepared)(?:s|ed|es|ing)?"
    r"(?:\s(?:on\s[A-Z]\w+|last\s\w+|yesterday|again))?\s+(?=to\b|of\b|that\b)"
)
VOW = re.compile(rf"^.{{0,80}}?{VOWING.pattern}", re.DOTALL)
PROMISES = ("promis", "pledg")  # verbs by which one offers something as often as one threatens
DENYING = frozenset({"not", "nobody", "none", "nothing", "no"})  # openings by which something is over whatever the verb
REACH = 4  # words behind "will be" in which its participle stands: "will be formally and finally closed"


def announces_deed(consequence: str, own_subject: bool) -> bool:
    """Whether the words of a consequence announce a deed of the speaker's side that is no kindness.

    own_subject: whether the first one named in it is the speaker, or of the speaker's side.
    """
    words = split_words(what_is_vowed(consequence))
    if not words or is_asked(consequence) or is_kind(words) or spares(consequence):
        return False
    if words[0].folded in ("to", "of"):  # "vowed to close the ports", "warned of closed ports": whoever says it does it
        return len(words) > 1
    if _is_over(words) or (words[0].folded in DENYING and len(words) > 2):  # "not a lorry crosses", "no more petrol"
        return True
    verb = next((place for place, word in enumerate(words) if _announces(words, place)), None)
    if verb is None:  # "we switch to the sea route"
        return words[0].folded == "we" and len(words) > 1 and words[1].folded not in BEING
    own = own_subject or any(word.folded in _listed("own_subjects") for word in words[: verb + 1])
    deed = words[verb + 1 : verb + 2]
    if own and deed and deed[0].folded not in BEING:
        return True
    return words[0].folded in _listed("denied_subjects") or _is_done_to(words[verb + 1 :])


def foretells(consequence: str) -> bool:
    """Whether a consequence is said to follow for certain, is no kindness and no change of prices or weather."""
    words = split_words(consequence)
    certain = any(_announces(words, place) for place in range(len(words))) and not _has("uncertain", words)
    return certain and not is_asked(consequence) and not is_kind(words) and not _has("drifting", words)


def what_is_vowed(consequence: str) -> str:
    """The words behind a vow that stands in them: of "who has vowed to leave", "to leave"."""
    vow = VOW.match(consequence)
    return consequence[vow.end() :] if vow is not None else consequence


def find_vows(words: str) -> Iterator[tuple[int, int, bool]]:
    """Where verbs of vowing stand in the words of a sentence, up to what is vowed, and whether each is a promise."""
    return ((vow.start(), vow.end(), vow.group("verb") in PROMISES) for vow in VOWING.finditer(words))


def is_asked(consequence: str) -> bool:
    """Whether what follows is only asked: "whether they would leave", "what Orlia would do"."""
    words = split_words(what_is_vowed(consequence))
    return bool(words) and words[0].folded in question_words()


def is_kind(words: Sequence[Word]) -> bool:
    """Whether what is announced helps the other side."""
    return _ends_harm(words) or (_has("helping", words) and not _has("withholding", words))


def _ends_harm(words: Sequence[Word]) -> bool:
    """Whether harm is said to stop: "would stop rocket fire", "halt all attacks"."""
    stops = [place for place, word in enumerate(words) if word.folded in _listed("stopping")]
    return any(word.folded in _listed("harm") for place in stops for word in words[place + 1 : place + 1 + REACH])


def spares(consequence: str) -> bool:
    """Whether nothing will be done to the one spoken to: "nobody will visit you"."""
    words = split_words(consequence)
    return bool(words) and words[0].folded in _listed("denied_subjects") and words[-1].folded == "you"


def _announces(words: Sequence[Word], place: int) -> bool:
    word = words[place].folded
    return word in _listed("announcing") or word.endswith(SHORT)


def _is_over(words: Sequence[Word]) -> bool:
    """Whether something is said to be over then: "the visas are finished"."""
    being = next((place for place, word in enumerate(words) if word.folded in ("is", "are")), None)
    return being is not None and any(
        hit.first <= REACH for hit in listed_phrases("announcing", "ended").find(words[being:])
    )


def looks_on(source: str) -> bool:
    """Whether the words of a source say that somebody only looks on: an analyst, a trader, an institute."""
    return _has("observers", split_words(source))


def _is_done_to(words: Sequence[Word]) -> bool:
    """Whether it is done and nobody says by whom: "(will) be closed", "(would) stay shut"."""
    if not words or words[0].folded not in _listed("done_to"):
        return False
    return any(word.folded.endswith(("ed", "en")) or word.folded in _listed("undone") for word in words[1 : 1 + REACH])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("announcing")[name])


def _has(name: str, words: Sequence[Word]) -> bool:
    return next(listed_phrases("announcing", name).find(words), None) is not None
