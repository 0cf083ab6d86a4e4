"""Whether words are only asked, and whether an answer says yes. One home for every room that reads statements."""

import re
from functools import cache

from onrecord.lexicon.loader import load_lexicon


@cache
def asking_words() -> frozenset[str]:
    """Forms of the verbs of asking, lower case."""
    return frozenset(load_lexicon("asking")["verbs"])


@cache
def question_words() -> frozenset[str]:
    """Words that open a question told as one, lower case."""
    return frozenset(load_lexicon("asking")["questions"])


def only_asks(cue: str, content: str) -> bool:
    """Whether words are a question: "asked | whether they would fight", "wanted | to know who would pay".

    cue: the words that hand over the content. Printed with a question mark at its end, a content is asked in so many
    words ("Will you fight?" he asked).
    """
    said = frozenset(re.findall(r"\w+", cue.lower()))
    if said & asking_words() and (_question().match(content) or content.rstrip(" \"”'’»").endswith("?")):
        return True
    knowing = _knowing().match(content)
    return bool(knowing and said & _wanting() and (knowing["to"] or cue.lower().rstrip().endswith(" to")))


def affirms(answer: str) -> bool:
    """Whether an answer says yes to what was asked, and no more than that at its beginning."""
    return _affirming().match(answer) is not None


@cache
def _wanting() -> frozenset[str]:
    return frozenset(load_lexicon("asking")["wanting"])


@cache
def _question() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(sorted(question_words()))})\b", re.IGNORECASE)


@cache
def _knowing() -> re.Pattern[str]:
    words = "|".join(sorted(question_words()))
    return re.compile(rf"\W*(?P<to>to )?know (?:(?:also|exactly|just) )?(?:{words})\b", re.IGNORECASE)


@cache
def _affirming() -> re.Pattern[str]:
    patterns = "|".join(f"(?:{each['pattern']})" for each in load_lexicon("asking")["affirming"])
    return re.compile(rf"\W*(?:{patterns})", re.IGNORECASE)
