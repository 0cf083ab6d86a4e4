"""Names of one document gathered into actors: full name first, then surname; spellings, aliases, acronyms."""

import re
from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.drafts import Draft, gender_of, tenure_fits
from onrecord.linking.generic import generic_names
from onrecord.linking.knowledge import Entry, Knowledge
from onrecord.linking.names import fold, is_mixed_script, same_person, skeletons, surname, surnames_alike
from onrecord.linking.phrases import Phrase
from onrecord.records.actors import ActorType, LinkBasis
from onrecord.records.documents import DateRange

BEFORE, AFTER = 300, 60  # mentions looked at for a role: longer than nearly every article, and bounded for the rest
SHORTEST_INITIALS = 3  # letters: two are too many names'
SILENCE = 1000  # characters, two or three paragraphs
ALIKE_NAME = 0.85  # within one document spellings differ less than between languages
ALIKE_SURNAME = 0.9  # spelling variants of a surname alone; lower joins two people of one village


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as it stands in the text. honorific: the form of address before it, in lower case, or None."""

    text: str
    start: int
    type: ActorType
    honorific: str | None = None
    title: Phrase | None = None  # the role printed before it ("President Bek")


@dataclass(frozen=True, slots=True)
class Choice:
    """The draft a name was given to, or None, and why."""

    draft: Draft | None
    basis: LinkBasis
    score: float
    reason: str


@dataclass(slots=True)
class Clusters:
    """The drafts of one document and how they are found by name."""

    known: Knowledge
    published: DateRange
    text: str = ""
    drafts: list[Draft] = field(default_factory=list)
    by_name: dict[tuple[str, ActorType], Draft] = field(default_factory=dict)
    by_key: dict[str, Draft] = field(default_factory=dict)
    by_skeleton: dict[str, list[Draft]] = field(default_factory=dict)
    by_word: dict[str, list[Draft]] = field(default_factory=dict)  # folded surname or given name -> people
    by_first: dict[str, list[Draft]] = field(
        default_factory=dict
    )  # the first of two surnames ("Ana Bek Orr") -> people
    by_last: dict[str, list[Draft]] = field(default_factory=dict)  # folded last word of several -> bodies, outlets
    by_letters: dict[str, Draft] = field(default_factory=dict)  # letters that stood in brackets behind a name
    by_firm: dict[str, list[Draft]] = field(default_factory=dict)  # a firm's folded name without "Ltd" -> firms
    by_opening: dict[tuple[str, ...], list[Draft]] = field(default_factory=dict)  # first two of three names -> people
    timeline: list[tuple[int, int]] = field(default_factory=list)  # starts of mentions with their draft's number

    def place(self, name: Printed) -> Choice:
        """The draft for a name; a new one where it fits none. None only where several fit alike."""
        whole = self._initials_of(name)
        if whole is not None:
            return self._join(whole, name, LinkBasis.ALIAS, 0.85, f"the initials of {whole.full_name}")
        if name.text in self.by_letters:
            lettered = self.by_letters[name.text]
            return self._join(lettered, name, LinkBasis.ALIAS, 0.9, f"the letters of {lettered.full_name}")
        firm = self.by_firm.get(fold(name.text), [])
        if len(firm) == 1:
            return self._join(firm[0], name, LinkBasis.NAME, 0.85, f"short for {firm[0].full_name}")
        if name.type is ActorType.PERSON or self._is_surname(name):
            return self._place_person(name)
        return self._place_other(name)

    def give(self, draft: Draft, name: Printed, score: float, reason: str) -> Choice:
        """The draft under one more name, which the text itself says is its own."""
        return self._join(draft, name, LinkBasis.ALIAS, score, reason)

    def _is_surname(self, name: Printed) -> bool:
        shouted = name.type is ActorType.BODY and name.text.isupper() and fold(name.text) in self.by_word
        if " " in name.text or not (name.type is ActorType.UNKNOWN or shouted):
            return False  # "FIFE: No." is an acronym, unless a Fife was named
        known = self.known.by_surname.get(fold(name.text), ())
        borne = fold(name.text) in self.by_word or fold(name.text) in self.by_first
        return borne or bool(self._fitting_entries(known, name))

    def set_timeline(self) -> None:
        """Put the names' mentions in order, for `near`. Called once all names are placed."""
        self.timeline = sorted((start, number) for number, draft in enumerate(self.drafts) for start in draft.starts)

    def mark(self, draft: Draft, position: int) -> None:
        """Put one more mention in order: of an actor that a role phrase names ("the Bek campaign")."""
        insort(self.timeline, (position, next(n for n, each in enumerate(self.drafts) if each is draft)))

    def near(self, position: int) -> list[Draft]:
        """Who was named in the last mentions before a position and in the first after it, in order of the drafts."""
        at = bisect_left(self.timeline, (position, -1))
        around = self.timeline[max(0, at - BEFORE) : at + AFTER]
        return [self.drafts[number] for number in sorted({number for _, number in around})]

    # people

    def _place_person(self, name: Printed) -> Choice:
        parts = fold(name.text).split()
        return self._place_full(name) if len(parts) > 1 else self._place_single(name)

    def _place_full(self, name: Printed) -> Choice:
        found = self.by_name.get((fold(name.text), ActorType.PERSON))
        if found is not None:
            return self._join(found, name, LinkBasis.NAME, 0.99, "the same name")
        turned = self.by_name.get((" ".join(reversed(fold(name.text).split())), ActorType.PERSON))
        if turned is not None:  # Hungarian and East Asian names are printed in either order
            return self._join(turned, name, LinkBasis.ALIAS, 0.9, f"the names of {turned.full_name} in the other order")
        entry = self._person_entry(name.text)
        if entry is not None and entry.key in self.by_key:
            return self._join(self.by_key[entry.key], name, LinkBasis.ALIAS, 0.97, f"a known spelling of {entry.name}")
        alike = self._alike(name) or self._shortened(name)
        if alike is not None:
            return alike
        return self._new_person(name, entry)

    def _shortened(self, name: Printed) -> Choice | None:
        """The one person whose longer name begins with this one: "Ana Bek" of Ana Bek Quiroga, named before."""
        longer = self.by_opening.get(tuple(fold(name.text).split()), [])
        fitting = [draft for draft in longer if draft.entry is None and self._gender_agrees(draft, name)]
        if len(fitting) != 1:
            return None
        return self._join(fitting[0], name, LinkBasis.NAME, 0.85, f"the first names of {fitting[0].full_name}")

    def _person_entry(self, name: str) -> Entry | None:
        found = [entry for entry in self.known.named(name) if entry.type is ActorType.PERSON]
        return found[0] if len(found) == 1 else None

    def _alike(self, name: Printed) -> Choice | None:
        """A person of the document whose name is a spelling of this one, or ends like it ("Peña Nieto")."""
        if is_mixed_script(name.text):
            return None
        for draft in self._near(name.text.split()[-1]):
            if any(fold(other).endswith(" " + fold(name.text)) for other in draft.names):
                return self._join(draft, name, LinkBasis.NAME, 0.95, f"the last names of {draft.full_name}")
            match = same_person(draft.full_name, name.text) if len(draft.full_name.split()) > 1 else None
            if match is not None and match.score >= ALIKE_NAME and self._gender_agrees(draft, name):
                return self._join(draft, name, LinkBasis.ALIAS, match.score, f"{draft.full_name}: {match.reason}")
        return None

    def _near(self, word: str) -> list[Draft]:
        found = [draft for key in skeletons(word) for draft in self.by_skeleton.get(key, ())]
        return list({id(draft): draft for draft in found}.values())

    def _new_person(self, name: Printed, entry: Entry | None) -> Choice:
        draft = Draft(ActorType.PERSON, entry=entry)
        self._register(draft)
        if entry is not None:
            self.by_key[entry.key] = draft
        reason = f"known: {entry.name}" if entry else "a name of its own"
        return self._join(draft, name, LinkBasis.NAME, 0.97 if entry else 0.9, reason)

    def _place_single(self, name: Printed) -> Choice:
        candidates = [draft for draft in self._bearers(name.text) if self._gender_agrees(draft, name)]
        if name.title is not None:
            titled = [draft for draft in candidates if self._bears(draft, name.title)]
            if not titled and self._known_titled(name):
                return self._place_known_surname(name)
            candidates = titled or candidates
        if len(candidates) == 1:
            return self._join(candidates[0], name, LinkBasis.NAME, 0.95, f"the only {name.text} named here")
        if candidates:
            return self._choose_bearer(name, candidates)
        first = [draft for draft in self.by_first.get(fold(name.text), ()) if self._gender_agrees(draft, name)]
        if len(first) == 1:
            reason = f"the first surname of {first[0].full_name}"
            return self._join(first[0], name, LinkBasis.NAME, 0.85, reason)
        return self._place_known_surname(name)

    def _bears(self, draft: Draft, title: Phrase) -> bool:
        """Whether a person bears that title, by what is printed or known."""
        printed = any(role.head == title.head for role in draft.roles)
        return printed or (draft.entry is not None and any(tenure_fits(title, each) for each in draft.entry.offices))

    def _known_titled(self, name: Printed) -> bool:
        """Whether the knowledge list has just one person of that surname in that office."""
        entries = self._fitting_entries(self.known.by_surname.get(fold(name.text), ()), name)
        title = name.title
        return title is not None and len(entries) == 1 and any(tenure_fits(title, each) for each in entries[0].offices)

    def _bearers(self, word: str) -> list[Draft]:
        """People of the document with that surname or given name, spelling variants of the surname included."""
        found = self.by_word.get(fold(word))
        if found:
            return found
        return [d for d in self._near(word) if surnames_alike(surname(d.full_name), fold(word)) >= ALIKE_SURNAME]

    def _gender_agrees(self, draft: Draft, name: Printed) -> bool:
        told = load_vocabulary().honorifics.get(name.honorific or "", "either")
        return told == "either" or gender_of(draft) in (None, told)

    def _choose_bearer(self, name: Printed, candidates: list[Draft]) -> Choice:
        """Of several with one surname: the one in public office, else who bore it alone, else the most named."""
        before = [draft for draft in candidates if draft.last_before(name.start) is not None] or candidates
        public = [draft for draft in before if draft.entry is not None and draft.entry.offices]
        if len(before) == 1 or len(public) == 1:
            chosen = before[0] if len(before) == 1 else public[0]
            return self._join(
                chosen, name, LinkBasis.NAME, 0.8, f"of {_listed(candidates)} the likeliest to be named so"
            )
        settled = max(before, key=lambda draft: draft.bare.get(fold(name.text), -1))
        bare = settled.bare.get(fold(name.text), -1)
        newer = [draft for draft in before if draft is not settled and _long_silent(settled, draft.starts[0])]
        if bare >= 0 and not newer:
            return self._join(settled, name, LinkBasis.NAME, 0.85, f"{name.text} alone means {settled.full_name} here")
        pool = newer if bare >= 0 else before
        last = max(pool, key=lambda draft: (draft.count_before(name.start), draft.last_before(name.start) or 0))
        return self._join(last, name, LinkBasis.NAME, 0.7, f"of {_listed(before)} the one named most before")

    def _place_known_surname(self, name: Printed) -> Choice:
        """A surname whose full name the document never prints: the knowledge list may hold one fitting person."""
        entries = self._fitting_entries(self.known.by_surname.get(fold(name.text), ()), name)
        if len(entries) == 1:
            entry = entries[0]
            if entry.key in self.by_key:
                return self._join(self.by_key[entry.key], name, LinkBasis.ALIAS, 0.9, f"the surname of {entry.name}")
            draft = Draft(ActorType.PERSON, entry=entry, score=0.85)
            self._register(draft)
            self.by_key[entry.key] = draft
            return self._join(draft, name, LinkBasis.ALIAS, 0.85, f"the one {name.text} known to be in office")
        draft = Draft(ActorType.PERSON, score=0.7)
        if entries:
            draft.flags.append("ambiguous_surname")
        reason = f"{name.text} could be {', '.join(entry.name for entry in entries)}" if entries else "a surname alone"
        return self._join(self._register(draft), name, LinkBasis.NAME, 0.7, reason)

    def _fitting_entries(self, entries: tuple[Entry, ...], name: Printed) -> tuple[Entry, ...]:
        """Those in office when the document was published; without a date, those who ever held one."""
        told = load_vocabulary().honorifics.get(name.honorific or "", "either")
        fitting = tuple(entry for entry in entries if told == "either" or entry.gender in (None, told))
        title = name.title
        if title is not None:
            fitting = tuple(e for e in fitting if any(tenure_fits(title, tenure) for tenure in e.offices)) or fitting
        days = self.published.earliest, self.published.latest
        serving = tuple(e for e in fitting if any(t.covers(*days) for t in e.offices if t.office != "first_lady"))
        held = tuple(entry for entry in fitting if entry.offices)
        return serving if self.published.is_known else held

    # states, bodies, outlets, places

    def _place_other(self, name: Printed) -> Choice:
        entry = self._entry(name)
        if entry is not None:
            found = self.by_key.get(entry.key) or self.new(entry)
            kept = LinkBasis.NAME if fold(entry.name) == fold(name.text) else LinkBasis.ALIAS
            return self._join(found, name, kept, 0.97, f"known: {entry.name}")
        short = self._short_for(name)
        if short is not None:
            return self._join(short, name, LinkBasis.NAME, 0.85, f"short for {short.full_name}")
        key = (fold(name.text), name.type)
        if key not in self.by_name:
            self.by_name[key] = self._register(Draft(name.type))
        return self._join(self.by_name[key], name, LinkBasis.NAME, 0.9, "a name of its own")

    def _short_for(self, name: Printed) -> Draft | None:
        """The one body or outlet of several words whose last word this is ("the Post"), named before."""
        if " " in name.text or name.type not in (ActorType.BODY, ActorType.OUTLET, ActorType.UNKNOWN):
            return None
        found = self.by_last.get(fold(name.text), [])
        return found[0] if len(found) == 1 else None

    def _initials_of(self, name: Printed) -> Draft | None:
        """The one state or body named here in full whose initials this is ("PNG"); full names were placed before."""
        text = name.text.replace(".", "")
        shouted = text.isalpha() and text.isupper() and len(text) >= SHORTEST_INITIALS
        if not shouted or fold(text) in self.by_word or self._entry(name) is not None:
            return None
        kinds = (ActorType.STATE, ActorType.BODY, ActorType.OUTLET, ActorType.UNKNOWN)
        fitting = [d for d in self.drafts if d.type in kinds and any(initials(each) == text for each in d.names)]
        return fitting[0] if len(fitting) == 1 else None

    def _entry(self, name: Printed) -> Entry | None:
        found = [entry for entry in self.known.named(name.text) if entry.type is not ActorType.PERSON]
        same = [entry for entry in found if entry.type is name.type]
        chosen = (same or found)[:1]
        sure = bool(chosen) and name.text not in chosen[0].unsure and not self._is_others(name.text, chosen[0])
        return chosen[0] if sure else None

    def _is_others(self, printed: str, entry: Entry) -> bool:
        """Whether a body is listed under a name that every state has, and the text never names its state."""
        state = self.known.states.get(entry.country or "")
        if state is None or entry.type is not ActorType.BODY or fold(printed) not in generic_names():
            return False
        return not any(
            re.search(rf"\b{re.escape(form)}\b", self.text) for form in (*state.names, *state.capitals, *state.demonyms)
        )

    def new(self, entry: Entry) -> Draft:
        """A draft for a known actor that is not in the document's drafts yet."""
        draft = self._register(Draft(entry.type, entry=entry))
        self.by_key[entry.key] = draft
        return draft

    def _register(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft

    def _join(self, draft: Draft, name: Printed, basis: LinkBasis, score: float, reason: str) -> Choice:
        draft.add(name.text, name.start)
        self.by_name.setdefault((fold(name.text), draft.type), draft)
        words = fold(name.text).split()
        if draft.type in (ActorType.BODY, ActorType.OUTLET) and len(words) > 1:
            if draft.type is ActorType.BODY and name.text.split()[-1] in _firm_suffixes():
                firms = self.by_firm.setdefault(" ".join(words[:-1]), [])
                firms += [] if draft in firms else [draft]
            for word in (words[-1], words[0]) if words[1] in ("of", "for") else words[-1:]:
                listed = self.by_last.setdefault(word, [])
                if not any(each is draft for each in listed):
                    listed.append(draft)
        if draft.type is ActorType.PERSON:
            self._index_person(draft, name.text)
            told = load_vocabulary().honorifics.get(name.honorific or "", "either")
            draft.gender = draft.gender or (told if told != "either" else None)
        return Choice(draft, basis, score, reason)

    def _index_person(self, draft: Draft, name: str) -> None:
        words = fold(name).split()
        if len(words) > 2 and draft not in self.by_opening.get((words[0], words[1]), ()):
            self.by_opening.setdefault((words[0], words[1]), []).append(draft)
        if len(words) > 2 and len(words[-2]) > 3 and draft not in self.by_first.get(words[-2], ()):
            self.by_first.setdefault(words[-2], []).append(draft)
        if len(words) > 1 or not self.by_word.get(words[0] if words else ""):
            for word in {surname(name), words[0]} if words else ():
                listed = self.by_word.setdefault(word, [])
                if draft not in listed:
                    listed.append(draft)
            for key in skeletons(name.split()[-1]):
                self.by_skeleton.setdefault(key, []).append(draft)


@cache
def _firm_suffixes() -> frozenset[str]:
    return frozenset(load_lexicon("roles")["firm_suffixes"])


def initials(name: str) -> str:
    """The first letters of a name's words in capitals."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _long_silent(draft: Draft, position: int) -> bool:
    """Whether someone was last mentioned so far before a position that a surname there may be another's."""
    return position - (draft.last_before(position) or -SILENCE) >= SILENCE


def _listed(drafts: list[Draft]) -> str:
    return ", ".join(draft.full_name for draft in drafts)


def as_mapping(clusters: Clusters) -> Mapping[int, Draft]:
    """The drafts by their number, from 1, in the order in which they were met."""
    return dict(enumerate(clusters.drafts, 1))
