"""Rules of lexicon/times.yml, found in a sentence by regular expressions over its tokens' signs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from onrecord.annotation.times.tokens import LITERAL, Token, parts, vocabulary
from onrecord.errors import LexiconError
from onrecord.lexicon.loader import load_lexicon

_GROUP = re.compile(r"\(\?P<(\w+)>")  # one name may stand in several branches, so each gets a number
_PIECE = re.compile(rf"<([A-Z_]+)>|\b([a-z]\w*):(?!\))|([A-Z][A-Z_]*)|({LITERAL.pattern})")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the regular expression over signs, and which meaning it has.

    triggers: signs of its telling kinds; a sentence without any of them needs no try.
    """

    number: int
    means: str
    pattern: re.Pattern[str]
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule and the tokens it matched; groups are [start, end) in the sentence's tokens."""

    rule: Rule
    tokens: Sequence[Token]
    start: int
    end: int
    groups: dict[str, tuple[int, int]]

    def group(self, name: str) -> Sequence[Token]:
        """The tokens of a captured group; none if it did not take part."""
        start, end = self.groups.get(name, (0, 0))
        return self.tokens[start:end]

    def has(self, name: str) -> bool:
        """Whether a group took part."""
        return name in self.groups

    def worth(self, name: str, *kinds: str) -> Any:
        """What the first token of the group is worth as one of these kinds; None if there is none."""
        for token in self.group(name):
            for kind in kinds:
                if kind in token.kinds:
                    return token.kinds[kind]
        return None

    def word(self, name: str) -> str:
        """The first word of a group in lower case; empty if it did not take part."""
        tokens = self.group(name)
        return tokens[0].word if tokens else ""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the lexicon's order. Raises LexiconError for a pattern that is none."""
    lexicon = load_lexicon("times")
    return tuple(
        Rule(number, entry["means"], _compile(entry["pattern"]), _triggers(entry["pattern"]))
        for number, entry in enumerate(lexicon["rules"])
    )


def _compile(pattern: str) -> re.Pattern[str]:
    numbers = count()
    numbered = _GROUP.sub(lambda group: f"(?P<{group.group(1)}__{next(numbers)}>", _expand(pattern))
    try:
        return re.compile(numbered)
    except re.error as error:
        raise LexiconError(f"times.yml: needed a pattern, got {pattern!r}: {error}") from error


def _triggers(pattern: str) -> frozenset[str]:
    """The signs of a pattern's kinds and words that do not stand in most sentences anyway."""
    pieces = [piece for piece in _PIECE.finditer(pattern) if not piece.group(2)]
    kinds = {piece.group(3) or piece.group(4) for piece in pieces if not piece.group(1)} - _everyday()
    inner = [_triggers(parts()[piece.group(1)]) for piece in pieces if piece.group(1)]
    return frozenset(sign for kind in kinds for sign in vocabulary().signs_of(kind)).union(*inner)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(load_lexicon("times")["everyday"])


def _expand(pattern: str) -> str:
    pieces: list[str] = []
    at, name = 0, ""
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece and piece.group(2):
            name = piece.group(2)
        elif name and pattern.startswith("(?:", at):
            pieces.append(f"(?P<{name}>")
            at, name = at + 3, ""
            continue
        else:
            item = _item(piece, pattern[at])
            pieces.append(_named(name, item) if name else item)
            name = ""
        at = piece.end() if piece else at + 1
    return "".join(pieces)


def _item(piece: re.Match[str] | None, raw: str) -> str:
    if piece is None:
        return "" if raw.isspace() else raw
    part, _, kind, literal = piece.group(1, 2, 3, 4)
    if part:
        if part not in parts():
            raise LexiconError(f"times.yml: needed a part, got <{part}>")
        return _expand(parts()[part])
    signs = vocabulary().signs_of(kind or literal)
    if not signs:
        raise LexiconError(f"times.yml: needed a kind or word, got {kind or literal}")
    return f"[{signs}]"


def _named(name: str, item: str) -> str:
    """The item as a named group; for an opening bracket, only its opening."""
    return f"(?P<{name}>" if item == "(" else f"(?P<{name}>{item})"


@cache
def _triggered() -> Mapping[str, tuple[int, ...]]:
    """The numbers of the rules that each sign may trigger."""
    numbers: dict[str, tuple[int, ...]] = {}
    for rule in rules():
        for sign in rule.triggers:
            numbers[sign] = (*numbers.get(sign, ()), rule.number)
    return numbers


def find_matches(tokens: Sequence[Token]) -> tuple[RuleMatch, ...]:
    """The longest matches that do not overlap, in reading order; equal length: the earlier rule, then the left one."""
    signs = "".join(token.sign for token in tokens)
    triggered = {number for sign in set(signs) for number in _triggered().get(sign, ())}
    found = [
        (start - end, rule.number, start, match)
        for rule in map(rules().__getitem__, triggered)
        for match in rule.pattern.finditer(signs)
        for start, end in (match.span(),)
        if start < end
    ]
    chosen: list[RuleMatch] = []
    taken = bytearray(len(tokens))
    for _, number, start, match in sorted(found, key=lambda each: each[:3]):
        if not any(taken[start : match.end()]):
            taken[start : match.end()] = b"\x01" * (match.end() - start)
            chosen.append(_rule_match(rules()[number], tokens, match))
    return tuple(sorted(chosen, key=lambda each: each.start))


def _rule_match(rule: Rule, tokens: Sequence[Token], match: re.Match[str]) -> RuleMatch:
    groups = {name.partition("__")[0]: match.span(name) for name in match.groupdict() if match.start(name) >= 0}
    return RuleMatch(rule, tokens, match.start(), match.end(), groups)


def read_number(tokens: Sequence[Token]) -> Decimal | None:
    """The number that tokens spell ("twenty-five", "5 1/2", "half a", "a couple of"); None for "a few" and the like."""
    total = Decimal(0)
    current = Decimal(0)
    for token in tokens:
        kinds = token.kinds
        if "VAGUE" in kinds or token.word == "good":
            return None
        if "DIGITS" in kinds or "DECIMAL" in kinds:
            current += Decimal(token.word.replace(",", ""))
        elif "FRACTION" in kinds:
            current += _fraction(token.word)
        elif "NUMBER" in kinds:
            current += kinds["NUMBER"]
        elif "HALF" in kinds:
            current += Decimal("0.5")
        elif "SCALE" in kinds or "DOZEN" in kinds:
            scale = kinds.get("SCALE") or kinds["DOZEN"]
            current = (current or Decimal(1)) * scale
            if scale >= 1000:
                total, current = total + current, Decimal(0)
    article = any("A" in token.kinds for token in tokens)
    return total + current or (Decimal(1) if article else None)


def _fraction(word: str) -> Decimal:
    written = {"¼": "1/4", "½": "1/2", "¾": "3/4"}.get(word, word)
    above, below = written.split("/")
    return Decimal(above) / Decimal(below) if int(below) else Decimal(0)
