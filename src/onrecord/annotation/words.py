"""The words of a sentence with the class by which clauses are told apart.

No parser runs here: a word's class comes from `lexicon/words.yml` and from its neighbours. It is right often enough to
say where a finite clause begins, and it costs microseconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_](?:\.[^\W\d_])+\.?|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]|_+")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
RELATIVE_REACH = 14  # words of a relative clause set off by commas, before which its noun's own verb is forgotten
KEPT = 512  # stretches whose words are remembered: several stages read the sentences of the same document
KEPT_WORDS = 20_000  # words whose lists are remembered


class Kind(StrEnum):
    """What a word does in its clause."""

    MARK = "mark"  # punctuation
    MODAL = "modal"
    AUXILIARY = "auxiliary"  # finite be, have, do
    FINITE = "finite"  # another finite verb
    BASE = "base"  # infinitive or imperative
    ING = "ing"
    PARTICIPLE = "participle"
    SUBJECT = "subject"  # pronoun that can be a subject
    CONTRACTED = "contracted"  # "they'll": subject and finite verb in one
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    SUBORDINATOR = "subordinator"
    COORDINATOR = "coordinator"
    ADVERB = "adverb"
    NUMBER = "number"
    NOUN = "noun"  # nouns, adjectives, names and whatever else


FINITE_KINDS = frozenset({Kind.MODAL, Kind.AUXILIARY, Kind.FINITE, Kind.CONTRACTED})
_PHRASE_ENDS = frozenset({Kind.MARK, Kind.COORDINATOR, Kind.SUBORDINATOR})


class Word(NamedTuple):
    """A word or mark of punctuation: its span, its lower-case form with straight apostrophes, its class."""

    start: int
    end: int
    lower: str
    kind: Kind
    capital: bool = False

    @property
    def is_finite(self) -> bool:
        """Whether the word makes its clause a finite one."""
        return self.kind in FINITE_KINDS

    @property
    def span(self) -> Span:
        """Where the word stands in the document's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The word lists of `lexicon/words.yml`, derived forms included."""

    closed: dict[str, Kind]
    contracted: frozenset[str]
    base: frozenset[str]
    past: frozenset[str]  # past and never participle
    participle: frozenset[str]  # participle and never past
    either: frozenset[str]  # past or participle
    third: frozenset[str]  # -s forms
    ing: frozenset[str]
    also_nouns: frozenset[str]
    no_verbs: frozenset[str]
    speech: frozenset[str]  # every form of a verb of speech
    relatives: frozenset[str]
    lemma: dict[str, str]


@cache
def word_classes() -> WordClasses:
    """The word classes, read once."""
    lists = load_lexicon("words")
    forms = _verb_forms(lists)
    closed = _closed(lists)
    nouns = frozenset(lists["also_nouns"])
    return WordClasses(
        closed=closed,
        contracted=frozenset(lists["contracted"]),
        base=frozenset(forms["base"]),
        past=frozenset(forms["past"]) - frozenset(forms["participle"]),
        participle=frozenset(forms["participle"]) - frozenset(forms["past"]),
        either=frozenset(forms["past"]) & frozenset(forms["participle"]),
        third=frozenset(forms["third"]),
        ing=frozenset(forms["ing"]),
        also_nouns=nouns | {_third(noun) for noun in nouns},
        no_verbs=frozenset(lists["no_verbs"]),
        speech=frozenset(form for verb in lists["speech"] for form in verb_forms(verb)),
        relatives=frozenset(lists["relatives"]),
        lemma=forms["lemma"],
    )


def _closed(lists: dict[str, list[str]]) -> dict[str, Kind]:
    """Closed-class words; a later list wins over an earlier one."""
    order = (
        ("adverbs", Kind.ADVERB),
        ("prepositions", Kind.PREPOSITION),
        ("determiners", Kind.DETERMINER),
        ("subordinators", Kind.SUBORDINATOR),
        ("subjects", Kind.SUBJECT),
        ("coordinators", Kind.COORDINATOR),
        ("auxiliaries", Kind.AUXILIARY),
        ("modals", Kind.MODAL),
    )
    return {word: kind for name, kind in order for word in lists[name]}


@cache
def _irregulars() -> dict[str, tuple[str, str]]:
    return _irregular(load_lexicon("words"))


def _irregular(lists: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    rows = (row.split() for row in lists["irregular"])
    return {base: (past, participle) for base, past, participle in rows}


def _verb_forms(lists: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = {name: {} for name in ("base", "past", "participle", "third", "ing", "lemma")}
    irregular = _irregular(lists)
    for base in (*lists["verbs"], *irregular):
        past, participle = irregular.get(base, (_past(base), _past(base)))
        made = {"base": base, "past": past, "participle": participle, "third": _third(base), "ing": _ing(base)}
        for name, form in made.items():
            forms[name][form] = base
            forms["lemma"].setdefault(form, base)
    return forms


def verb_forms(base: str) -> tuple[str, ...]:
    """Base, past, participle, -s and -ing form of a verb, known or regular."""
    past, participle = _irregulars().get(base, (_past(base), _past(base)))
    return base, past, participle, _third(base), _ing(base)


def _doubles(base: str) -> bool:
    """Whether the last consonant doubles ("stop", "commit"): one stressed short vowel before one consonant."""
    stressed = len(base) <= 4 or base.endswith(_STRESSED)
    short = re.search(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$", base) is not None
    return stressed and short and base not in {"open", "offer", "enter", "cover"}


_STRESSED = (
    "mit",
    "fer",
    "pel",
    "cel",
    "cur",
    "gret",
    "ban",
    "bar",
    "quip",
    "top",
    "trol",
    "nul",
    "fil",
    "nap",
    "ebel",
    "mbed",
    "deter",
)


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def _third(base: str) -> str:
    if base in ("have", "be", "do", "go"):
        return {"have": "has", "be": "is", "do": "does", "go": "goes"}[base]
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh)$", base) else "s")


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] if _doubles(base) else "") + "ing"


def lemma(word: str) -> str:
    """The base form of a known verb form, or the word itself."""
    return word_classes().lemma.get(word, word)


@lru_cache(maxsize=KEPT)
def read_words(text: str, span: Span) -> tuple[Word, ...]:
    """The words under `span` in reading order, each with its class; one pass."""
    printed = [(match.span(), _read_form(match.group())) for match in _WORD.finditer(text, span.start, span.end)]
    done: list[Word] = []
    for index, ((start, end), (lower, lasting, opens_large)) in enumerate(printed):
        following = printed[index + 1][1][0] if index + 1 < len(printed) else ""
        kind = lasting or _kind(lower, following, done, opens_large and not _opens(done))
        done.append(Word(start, end, lower, kind, opens_large))
    return tuple(done)


def _opens(before: Sequence[Word]) -> bool:
    """Whether nothing but marks stands before a word, so that its large letter says nothing: "“Withdraw the ..."."""
    return all(word.kind is Kind.MARK for word in before)


@lru_cache(maxsize=KEPT_WORDS)
def _read_form(printed: str) -> tuple[str, Kind | None, bool]:
    """A word's form as it is looked up, its class if it has the same one beside any neighbour, and whether it opens
    large.
    """
    form = printed.translate(_APOSTROPHES)
    lower = form.lower()
    return lower, _lasting_kind(lower), form[0].isupper()


def _lasting_kind(lower: str) -> Kind | None:
    """The class of a word that has the same one beside any neighbour; None where the neighbours decide."""
    classes = word_classes()
    if lower in ("%", "$", "€", "£", "#", "&"):
        return Kind.NUMBER
    if not lower[0].isalnum():
        return Kind.MARK
    if lower[0].isdigit():
        return Kind.NUMBER
    if lower in _SWAYED:
        return None
    closed = _closed_kind(lower)
    if closed is not None:
        return closed
    if "'" in lower and lower.rsplit("'", 1)[1] in classes.contracted:
        return _contraction(lower)
    return Kind.NOUN if lower in classes.no_verbs else None


def _kind(lower: str, following: str, before: Sequence[Word], capital: bool) -> Kind:
    """The class of a word by its neighbours: one of _SWAYED, or one that may be a verb."""
    if lower in _SWAYED:
        kind = _swayed_kind(lower, following, before)
        if kind is not None:
            return kind
    if capital or lower in word_classes().no_verbs:
        return Kind.NOUN
    return _verb_kind(lower, following, before)


def _contraction(lower: str) -> Kind:
    head, tail = lower.rsplit("'", 1)
    if word_classes().closed.get(head) is Kind.MODAL:
        return Kind.MODAL  # "would've"
    pronoun = word_classes().closed.get(head) in (Kind.SUBJECT, Kind.DETERMINER, Kind.SUBORDINATOR)
    if tail == "s" and not pronoun:  # a possessive far more often than "is"
        return Kind.NOUN
    return Kind.CONTRACTED if pronoun else Kind.MODAL if tail in ("ll", "d") else Kind.NOUN


def _closed_kind(lower: str) -> Kind | None:
    kind = word_classes().closed.get(lower)
    if kind is None and lower.endswith("ly") and len(lower) > 4 and lower not in _NOT_ADVERBS:
        return Kind.ADVERB
    return kind


_SWAYED = frozenset({"that", "have", "do", "had", "may", "might", "so"})


def _swayed_kind(lower: str, following: str, before: Sequence[Word]) -> Kind | None:
    """The class of a closed-class word that its neighbours can change."""
    kind = word_classes().closed.get(lower)
    if lower == "that":
        return _that(following, before)
    if kind is Kind.AUXILIARY and lower in ("have", "do", "had") and _follows_modal(before):
        return Kind.BASE
    if lower in ("may", "might") and before and before[-1].kind is Kind.DETERMINER:
        return Kind.NOUN
    if lower == "so" and before and before[-1].kind is not Kind.MARK:
        return Kind.ADVERB
    return kind


_NOT_ADVERBS = frozenset(
    {"supply", "family", "assembly", "monopoly", "anomaly", "friendly", "deadly", "elderly", "reply", "apply", "imply"}
    | {"italy", "rally", "bully", "belly", "early", "daily", "silly", "kelly", "emily", "sally", "multiply", "comply"}
)


def _that(following: str, before: Sequence[Word]) -> Kind:
    """Before a verb "that" is a subject or a relative, after a verb it opens a clause, else it points."""
    if word_classes().closed.get(following) in (Kind.MODAL, Kind.AUXILIARY):
        return Kind.SUBJECT if not before or before[-1].kind in _PHRASE_ENDS else Kind.SUBORDINATOR
    return Kind.SUBORDINATOR if before and before[-1].kind is not Kind.MARK else Kind.DETERMINER


def _follows_modal(before: Sequence[Word]) -> bool:
    last = _last_real(before)
    return last is not None and (last.lower == "to" or last.kind is Kind.MODAL)


def _last_real(before: Sequence[Word]) -> Word | None:
    """The last word that is no adverb, at most three words back."""
    for word in reversed(before[-3:]):
        if word.kind is not Kind.ADVERB:
            return word
    return None


def _verb_kind(lower: str, following: str, before: Sequence[Word]) -> Kind:
    classes = word_classes()
    last = _last_real(before)
    if not _may_be_verb(lower):
        return Kind.BASE if last is not None and last.kind is Kind.MODAL else Kind.NOUN
    if lower in classes.ing or (lower.endswith("ing") and len(lower) > 4 and lower not in _NOT_ING):
        return Kind.ING
    if last is not None and last.kind is Kind.MODAL and lower not in classes.participle:
        return Kind.BASE
    if lower in classes.past and lower not in classes.base and lower not in classes.also_nouns:
        return Kind.FINITE
    if lower in classes.participle and lower not in classes.base:
        return Kind.PARTICIPLE
    if _is_bare(lower, last):
        return Kind.BASE
    if (lower in classes.base or lower in classes.either) and _closes_relative(before):
        return Kind.FINITE
    if lower in classes.either and lower in classes.base and _may_command(last) and _takes_object(following):
        return Kind.BASE  # "cut our pay and we leave": the same in every tense
    if lower in classes.either or (lower.endswith("ed") and len(lower) > 4):
        return _past_or_participle(lower, following, last)
    if lower in classes.third:
        return _third_or_noun(lower, following, last)
    if lower in classes.base:
        return _base_or_noun(lower, following, last)
    return Kind.NOUN


@lru_cache(maxsize=KEPT_WORDS)
def _may_be_verb(lower: str) -> bool:
    """Whether a word is a known verb form or ends as one."""
    classes = word_classes()
    forms = (classes.ing, classes.past, classes.participle, classes.base, classes.either, classes.third)
    return lower.endswith(("ing", "ed")) or any(lower in known for known in forms)


def _closes_relative(before: Sequence[Word]) -> bool:
    """Whether a comma right before ends a relative clause that another comma began ("the rebels, who hold it, ...")."""
    if not before or before[-1].lower != ",":
        return False
    near = before[-RELATIVE_REACH:]
    return any(word.lower in ("who", "which") and other.lower == "," for other, word in pairwise(near))


_NOT_ING = frozenset(
    {"thing", "bring", "spring", "string", "evening", "morning", "ceiling", "during", "wedding", "building", "sibling"}
)


def _is_bare(lower: str, last: Word | None) -> bool:
    """Whether a base form follows a modal, "do" or "to"."""
    if lower not in word_classes().base or last is None:
        return False
    return (
        last.lower == "to"
        or last.kind is Kind.MODAL
        or last.lower in ("do", "does", "did", "don't", "doesn't", "didn't", "let")
    )


def _may_command(last: Word | None) -> bool:
    """Whether a clause, and so a command, can begin behind the last word: nothing, a quotation mark or a colon."""
    return last is None or last.lower in _COMMAND_OPENS


_COMMAND_OPENS = frozenset({":", '"', "“", "‘", "'"})


def _past_or_participle(lower: str, following: str, last: Word | None) -> Kind:
    if last is None or last.kind in (Kind.AUXILIARY, Kind.CONTRACTED, Kind.DETERMINER, Kind.PREPOSITION):
        return Kind.PARTICIPLE
    if last.lower in ("be", "been", "being", "having", "have", "get", "got", "not"):
        return Kind.PARTICIPLE
    if last.kind in (Kind.SUBJECT,) or last.lower in ("who", "which", "that"):
        return Kind.FINITE
    if lower in word_classes().speech and last.kind is Kind.MARK and following not in ("by", "as"):
        return Kind.FINITE
    if following in ("by", "as") or last.kind in (Kind.MARK, Kind.MODAL):
        return Kind.PARTICIPLE
    if last.kind is Kind.ING and following not in ("by", "in", "to", "as"):  # "if the shelling stopped"
        return Kind.FINITE
    if last.kind is Kind.NOUN and lower in word_classes().speech:
        return Kind.FINITE
    if last.kind is Kind.NOUN and lower not in word_classes().also_nouns:
        return (
            Kind.FINITE
            if following not in ("in", "on", "from", "at", "for", "with") or last.capital
            else Kind.PARTICIPLE
        )
    return Kind.PARTICIPLE


def _third_or_noun(lower: str, following: str, last: Word | None) -> Kind:
    if last is None or last.kind in (Kind.DETERMINER, Kind.PREPOSITION, Kind.NUMBER, Kind.AUXILIARY, Kind.MODAL):
        return Kind.NOUN
    if lower not in word_classes().also_nouns:
        return Kind.FINITE
    if last.kind in (Kind.SUBJECT,) or last.lower in ("who", "which", "that"):
        return Kind.FINITE
    opens = word_classes().closed.get(following)
    object_follows = opens in (Kind.DETERMINER, Kind.SUBJECT, Kind.SUBORDINATOR) or following in ("to", "that", "not")
    return Kind.FINITE if last.kind is Kind.NOUN and object_follows else Kind.NOUN


def _base_or_noun(lower: str, following: str, last: Word | None) -> Kind:
    ambiguous = lower in word_classes().also_nouns
    if last is None or last.kind in (Kind.MARK, Kind.COORDINATOR, Kind.SUBORDINATOR):
        return Kind.BASE if not ambiguous or _takes_object(following) else Kind.NOUN
    if last.kind is Kind.SUBJECT and last.lower not in ("it", "he", "she", "this", "that", "one", "each"):
        return Kind.FINITE
    if last.lower == "please":
        return Kind.BASE
    if ambiguous:
        return Kind.NOUN
    if last.kind is Kind.NOUN:
        return (
            Kind.FINITE
            if last.lower.endswith("s") or last.lower in ("people", "men", "women", "children")
            else Kind.BASE
        )
    return Kind.BASE if last.kind in (Kind.BASE, Kind.ADVERB) else Kind.NOUN


def _takes_object(following: str) -> bool:
    kind = word_classes().closed.get(following)
    return kind in (Kind.DETERMINER, Kind.SUBJECT) or following in (
        "him",
        "her",
        "them",
        "us",
        "me",
        "sure",
        "up",
        "out",
        "off",
    )
