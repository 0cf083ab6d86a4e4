"""Which terms a document uses for things that others name differently, in whose voice, and held at a distance or not.

Words only: no term is better than another, and nothing is scored but whether the term was read rightly.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotation.naming import find_names, in_small_letters
from onrecord.annotation.quotation import quoted_regions
from onrecord.annotation.words import Kind, Word, read_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of
from onrecord.lexicon.vocabulary import demonyms, known_names
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Attribution, Directness, WordingUse
from onrecord.records.spans import Span, contains, cover, overlaps

PRODUCED_BY = "wordings/1"
SCARE_QUOTES, SO_CALLED = "scare_quotes", "so_called"
CALLED_SO = "called_so"  # the text says whose name it is: "the council calls the move a return"
VERB = "attribution_verb"  # the thing of a verb that hands over words; its attribution is the one it introduces

_LONGEST_SCARE = 4  # words between quotation marks that can be scare quotes; more is a quotation
_LOOK = 40  # characters before or behind a term in which what is beside it is sought
_LISTED, _QUOTED, _TOLD = 0.9, 0.7, 0.8  # scores: a listed term; a term known only by its quotation marks; a cue

# Short quotations on one line, in curly or straight marks; a straight single mark needs a space or bracket outside.
_SHORT_QUOTE = re.compile(
    r"“([^“”\n]{1,60})[”\"]|\"([^\"“”\n]{1,60})[\"”]|‘([^‘’\n]{1,60})’(?!\w)|(?<![\w'])'([^'\n]{1,60})'(?![\w'])"
)


@dataclass(frozen=True, slots=True)
class _Term:
    span: Span
    thing: str
    score: float


def find_wordings(
    document: Document,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    actors: Sequence[Actor] = (),
    mentions: Sequence[Mention] = (),
) -> tuple[WordingUse, ...]:
    """Every use of a listed term, every other term held at a distance, every verb of attribution.

    A term inside someone's words carries the id of the innermost attribution; a term of the outlet's own voice none,
    and none a spelling ("Kiev", "Kyiv"), which is the outlet's whoever speaks, or a "so-called" in a paraphrase. A verb
    (thing `attribution_verb`) carries the attribution that it introduces. Governments are compared by the state that is
    named right beside the term; a plain "the government" without one is left out.
    """
    text = document.text
    quotes = tuple(_short_quotes(text))
    voices = _Voices(text, attributions)
    states = _States(actors, mentions)
    listed = [
        term
        for sentence in sentences
        for found in _listed_terms(text, sentence)
        if not _is_in_name(document, found, mentions) and (term := states.settle(text, found)) is not None
    ]
    taken = sorted(term.span for term in listed)
    free = [term for term in _distanced_terms(text, sentences, quotes, voices) if not _touches(term.span, taken)]
    uses = [
        _use(text, term, voices, quotes)
        for term in sorted((*listed, *free), key=lambda term: term.span)
        if not _in_furniture(document, term.span)
    ]
    held = sorted((*taken, *(term.span for term in free)))
    uses += [
        WordingUse(
            "",
            each.span,
            each.thing,
            in_small_letters(text, each.span),
            each.attribution,
            CALLED_SO,
            _QUOTED,
            PRODUCED_BY,
            each.quoted,
        )
        for each in find_names(text, attributions)
        if not _touches(each.span, held) and not _in_furniture(document, each.span)
    ]
    uses += [
        WordingUse("", each.cue[0], VERB, _term(text, each.cue[0], VERB), each.id, None, _TOLD, PRODUCED_BY)
        for each in attributions
        if _is_verb(text, each)
    ]
    ordered = sorted(uses, key=lambda use: (use.span, use.thing))
    return tuple(replace(use, id=f"w{number}") for number, use in enumerate(ordered, 1))


def _use(text: str, term: _Term, voices: "_Voices", quotes: Sequence[Span]) -> WordingUse:
    """The use of a term, in whose voice, and whether it is the source's own word."""
    distanced = _distance(text, term.span, quotes)
    name = term.thing in load_lexicon("wordings")["names"]
    voice = None if name else voices.of(term.span)
    before = text[max(0, term.span.start - 2 * _LOOK) : term.span.start]
    quoted = voice is not None and (_what_called().search(before) is not None or voices.prints(term.span, voice))
    if distanced == SO_CALLED and not quoted:
        voice = None  # whoever reports keeps the distance
    printed = _term(text, term.span, term.thing)
    return WordingUse("", term.span, term.thing, printed, voice, distanced, term.score, PRODUCED_BY, quoted)


_SPACES = re.compile(r"\s+")


def _printed(text: str, span: Span) -> str:
    """The words one space apart, in lower case."""
    return _SPACES.sub(" ", text[span.start : span.end]).lower().replace("’", "'")


def _term(text: str, span: Span, thing: str) -> str:
    if thing in load_lexicon("wordings")["names"]:
        return _SPACES.sub(" ", text[span.start : span.end])  # a spelling, with its capitals
    printed = _printed(text, span)
    if thing == VERB:
        return verb_of(text, span)
    listed = thing.partition(" of ")[0] in load_lexicon("wordings")["things"]
    return _leading().get(printed, (thing, printed))[1] if listed else in_small_letters(text, span)


def verb_of(text: str, span: Span) -> str:
    """The verb of a cue without when, where, how and to whom it was said: "said" of "also said in a post".

    What belongs to the verb stays: "called for", "has not ruled out", "went on to say".
    """
    kept = [word for word in read_words(text, span) if word.kind is not Kind.MARK and not _is_beside_verb(word)]
    words = [word.lower for word in kept] or _printed(text, span).split()
    if "to" in words[1:]:
        return " ".join(words)  # "went on to say"
    said = next((at + 1 for at, word in enumerate(words) if word in _saying()), len(words))
    behind = next((at for at, word in enumerate(words) if at and word in _circumstances()), len(words))
    last_word = behind == len(words) - 1 and words[behind - 1] not in _saying()
    return " ".join(words[:said] if last_word else words[: min(said, behind)])


def _is_beside_verb(word: Word) -> bool:
    return word.kind is Kind.ADVERB and word.lower not in _NEGATING


_NEGATING = frozenset({"not", "never", "no", "n't"})


@cache
def _circumstances() -> frozenset[str]:
    return frozenset(load_lexicon("wordings")["circumstances"])


@cache
def _saying() -> frozenset[str]:
    return frozenset(load_lexicon("wordings")["saying"])


def _is_in_name(document: Document, term: _Term, mentions: Sequence[Mention]) -> bool:
    """Whether a term in capitals only belongs to a name or title: "the Liberation Front", "War Minister Bek"."""
    text, span = document.text, term.span
    if not text[span.start].isupper() or term.thing in load_lexicon("wordings")["names"]:
        return False
    named = (each.span for each in mentions if each.kind is MentionKind.NAME)
    if any(contains(each, span) and each != span for each in named):
        return True
    titled = any(part.kind in _TITLED and contains(part.span, span) for part in document.parts)
    return not titled and re.match(r"[\s\u00a0][A-Z]", text[span.end : span.end + 2]) is not None


_TITLED = (PartKind.HEADLINE, PartKind.HEADING)  # there every word may be capitalised


def _in_furniture(document: Document, span: Span) -> bool:
    return any(part.kind is PartKind.FURNITURE and contains(part.span, span) for part in document.parts)


class _Voices:
    """Whose words a span stands in: the contents of all attributions, the smallest first."""

    def __init__(self, text: str, attributions: Sequence[Attribution]) -> None:
        self._regions = quoted_regions(text)
        self._verbatim = {
            each.id for each in attributions if each.directness in (Directness.DIRECT, Directness.UNMARKED)
        }
        pieces = [(piece, each.id) for each in attributions for piece in each.content]
        self._pieces = sorted(pieces, key=lambda held: held[0].end - held[0].start)

    def of(self, span: Span) -> str | None:
        """The id of the innermost attribution whose words hold the span; None for the outlet's own voice."""
        return next((held for piece, held in self._pieces if contains(piece, span)), None)

    def prints(self, span: Span, attribution: str) -> bool:
        """Whether a span inside an attribution is printed as its source's own words."""
        return attribution in self._verbatim or any(contains(region, span) for region in self._regions)


class _States:
    """Whose government a term names: the state whose name or people's name stands right beside it."""

    def __init__(self, actors: Sequence[Actor], mentions: Sequence[Mention]) -> None:
        states = {each.country: each.name for each in reversed(actors) if each.type is ActorType.STATE and each.country}
        self._states = states
        named = {each.id: states.get(each.country or "", each.name) for each in actors if each.type in _STATELY}
        known = sorted((each.span, named[each.actor]) for each in mentions if each.actor in named)
        self._ends = {span.end: name for span, name in known}
        self._starts = {span.start: name for span, name in known}

    def settle(self, text: str, term: _Term) -> _Term | None:
        """The term as one for that state's own; None where a plain one has no state. Other things stay as they are."""
        if term.thing not in load_lexicon("wordings")["by_state"]:
            return term
        before = text[max(0, term.span.start - _LOOK) : term.span.start]
        start = term.span.start - (len(before) - len(before.rstrip()))
        owner = re.compile(r"['’]s?\Z").search(text, max(0, start - 2), start)
        behind = _OF_STATE.match(text, term.span.end)
        name = self._ends.get(owner.start() if owner else start) or self._ends.get(start)
        name = name or (self._starts.get(behind.end()) if behind else None) or self._of_people(text, start)
        if name:
            return replace(term, thing=f"{term.thing} of {name}")
        return None if _singular(_printed(text, term.span)) == term.thing else term

    def _of_people(self, text: str, end: int) -> str | None:
        """The state of the people's name that ends here: "the Vadian", where the document names the state."""
        people = text[max(0, end - _LOOK) : end].split()[-1:]
        return self._states.get(demonyms().get(people[0].lower(), "")) if people else None


_STATELY = (ActorType.STATE, ActorType.PLACE)
_OF_STATE = re.compile(r"\s+of\s+(?:the\s+)?")

# Listed terms


@dataclass(frozen=True, slots=True)
class _Beside:
    """Words that make a term another thing where they stand right before or behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


_NEVER = re.compile(r"(?!)")


def _listed_terms(text: str, sentence: Span) -> Iterator[_Term]:
    for match in _pattern().finditer(text, *sentence):
        printed = match.group()
        thing = _names().get(printed) or _things().get(_singular(printed.lower()))
        if thing is not None and not _is_another_thing(text, match, thing):
            yield _Term(Span(*match.span()), thing, _LISTED)
    for match in _before_states().finditer(text, *sentence):
        yield _Term(Span(*match.span(1)), _leading()[_printed(text, Span(*match.span(1)))][0], _LISTED)


@cache
def _before_states() -> re.Pattern[str]:
    """Terms that mean their thing only before a state's name: "joining Orlia", but not "joining the talks"."""
    states = (name for name, kind in known_names().items() if kind is ActorType.STATE)
    terms, named = any_of(map(_spaced, _leading())), any_of(map(_spaced, states))
    return re.compile(rf"(?<![\w-])((?i:{terms}))\s+(?:the\s+)?(?:{named})(?![\w-])")


@cache
def _leading() -> Mapping[str, tuple[str, str]]:
    """Those terms as printed, with their thing and the form under which they are compared."""
    groups = load_lexicon("wordings")["things"].items()
    return {
        form: (thing, term)
        for thing, group in groups
        for term, forms in group.get("before_state", {}).items()
        for form in (term, *forms)
    }


@cache
def _pattern() -> re.Pattern[str]:
    plurals = (term + "s" for term in _things() if not term.endswith("s"))
    terms, named = any_of(map(_spaced, (*_things(), *plurals))), any_of(map(_spaced, _names()))
    return re.compile(rf"(?<![\w-])(?:{named}|(?i:{terms}))(?![\w-])")


def _spaced(term: str) -> str:
    return re.escape(term).replace(r"\ ", r"\s+").replace("'", "['’]")


@cache
def _names() -> Mapping[str, str]:
    groups = load_lexicon("wordings")["names"]
    return {name: thing for thing, names in groups.items() for name in names}


@cache
def _things() -> Mapping[str, str]:
    groups = load_lexicon("wordings")["things"]
    return {term: thing for thing, group in groups.items() for term in group["terms"]}


def _singular(term: str) -> str:
    plain = re.sub(r"\s+", " ", term).replace("’", "'")
    return plain if plain in _things() else plain.removesuffix("s")


def _one_of(term: str) -> str:
    """The thing that a term of no list names: "red lines" and "a red line" are one, "press" is no plural."""
    return term if term.endswith(("ss", "us", "is")) else term.removesuffix("s")


@cache
def _beside(thing: str) -> _Beside:
    group = load_lexicon("wordings")["things"].get(thing, {})
    return _Beside(
        _any_of(group.get("not_after", ()), r"(?<![\w-])(?:{})[\s-]+\Z"),
        _any_of(group.get("not_before", ()), r"[\s-]+(?:{})\b"),
    )


def _any_of(words: Sequence[str], pattern: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(pattern.format(joined), re.IGNORECASE) if words else _NEVER


def _is_another_thing(text: str, match: re.Match[str], thing: str) -> bool:
    beside = _beside(thing)
    before = text[max(0, match.start() - _LOOK) : match.start()]
    if thing == "vote" and _is_tally(before):
        return True  # "519 votes"
    return bool(beside.before.search(before) or beside.behind.match(text, match.end(), match.end() + _LOOK))


def _is_tally(before: str) -> bool:
    """Whether what stands before counts votes: "519 votes", "48.2 of the votes"."""
    words = re.sub(r"\s+of\s+(?:the|its|their)\s*\Z", "", before).split()[-1:]
    return bool(words) and (words[0][-1].isdigit() or words[0].lower() in load_lexicon("figures")["numbers"])


# Distance


def _short_quotes(text: str) -> Iterator[Span]:
    """What stands between marks, marks left out, where it is short enough for scare quotes."""
    for match in _SHORT_QUOTE.finditer(text):
        group = next(number for number in range(1, 5) if match.group(number) is not None)
        words = match.group(group).split()
        if 0 < len(words) <= _LONGEST_SCARE and not re.search(r"[.!?;:]\s", match.group(group)):
            yield Span(*match.span(group))


def _distance(text: str, span: Span, quotes: Sequence[Span]) -> str | None:
    """Whether the term stands in scare quotes or behind "so-called" or "what X calls"."""
    before = text[max(0, span.start - 2 * _LOOK) : span.start]
    index = bisect_right(quotes, span.start, key=lambda quote: quote.start) - 1
    if index >= 0 and contains(quotes[index], span):
        return SO_CALLED if _SO_CALLED_QUOTE.search(before) else SCARE_QUOTES
    return SO_CALLED if _so_called().search(before) else None


_SO_CALLED_QUOTE = re.compile(r"\b(?:so-called|so called|self-styled|self-proclaimed)\s[“\"‘']\Z", re.IGNORECASE)


@cache
def _so_called() -> re.Pattern[str]:
    """The words of distance right before a term, with at most two words of its phrase between."""
    words = "|".join(_spaced(word) for word in load_lexicon("wordings")["distancing"])
    return re.compile(rf"(?<![\w-])(?:{words}|{_CALLS})\s+{_UP_TO}", re.IGNORECASE)


@cache
def _what_called() -> re.Pattern[str]:
    """The same for "what the ministry calls", by which the term is the ministry's."""
    return re.compile(rf"(?<![\w-]){_CALLS}\s+{_UP_TO}", re.IGNORECASE)


_CALLS = r"what\s+(?:[\w’'.-]+\s+){1,5}?(?:call|calls|called|terms|termed|describes\s+as|described\s+as|dubbed|dubs)"
_UP_TO = r"(?:an?\s+|the\s+)?[“\"‘']?(?:(?!(?:on|of|for|in|to)\b)[\w’'-]+\s+){0,2}\Z"


def _distanced_terms(text: str, sentences: Sequence[Span], quotes: Sequence[Span], voices: _Voices) -> Iterator[_Term]:
    """Terms of no list that stand in scare quotes of the outlet's own or behind "so-called"; the thing is the term."""
    for quote in quotes:
        told = _TOLD_TO.search(text, max(0, quote.start - 3 * _LOOK), quote.start - 1) is not None
        so_called = _SO_CALLED_QUOTE.search(text, max(0, quote.start - _LOOK), quote.start) is not None
        if (
            (voices.of(quote) is None or so_called)
            and not told
            and text[quote.end - 1] not in ".!?,;:"
            and _is_phrase(text, quote)
        ):
            yield _Term(quote, _one_of(in_small_letters(text, quote)), _QUOTED)
    for sentence in sentences:
        for match in _so_called_phrase().finditer(text, *sentence):
            phrase = _phrase_behind(text, match.end(), sentence.end)
            if phrase is not None and not _touches(phrase, quotes):
                yield _Term(phrase, _one_of(in_small_letters(text, phrase)), _QUOTED)


# What somebody was told to do is quoted of who told them: "told the crew to “sling its hook”".
_TOLD_TO = re.compile(
    r"\b(?:told|tells?|urged?|urges|ordered|warned|advised|asked)\s(?:[\w’'-]+\s){1,5}to\s\Z|"
    r"\b(?:said|alleged|claimed|insisted|charged|wrote|argued)\b[^.;“”\"\n]{0,50}\sthat\s(?:[\w’'-]+\s){1,4}\Z|"
    r"(?<!\bwhat\s)\b(?:who|which|he|she|they|it)\s(?:has\s|have\s|had\s)?(?:calls?|called|dubbed|branded|labelled|termed|describes?|described)\b"
    r"[^.;“”\"\n]{0,50}\Z|\baccus(?:ed|es|ing)\b[^.;“”\"\n]{0,50}\sof\s\Z"
)


@cache
def _so_called_phrase() -> re.Pattern[str]:
    return re.compile(r"\b(?:so-called|so called|self-styled|self-proclaimed)\s+(?=[^\W\d_])", re.IGNORECASE)


def _is_phrase(text: str, span: Span) -> bool:
    """Whether the quoted words are a name for a thing: they end in a noun and hold no finite verb or pronoun."""
    if _printed(text, span) in load_lexicon("wordings")["quoted_otherwise"]:
        return False
    words = read_words(text, span)
    named = all(word.capital for word in words if word.kind is Kind.NOUN)  # the title of something
    told = any(word.is_finite or word.kind in (Kind.SUBJECT, Kind.BASE) for word in words)
    short = span.end - span.start < 3
    return (
        bool(words)
        and not short
        and not told
        and not named
        and words[-1].kind is Kind.NOUN
        and words[0].kind is not Kind.PREPOSITION  # “for translation” names nothing
        and words[0].lower[0].isalpha()
    )


def _phrase_behind(text: str, start: int, end: int) -> Span | None:
    """The noun phrase behind "so-called": up to three nouns, the marks around them left out."""
    run: list[Word] = []
    for word in read_words(text, Span(start, min(end, start + 2 * _LOOK))):
        if word.kind is not Kind.NOUN or len(run) == _LONGEST_SCARE - 1:
            break
        run.append(word)
    return cover(word.span for word in run) if run else None


def _touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span shares a character with one of the others, which are in order and do not overlap."""
    index = bisect_right(others, span.start, key=lambda other: other.start)
    return any(overlaps(span, other) for other in others[max(0, index - 1) : index + 1])


# Verbs of attribution


def _is_verb(text: str, attribution: Attribution) -> bool:
    """Whether the cue is one piece of words: "said", "claims", "according to"; a colon is none."""
    return len(attribution.cue) == 1 and re.search(r"[^\W\d_]", _printed(text, attribution.cue[0])) is not None
