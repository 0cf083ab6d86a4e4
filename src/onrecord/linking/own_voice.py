"""Official statements: a text that somebody issues has no outlet between, so that its own words are the issuer's.

What shows it is the heading: "Statement by the Minister of Fisheries", "Press release no. 4" under a ministry's name,
"To the members and to the press" under a union's. Whose it is stands in the heading or in the signature. Only what the
text says of "us", or announces, is taken for the issuer's words; the rest is as it was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.knowledge import entry_key
from onrecord.linking.names import fold
from onrecord.linking.phrases import without_leading_rank
from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind, Office
from onrecord.records.documents import Document, Part, PartKind
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.spans import Span, contains, overlaps

PRODUCER = "rule:own_statement"
FLAG = "own_statement"
SCORE = 0.7
LONGEST = 12  # words of a line above the text that is a name and no sentence
ISSUING = (ActorType.STATE, ActorType.BODY, ActorType.PERSON, ActorType.GROUP)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|us)\b")
_MARKS = re.compile(r"[\"“”„«»]")
_SIGNATURE = re.compile(
    r"(?P<name>[^\W\d_a-z]\S*(?:\s[^\W\d_a-z]\S*){1,3}),\s(?:the\s)?(?P<title>[A-Za-z][A-Za-z\s-]{2,40})"
)

Found = tuple[tuple[Attribution, ...], tuple[Actor, ...]]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose statement a text is. actor: None where only a role is printed. side: the state or body spoken for."""

    actor: str | None
    name: str
    side: str | None
    why: str


def hear_own_voice(
    document: Document,
    sentences: Sequence[Span],
    attributions: tuple[Attribution, ...],
    mentions: Sequence[Mention],
    actors: tuple[Actor, ...],
) -> Found:
    """The attributions with those that a statement makes in its own voice, and the actors with whoever signed it."""
    heading = _heading(document)
    if heading is None:
        return attributions, actors
    added, issuer = _issuer(document, heading, mentions, actors)
    if issuer is None:
        return attributions, actors
    speaker = Speaker(
        issuer.actor, issuer.name, LinkBasis.ROLE if issuer.actor else LinkBasis.NONE, SCORE, issuer.why, issuer.side
    )
    text = document.text
    told = [each for each in attributions if each.source or each.directness is not Directness.INDIRECT]
    linked = tuple(replace(e, speaker=speaker) if _speaks_as_issuer(text, e, issuer) else e for e in told)
    own = _own_words(document, sentences, told)  # "any such station will be considered a breach": by the issuer
    first = len(attributions) + 1
    formed = (_form(number, span, speaker) for number, span in enumerate(own, first))
    return tuple(sorted((*linked, *formed), key=_start)), (*actors, *added)


def _start(attribution: Attribution) -> int:
    return min(span.start for span in (*attribution.source, *attribution.cue, *attribution.content))


def _form(number: int, content: Span, speaker: Speaker) -> Attribution:
    return Attribution(
        f"s{number}",
        (),
        (),
        (content,),
        Directness.UNMARKED,
        speaker,
        Act.OTHER,
        None,
        None,
        SCORE,
        PRODUCER,
        flags=(FLAG,),
    )


# the heading


def _heading(document: Document) -> Span | None:
    """The line above the text that says that it is a statement."""
    for part in _above(document):
        line = document.text[part.span.start : part.span.end].strip()
        if any(pattern.match(line) for pattern in _headings()):
            return part.span
    return None


def _above(document: Document) -> Iterator[Part]:
    """The lines above the text, in order."""
    for part in document.parts:
        if part.kind is PartKind.BODY:
            return
        yield part


@cache
def _headings() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in load_lexicon("own_voice")["headings"])


# whose it is


def _issuer(
    document: Document, heading: Span, mentions: Sequence[Mention], actors: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], Issuer | None]:
    """Actors to be added, and the issuer: who signed, else whom the heading names, else a line above or below it."""
    named = _named_above(document, mentions, actors)
    new: tuple[Actor, ...] = ()
    body = _new_actor(named, ActorType.BODY, actors) if isinstance(named, str) else named
    if isinstance(named, str) and body is not None:
        new = (body,)
    signed = _signature(document)
    if signed is not None:
        person = next((a for a in actors if fold(a.name) == fold(signed[0])), None)
        if person is None:
            made = _new_actor(signed[0], ActorType.PERSON, (*actors, *new))
            office = (Office(signed[1], body.name if body is not None else None),) if signed[1] else ()
            person = replace(made, offices=office)
            new = (*new, person)
        state = _state_of(document, body, mentions, actors) if body is not None else None
        side = state or (body.id if body is not None else None)
        return new, Issuer(person.id, person.name, side, f"signed by {person.name}")
    if body is not None:
        side = _state_of(document, body, mentions, actors)
        return new, Issuer(body.id, body.name, side, f"a statement of {body.name}")
    role = re.search(r"\b(?:by|of|from|on behalf of)\s((?:the\s)?.{3,60}?)(?:\son\s|$)", _words(document, heading))
    if role is None:
        return (), None
    name = role.group(1).strip(" .:")
    return (), Issuer(None, name, _own_state(document, mentions, actors), f"a statement of {name}")


def _words(document: Document, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].split())


def _named_above(document: Document, mentions: Sequence[Mention], actors: tuple[Actor, ...]) -> Actor | str | None:
    """The first person or body that a line above the text names, as printed where it is no actor; else the state."""
    by_id = {actor.id: actor for actor in actors}
    states: list[Actor] = []
    for part in _above(document):
        words = fold(_words(document, part.span))
        starts = [m for m in mentions if m.kind is MentionKind.NAME and contains(part.span, m.span)]
        inside = [by_id[m.actor] for m in starts if m.actor in by_id]
        named = [actor for actor in inside if actor.type in ISSUING and _is_whole_line(document, part.span, actor)]
        named += [a for a in actors if a.type in ISSUING and words in {fold(form) for form in (a.name, *a.printed)}]
        states += [actor for actor in named if actor.type is ActorType.STATE]
        issuing = [actor for actor in named if actor.type is not ActorType.STATE]
        if issuing:
            return issuing[0]
        printed = _printed_above(document, part) if not named else None
        if printed is not None:
            return next((a for a in actors if a.type in ISSUING and fold(a.name) == fold(printed)), printed)
    return states[0] if states else None


def _is_whole_line(document: Document, line: Span, actor: Actor) -> bool:
    """Whether a line is an actor's name, or names the actor as the one who states ("Statement by Ana Rhee")."""
    words = fold(_words(document, line))
    forms = {fold(form) for form in (actor.name, *actor.printed)}
    return any(
        re.search(rf"(?:^|\b(?:by|of|from)\s(?:the\s)?(?:[\w-]+\s){{0,3}}){re.escape(form)}$", words) for form in forms
    )


def _printed_above(document: Document, part: Part) -> str | None:
    """What a line above the text calls a body by its words: "Bekland Dockers' Union"."""
    words = _words(document, part.span)
    capital = [word for word in words.split() if word[0].isupper()]
    body = {fold(word) for word in words.split()} & set(load_lexicon("own_voice")["named_by"])
    titled = any(pattern.match(words) for pattern in _headings())
    if (
        not body
        or titled
        or words.startswith(("A ", "An "))
        or len(words.split()) > LONGEST
        or 2 * len(capital) <= len(words.split())
    ):
        return None
    name = re.split(r"\s[–—-]\s", words)[0]
    shouted = name.isupper() and " " in name
    return name.title().replace(" Of ", " of ").replace(" The ", " the ") if shouted else name


def _signature(document: Document) -> tuple[str, str] | None:
    """Name and title of whoever signs below the text."""
    last = max((number for number, part in enumerate(document.parts) if part.kind is PartKind.BODY), default=-1)
    lines = [_words(document, part.span).rstrip(".") for part in document.parts[max(0, last - 1) :]]
    below = [f"{name}, {title}" for name, title in pairwise(lines)]  # the title on a line of its own
    for words in (*lines, *below):
        found = _SIGNATURE.fullmatch(words)
        title = found["title"] if found is not None else ""
        if found is not None and title.split()[-1].casefold() in load_vocabulary().roles | _leading():
            return without_leading_rank(found["name"]), title
    return None


@cache
def _leading() -> frozenset[str]:
    """Last words of the titles of those who decide for a body."""
    return frozenset(title.split()[-1] for title in load_lexicon("heads")["leading"])


def _new_actor(name: str, kind: ActorType, actors: Sequence[Actor]) -> Actor:
    number = 1 + max((int(actor.id[1:]) for actor in actors), default=0)
    return Actor(
        f"a{number}", name, kind, entry_key(name, kind, None), printed=(name,), score=SCORE, produced_by=PRODUCER
    )


def _state_of(document: Document, body: Actor, mentions: Sequence[Mention], actors: tuple[Actor, ...]) -> str | None:
    """The state whose body states something: the one it is of, where the text says so, else its own."""
    if body.type is ActorType.STATE:
        return None
    if set(fold(body.name).split()) & {"ministry", "government", "presidency", "cabinet", "embassy", "office"}:
        return _state_above(document, actors) or _own_state(document, mentions, actors)
    return None


def _state_above(document: Document, actors: tuple[Actor, ...]) -> str | None:
    """The state that the lines above the text name with its body, where they name one."""
    lines = [fold(_words(document, part.span)) for part in _above(document)]
    above = " ".join(line for line in lines if set(line.split()) & set(load_lexicon("own_voice")["named_by"]))
    states = [actor for actor in actors if actor.type is ActorType.STATE and f" {fold(actor.name)} " in f" {above} "]
    return states[0].id if len(states) == 1 else None


def _own_state(document: Document, mentions: Sequence[Mention], actors: tuple[Actor, ...]) -> str | None:
    """The state that the text speaks for: of "the Government of Bekland", "the Ministry of Works of Bekland"."""
    by_id = {actor.id: actor for actor in actors}
    for mention in mentions:
        state = by_id.get(mention.actor or "")
        if state is None:
            continue
        before = document.text[max(0, mention.span.start - 80) : mention.span.start]
        own = rf"\b(?:{'|'.join(_owning())})(?:\sof\s[A-Z][\w\s]{{2,40}}?)?\sof\s(?:the\s)?$"
        if state.type is ActorType.STATE and re.search(own, before, re.IGNORECASE):
            return state.id
        named = fold(document.text[mention.span.start : mention.span.end])
        if state.type is ActorType.STATE and named.startswith(("government of ", "cabinet of ")):
            return state.id
        if state.type is ActorType.BODY and any(named.startswith(f"{word} of ") for word in ("government", "cabinet")):
            inner = next((a for a in actors if a.type is ActorType.STATE and named.endswith(f" {fold(a.name)}")), None)
            if inner is not None:
                return inner.id
    return None


def _owning() -> tuple[str, ...]:
    return ("government", "ministry", "minister", "president", "cabinet", "presidency")


# its own words


def _own_words(document: Document, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> Iterator[Span]:
    """Sentences of the text that speak of "us", or announce, and are nobody's words yet."""
    bodies = [part.span for part in document.parts if part.kind is PartKind.BODY]
    taken = [span for each in attributions for span in (*each.source, *each.cue, *each.content)]
    for sentence in sentences:
        words = document.text[sentence.start : sentence.end]
        free = not any(overlaps(sentence, span) for span in taken) and _MARKS.search(words) is None
        if free and any(contains(body, sentence) for body in bodies) and _is_own(words):
            yield sentence


def _is_own(words: str) -> bool:
    announced = set(words.casefold().split()) & set(load_lexicon("own_voice")["announcing"])
    return bool(_FIRST_PERSON.search(words) or announced)


def _speaks_as_issuer(text: str, attribution: Attribution, issuer: Issuer) -> bool:
    """Whether words are handed to "we", or to "the Minister" of a statement that is one's."""
    if attribution.speaker.actor is not None or attribution.within is not None or not attribution.source:
        return False
    source = " ".join(text[span.start : span.end] for span in attribution.source).casefold()
    pronoun = load_vocabulary().pronouns.get(source.split()[0])
    if pronoun is not None and pronoun.person == 1:
        return True
    names = issuer.name.casefold().removeprefix("the ")
    called = (names, names.split()[-1], names.split(" of ")[0])
    return source.startswith("the ") and source.removeprefix("the ") in called
