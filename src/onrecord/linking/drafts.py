"""Actors while a document is being read: what has been gathered about each so far."""

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from datetime import date

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.genders import given_gender
from onrecord.linking.knowledge import Entry, Tenure, entry_key
from onrecord.linking.names import fold, is_mixed_script
from onrecord.linking.phrases import Phrase
from onrecord.records.actors import Actor, ActorType, Office
from onrecord.records.documents import DateRange

PRODUCED_BY = "actors/1"


@dataclass(slots=True)
class Draft:
    """One actor in the making.

    names: printed forms, first one first. starts: where its mentions begin, in order. roles: phrases said of it.
    bare: folded single words that were taken for it, with the start of the last one.
    """

    type: ActorType
    names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    bare: dict[str, int] = field(default_factory=dict)
    roles: list[Phrase] = field(default_factory=list)
    entry: Entry | None = None
    gender: str | None = None
    country: str | None = None
    label: str | None = None  # what it is called where no printed form is its name ("Kyiv" for a text's "Kiev")
    score: float = 1.0
    flags: list[str] = field(default_factory=list)

    def add(self, name: str, start: int) -> None:
        """Note one more mention and how it is printed."""
        insort(self.starts, start)
        if name not in self.names:
            self.names.append(name)
        if len(name.split()) == 1:
            key = fold(name)
            self.bare[key] = max(start, self.bare.get(key, -1))

    def add_role_mention(self, start: int) -> None:
        """Note that a role or apposition at this place means the actor; its words are no name."""
        insort(self.starts, start)

    @property
    def country_code(self) -> str | None:
        """The state a known person belongs to."""
        return self.entry.country if self.entry else self.country

    @property
    def full_name(self) -> str:
        """The longest printed form without titles; the first of equals."""
        return max(self.names, key=lambda name: (len(name.split()), -self.names.index(name)))

    def last_before(self, position: int) -> int | None:
        """Start of the last mention before a position; None if there is none."""
        at = bisect_left(self.starts, position)
        return self.starts[at - 1] if at else None

    def count_before(self, position: int) -> int:
        """How many mentions there are before a position."""
        return bisect_left(self.starts, position)


def gender_of(draft: Draft) -> str | None:
    """Male or female by knowledge, titles, roles, then given name; None where none of them tells."""
    if draft.type is not ActorType.PERSON:
        return None
    known = draft.entry.gender if draft.entry else None
    told = known or draft.gender or next((role.gender for role in draft.roles if role.gender), None)
    if told:
        return told
    return given_gender(tuple(draft.names))


def finish(draft: Draft, number: int, published: DateRange) -> Actor:
    """The actor a draft has become. published: when the document appeared; it tells which of two terms is meant."""
    entry = draft.entry
    name = entry.name if entry else draft.label or draft.full_name
    gender = gender_of(draft)
    flags = [
        *draft.flags,
        *([f"gender:{gender}"] if gender else []),
        *(["mixed_script"] if any(map(is_mixed_script, draft.names)) else []),
    ]
    return Actor(
        id=f"a{number}",
        name=name,
        type=draft.type,
        key=entry.key if entry else entry_key(name, draft.type, None),
        country=(entry.country if entry else None) or draft.country,
        qid=entry.qid if entry else None,
        printed=tuple(draft.names),
        offices=tuple(_offices(draft, published)),
        flags=tuple(dict.fromkeys(flags)),
        score=round(draft.score, 3),
        produced_by=PRODUCED_BY,
    )


def _offices(draft: Draft, published: DateRange) -> list[Office]:
    """Each role said of the actor once, with its days where the knowledge list has them."""
    found: dict[tuple[str, str | None, bool], Office] = {}
    for role in draft.roles:
        key = (role.head, role.of, role.past)
        if key not in found and role.head not in load_lexicon("roles")["no_offices"]:
            found[key] = _office(role, draft.entry, published)
    return list(found.values())


def _office(role: Phrase, entry: Entry | None, published: DateRange) -> Office:
    tenures = [each for each in (entry.offices if entry else ()) if tenure_fits(role, each)]
    named = [each for each in tenures if fold(each.title) == fold(role.head)]  # a president was vice president before
    held = _held(named or tenures, published)
    since, until = (held.since, held.until) if held else (None, None)
    title = role.text.removeprefix("the ").removeprefix("The ")
    return Office(title, role.of, since.isoformat() if since else None, until.isoformat() if until else None)


def _held(tenures: list[Tenure], published: DateRange) -> Tenure | None:
    """The term meant: of several the latest on the document's days, else the latest; none where it has no date."""
    if len(tenures) > 1 and not published.is_known:
        return None
    serving = [each for each in tenures if each.covers(published.earliest, published.latest)]
    return max(serving or tenures, key=lambda tenure: tenure.since or date.min, default=None)


def tenure_fits(role: Phrase, tenure: Tenure) -> bool:
    """Whether a printed role is this known office: same kind or title, same state or body and party, over or not."""
    words = load_vocabulary()
    parties = {words.parties[word] for word in (*role.modifiers, role.head) if word in words.parties}
    told = {words.parties[word] for word in tenure.title.lower().split() if word in words.parties}
    if parties and told and not parties & told:
        return False
    if role.head in words.parties:
        return tenure.office == "nominee" and bool(parties & told) and role.of is None
    same_domain = role.of is None or role.of in (tenure.of, fold(tenure.of))
    return _same_office(role, tenure) and same_domain and (not role.past or tenure.until is not None)


def _same_office(role: Phrase, tenure: Tenure) -> bool:
    words = load_vocabulary()
    if role.noun in ("nominee", "candidate") and role.modifiers & {"vice", "vice-presidential"}:
        return tenure.office == "running_mate"
    heads = (role.head, *words.covers.get(role.head, ()))
    title = fold(tenure.title).replace("defense", "defence")
    printed = any(f" {fold(head).replace('defense', 'defence')} " in f" {title} " for head in heads)
    return printed or (role.head in words.generic and tenure.office == words.offices.get(role.head))
