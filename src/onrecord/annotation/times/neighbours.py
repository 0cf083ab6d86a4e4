"""What stands beside a match: whether a noun follows on which it hangs, whether it is part of a name."""

from collections.abc import Sequence

from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.tokens import Token
from onrecord.annotation.words import word_classes
from onrecord.lexicon.loader import load_lexicon

# Words that a name may be made of and that news writes small: "Now", "Noon", "Minutes", "Daily"; days and months are
# always printed large.
_SMALL = frozenset({"UNIT", "UNITS", "NOON", "DEICTIC", "PRESENT", "PART", "SET"})
_LONG = 4  # letters of a word that headlines print large


def stands_before_noun(match: RuleMatch) -> bool:
    """Whether a noun or adjective follows right behind, in small letters: "the 10th meeting", "winter wheat"."""
    following = match.tokens[match.end].word if match.end < len(match.tokens) else ""
    if not following[:1].isalpha() or match.tokens[match.end].is_capital:
        return False
    classes = word_classes()
    if following in classes.closed or following.endswith("ly"):
        return False
    if following in classes.also_nouns:
        return True
    verbs = (classes.base, classes.past, classes.participle, classes.either, classes.third)
    return not any(following in forms for forms in verbs) and not following.endswith("ed")


def stands_before_capital(match: RuleMatch) -> bool:
    """Whether a word in large letters follows right behind."""
    return match.end < len(match.tokens) and match.tokens[match.end].is_capital


def is_in_name(match: RuleMatch) -> bool:
    """Whether a word that news writes small is printed large inside a sentence: "USA Today", "60 Minutes"."""
    if match.has("h"):
        return False  # "Thanksgiving Day" is a feast
    inside = range(max(match.start, 1), match.end)
    large = any(
        match.tokens[at].is_capital
        and not _SMALL.isdisjoint(match.tokens[at].kinds)
        and match.tokens[at - 1].word[:1].isalnum()
        for at in inside
    )
    return large and not _is_headline(match.tokens)


def is_of_match(match: RuleMatch) -> bool:
    """Whether the sentence tells of a game, whose halves and quarters are no parts of a year."""
    if match.has("y") or match.has("rel"):
        return False
    played, words = load_lexicon("times")["played"], {token.word for token in match.tokens}
    return not words.isdisjoint(played["surely"]) or len(words.intersection(played["maybe"])) > 1


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Whether most longer words that tell no time are printed large, so that a large letter says nothing."""
    long = [token for token in tokens if len(token.word) >= _LONG and token.word.isalpha() and not token.kinds]
    return 2 * sum(token.is_capital for token in long) > len(long)
