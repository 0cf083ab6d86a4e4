"""All documents together: who is who, and the red lines. Another day costs what is in it, not what is on record.

What documents tell of who is who is counted, so that a day adds to it. Drafts and lines that must be looked at together
are a family, kept with the clues by which a document is found. Of a day's documents, and of those in which somebody
is now taken for another, the families they touch are formed again, by the same rules and from whatever concerns them;
all other lines are as they were. The result is that of reading everything anew.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, Protocol

from onrecord.records.actors import Join
from onrecord.records.codec import from_plain, to_json
from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine
from onrecord.records.rulings import JoinRuling, Ruling, WhoRuling, join_rulings, rule_findings, who_rulings
from onrecord.records.scores import Encoder
from onrecord.records.workings import Kept, NewWorkings, Workings
from onrecord.redlines.drafts import Draft
from onrecord.redlines.families import (
    Need,
    all_clues,
    draft_needs,
    evidence_needs,
    hang_together,
    line_clue,
    word_needs,
)
from onrecord.redlines.history import find_holes, list_gaps
from onrecord.redlines.joining import find_reasons, join_drafts, list_drawing
from onrecord.redlines.kept import Drawn, keep_document, read_drawn
from onrecord.redlines.lines import draw_lines, form_lines
from onrecord.redlines.noticing import (
    Asking,
    Family,
    Held,
    Noticing,
    Sought,
    ToldIndex,
    calling_clue,
    document_clue,
    family_clues,
    find_shown,
    resting_clue,
    seek,
    turning_clues,
)
from onrecord.redlines.people import Cast, tell_sides
from onrecord.redlines.reading import Reading, form_coverage, texts_of
from onrecord.redlines.settled import line_id
from onrecord.redlines.statements import form_statements
from onrecord.redlines.steps import Coverage
from onrecord.redlines.vectors import Vectors
from onrecord.who import Meeting, Told, form_groups, keep_groups, tell, who_is_who

FEW = 4000  # questions, whether a document stands under a clue, that cost less than to list all that stand there


class Archive(Protocol):
    """What relating asks of a ledger; see ledger.contract.View."""

    def findings(self, document: str) -> Findings: ...  # noqa: D102
    def stored(self, document: str) -> Findings: ...  # noqa: D102
    def rulings(self) -> tuple[Ruling, ...]: ...  # noqa: D102
    def documents_under(  # noqa: D102
        self, clues: Collection[str], among: Collection[str] | None = None
    ) -> frozenset[str]: ...
    def families_under(  # noqa: D102
        self, clues: Collection[str], among: Collection[str] | None = None
    ) -> Mapping[str, frozenset[str]]: ...
    def families(self, ids: Collection[str]) -> Mapping[str, str]: ...  # noqa: D102
    def drawings(self, documents: Collection[str]) -> Mapping[str, str]: ...  # noqa: D102
    def lines_on(self, documents: Collection[str]) -> frozenset[str]: ...  # noqa: D102
    def all_lines(self) -> tuple[RedLine, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Related:
    """What all documents together show: red lines, and the keys of actors that were taken for one.

    replaced: ids of the lines in whose place these stand, all others stay as they are; None: of all lines.
    rejoined: the keys of whose joins the same holds; None: all. workings: what to keep for the next day.
    """

    lines: tuple[RedLine, ...]
    joins: tuple[Join, ...]
    replaced: frozenset[str] | None = None
    rejoined: frozenset[str] | None = None
    workings: NewWorkings | None = None


# What documents tell


def read_facts(facts: Mapping[str, int]) -> Told:
    """The days and rulings that were kept; what is told of actors is kept in groups."""
    told = Told()
    for fact, documents in facts.items():
        kind, plain = json.loads(fact)
        match kind:
            case "who":
                told.rulings[from_plain(WhoRuling, plain)] = documents
            case "line":
                told.rulings[from_plain(JoinRuling, plain)] = documents
            case _:
                told.days[date.fromisoformat(plain)] = documents
    return told


def write_facts(told: Told) -> dict[str, int]:
    """Days and rulings, as they are kept."""
    counted: dict[str, Counter[Any]] = {
        "day": told.days,
        "who": Counter({each: told.rulings[each] for each in who_rulings(told.rulings)}),
        "line": Counter({each: told.rulings[each] for each in join_rulings(told.rulings)}),
    }
    return {
        f'["{kind}",{to_json(fact)}]': documents
        for kind, facts in counted.items()
        for fact, documents in facts.items()
        if documents
    }


def is_settled_anew(held: Workings, rulings: Iterable[Ruling]) -> bool:
    """Whether reviewers settled other than when the workings were kept."""
    kept = {fact for fact in held.facts if fact.startswith(('["who",', '["line",'))}
    return kept != write_facts(Told(rulings=Counter(rulings))).keys()


# Everything


def relate_whole(
    findings: Iterable[Findings], encoder: Encoder, version: str | None = None, rulings: tuple[Ruling, ...] = ()
) -> Related:
    """The red lines of all these documents. The order of documents does not matter.

    findings: as reviewers settled them. version: of the rules, where the workings are to be kept.
    rulings: what they settled.
    """
    raw = {found.document.id: found for found in findings}
    told = tell(raw.values())
    told.rulings.update(rulings)
    who = who_is_who(told)
    settled = {id: who.settle(found) for id, found in raw.items()}
    told.sides.update(pair for found in settled.values() for pair in tell_sides(found))
    cast = who.cast(told.sides)
    readings = {id: _read(found, cast) for id, found in sorted(settled.items())}
    drafts = [draft for reading in readings.values() for draft in reading.drafts]
    vectors = Vectors(encoder, texts_of(drafts))
    listed = readings.values() if drafts else ()
    coverage = form_coverage(listed, cast.unified, told.days_in_order(), vectors)
    joined = join_rulings(rulings)
    reasons = find_reasons(list_drawing(drafts), vectors)
    lines = form_lines(drafts, coverage, cast.names, rulings=joined, reasons=reasons)
    if version is None:
        return Related(lines, who.joins)
    couples = hang_together(readings.values(), readings.keys(), vectors, joined, reasons)
    groups = _group({draft.mention.id for draft in drafts}, couples)
    families = _form_families(groups, lines, drafts, coverage) | keep_groups(form_groups(told))
    documents = {id: _keep(reading, raw[id]) for id, reading in readings.items()}
    workings = NewWorkings(version, None, write_facts(told), families, documents)
    return Related(lines, who.joins, workings=workings)


def _read(found: Findings, cast: Cast) -> Reading:
    return Reading(found, form_statements(found), cast)


def _keep(reading: Reading, raw: Findings) -> Kept:
    """What is kept of a document. raw: its findings, with its own names for actors."""
    return Kept(keep_document(reading), _clues_of(reading, raw))


def _clues_of(reading: Reading, raw: Findings) -> frozenset[str]:
    return all_clues(reading) | actor_clues(raw)


def actor_clues(found: Findings) -> frozenset[str]:
    """The clues under which a document stands for the actors that it names, as it names them."""
    return frozenset(f"actor\0{actor.key}" for actor in found.actors)


def _group(names: Iterable[str], couples: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """The names in the groups that the couples make of them."""
    group = {name: {name} for name in names}
    for one, other in couples:
        if group[one] is not group[other]:
            less, more = sorted((group[one], group[other]), key=len)
            more |= less
            group |= dict.fromkeys(less, more)
    return [frozenset(each) for each in {id(members): members for members in group.values()}.values()]


def _form_families(
    groups: Iterable[frozenset[str]], lines: Iterable[RedLine], drafts: Iterable[Draft], coverage: Coverage
) -> dict[str, Kept]:
    """What is kept of families by id, which is that of their first mention."""
    by_id = {draft.mention.id: draft for draft in drafts}
    drawn = {mention.id: line for line in lines for mention in line.mentions}
    families = {}
    for group in groups:
        held: dict[str, list[str]] = {}
        for name in sorted(group):
            held.setdefault(by_id[name].mention.document, []).append(name)
        own = {drawn[name].id: drawn[name] for name in group if name in drawn}
        soughts = (seek(line, [by_id[each.id] for each in line.mentions], coverage) for _, line in sorted(own.items()))
        family = Family(tuple(Held(id, tuple(names)) for id, names in sorted(held.items())), tuple(soughts))
        families[min(group)] = Kept(to_json(family), family_clues(family))
    return families


# A day


def _standing(under: Mapping[str, frozenset[str]], part: frozenset[str]) -> frozenset[str]:
    """Whatever stands under any of these clues."""
    return frozenset(id for clue in part for id in under.get(clue, ()))


def relate_day(archive: Archive, held: Workings, news: Collection[str], encoder: Encoder, version: str) -> Related:
    """The red lines that new documents, and what reviewers settled since, make other than they were.

    held: the workings of all documents but these. news: ids.
    """
    return _Day(archive, held, frozenset(news), encoder).relate(version)


class _Day:
    """New documents, and what they concern of all that is on record."""

    def __init__(self, archive: Archive, held: Workings, news: frozenset[str], encoder: Encoder) -> None:
        self.archive, self.held, self.news = archive, held, news
        self.vectors = Vectors(encoder, ())
        self.raw: dict[str, Findings] = {}
        self.readings: dict[str, Reading] = {}
        self.drawn: dict[str, Drawn] = {}
        self.written: dict[str, str] = {}
        self.before = read_facts(held.facts)
        rulings = Counter(archive.rulings())
        self.joined = join_rulings(rulings)
        self.ruled = self._find_ruled(rulings)
        come = tell(map(self._load, sorted(news | self.ruled.keys())))
        come.rulings.update(rulings)
        gone = tell(self.ruled.values())
        gone.rulings.update(self.before.rulings)
        self.after = self.before.with_told(come, gone)
        self.meeting = Meeting(archive, come, gone)
        self.old, self.new = self.meeting.old, self.meeting.new
        self.changed = self._find_changed()

    def relate(self, version: str) -> Related:
        """The lines of every family that these documents touch."""
        fresh = self.news | self.changed
        self._read(fresh)
        couples = self._couple(fresh)
        touched = self._touch(fresh, couples)
        drafts = self._list_drafts(fresh, touched)
        documents = {draft.mention.document for draft in drafts.values()}
        beside = [draft for drawing in self._recall(documents) for draft in drawing.drafts]
        self.vectors.add(texts_of(beside))
        joined = join_drafts(drafts.values(), self.vectors, beside, self.joined)
        evidence = self._find_evidence(group.drafts for group in joined) | fresh
        coverage = self._cover(documents | evidence, documents - evidence)
        self.new.learn(draft.issuer.key for draft in drafts.values() if draft.issuer.key is not None)
        lines = draw_lines(joined, coverage, self.new.names)
        replaced = {sought.line for family in touched.values() for sought in family.lines}
        lines = (*lines, *self._find_torn(lines, replaced))
        groups = _group(drafts, self._couples_within(touched, couples, drafts))
        families = dict[str, Kept | None](dict.fromkeys((*touched, *self.meeting.regrouped)))
        families |= _form_families(groups, lines, drafts.values(), coverage)
        families |= keep_groups(self.new.roll.fresh.values())
        facts = self._find_new_facts()
        kept = {id: Kept(self._keep(id), _clues_of(self.readings[id], self._load(id))) for id in sorted(fresh)}
        workings = NewWorkings(version, self.held.step, facts, families, kept)
        joins = tuple(join for key, join in sorted(self.new.joins.items()) if key in self.meeting.met)
        return Related(lines, joins, frozenset(replaced) | {line.id for line in lines}, self.meeting.met, workings)

    def _load(self, id: str) -> Findings:
        if id not in self.raw:
            self.raw[id] = self.archive.findings(id)
        return self.raw[id]

    def _read(self, documents: Iterable[str]) -> None:
        missing = [id for id in sorted(documents) if id not in self.readings]
        self.new.learn(actor.key for id in missing for actor in self._load(id).actors)
        cast = self.new.cast() if missing else None
        self.readings |= {id: _read(self.new.settle(self._load(id)), cast) for id in missing if cast is not None}

    def _cover(self, documents: Collection[str], silent: Collection[str]) -> Coverage:
        """What these documents tell. silent: see `form_coverage`."""
        self._read(documents)
        readings = [self.readings[id] for id in sorted(documents)]
        return form_coverage(readings, self.new.unified, self.after.days_in_order(), self.vectors, silent)

    def _recall(self, documents: Collection[str]) -> list[Drawn]:
        """What documents hold, by id: as it was kept, where they are not among those of this day."""
        missing = {id for id in documents if id not in self.drawn}
        kept = {id: self._keep(id) for id in missing if id in self.readings}
        kept |= self.archive.drawings(missing - kept.keys())
        self.drawn |= {id: read_drawn(id, kept.get(id, "")) for id in missing}
        return [self.drawn[id] for id in sorted(documents)]

    def _keep(self, document: str) -> str:
        """What is kept of a document that was read, written once."""
        if document not in self.written:
            self.written[document] = keep_document(self.readings[document])
        return self.written[document]

    def _find_ruled(self, rulings: Counter[Ruling]) -> dict[str, Findings]:
        """The documents on record in which reviewers settled something since, as they were read before."""
        old = self.before.rulings
        ruled = {ruling.document for ruling in (rulings - old) + (old - rulings)} - self.news
        mine = {id: [each for each in who_rulings(old) if each.document == id] for id in sorted(ruled)}
        return {id: rule_findings(self.archive.stored(id), settled) for id, settled in mine.items()}

    def _find_changed(self) -> frozenset[str]:
        """Documents on record that read otherwise: somebody in them is now taken for another, or for a side."""
        other = {key for key in self.meeting.met if self.old.of(key) != self.new.of(key)}
        renamed = self.archive.documents_under({f"actor\0{key}" for key in other}) - self.news | self.ruled.keys()
        sides: Counter[tuple[str, str]] = Counter()
        for id in sorted(self.news | renamed):
            sides.update(tell_sides(self.new.settle(self._load(id))))
        for id in sorted(renamed):
            sides.subtract(tell_sides(self.old.settle(self.ruled.get(id) or self._load(id))))
        people = self.meeting.count_sides(sides)
        self.turned = {key for key in self.meeting.met if self.old.names.get(key) != self.new.names.get(key)}
        return renamed | (self.archive.documents_under({f"issuer\0{key}" for key in people}) - self.news)

    def _couple(self, fresh: frozenset[str]) -> list[tuple[str, str]]:
        """The mentions that must be looked at together, at least one of them in a fresh document."""
        drawn = {line_id(draft.mention) for id in fresh for draft in self.readings[id].drafts}
        settled = [each for each in self.joined if each.document in fresh or not drawn.isdisjoint((each.line, each.to))]
        lines = frozenset(line_clue(line) for each in settled for line in (each.line, each.to) if line is not None)
        needs = {need for id in fresh for need in draft_needs(self.readings[id])} | {(lines,)}
        near = (
            self._find_documents(needs, cache(self.archive.documents_under))
            | fresh
            | {each.document for each in settled}
        )
        drawings = self._recall(near)
        self.vectors.add(texts_of(draft for drawing in drawings for draft in drawing.drafts))
        return list(hang_together(drawings, fresh, self.vectors, self.joined))

    def _touch(self, fresh: frozenset[str], couples: Sequence[tuple[str, str]]) -> dict[str, Family]:
        """The families that are to be formed again, by id."""
        mentions = {name for couple in couples for name in couple}
        resting = self.archive.lines_on(self.changed)
        noticing = Noticing([self.readings[id] for id in sorted(fresh)])
        last, end = (max(told.days, default=date.min) for told in (self.before, self.after))
        documents = fresh | self._documents_of(mentions)
        own = {
            *map(document_clue, documents),
            *map(resting_clue, resting),
            *map(calling_clue, self.turned),
            *turning_clues(last, end),
        }
        named = self._find_families({(frozenset(own),), *noticing.needs()})
        found = self._load_families(named | noticing.find_near(self.archive.families_under))
        day = ToldIndex(self._recall(fresh))
        shown = find_shown((sought for family in found.values() for sought in family.lines), day, self.vectors)

        def touches(family: Family) -> bool:
            for held in family.drafts:
                if held.document in fresh or not mentions.isdisjoint(held.mentions):
                    return True
            return any(
                sought.line in resting
                or not self.turned.isdisjoint(sought.issuers)
                or any(last < turn <= end for turn in sought.turns)
                or noticing.tells_of(sought)
                or (
                    (sought.line in shown or noticing.reports_on(sought))
                    and self._asking(family, sought).answers(day, self.vectors)
                )
                for sought in family.lines
            )

        return {id: family for id, family in sorted(found.items()) if touches(family)}

    def _documents_of(self, mentions: Collection[str]) -> frozenset[str]:
        """The documents looked at so far that hold any of these mentions."""
        drawn = self.drawn.values()
        return frozenset(each.id for each in drawn for draft in each.drafts if draft.mention.id in mentions)

    def _find_families(self, needs: Collection[Need]) -> frozenset[str]:
        """The ids of the families that stand under a clue of each part of a need.

        The last part of several, of names and the like, is looked up only for those that stand under all others.
        """
        first = {need: need[:-1] or need for need in needs}
        under = self.archive.families_under({clue for parts in first.values() for part in parts for clue in part}, None)
        standing = cache(partial(_standing, under))
        found = {need: frozenset.intersection(*map(standing, parts)) for need, parts in first.items()}
        several = {need: ids for need, ids in found.items() if len(need) > 1 and ids}
        last = {clue for need in several for clue in need[-1]}
        under = self.archive.families_under(last, frozenset().union(*several.values()))
        standing = cache(partial(_standing, under))
        alone = (ids for need, ids in found.items() if len(need) == 1)
        return frozenset().union(*alone, *(ids & standing(need[-1]) for need, ids in several.items()))

    def _load_families(self, ids: Collection[str]) -> dict[str, Family]:
        return {id: from_plain(Family, json.loads(body)) for id, body in self.archive.families(ids).items()}

    def _asking(self, family: Family, sought: Sought) -> Asking:
        """A line that stands, by the drafts of its mentions."""
        mentions = frozenset(sought.mentions)
        documents = {held.document for held in family.drafts if not mentions.isdisjoint(held.mentions)}
        drafts = (draft for drawing in self._recall(documents) for draft in drawing.drafts)
        own = [draft for draft in drafts if draft.mention.id in mentions]
        self.vectors.add(texts_of(own))
        return Asking(own)

    def _list_drafts(self, fresh: frozenset[str], touched: Mapping[str, Family]) -> dict[str, Draft]:
        """The drafts of fresh documents and of touched families, by mention."""
        wanted = {name for family in touched.values() for held in family.drafts for name in held.mentions}
        documents = {held.document for family in touched.values() for held in family.drafts} | fresh
        listed = (draft for drawing in self._recall(documents) for draft in drawing.drafts)
        drafts = {
            each.mention.id: each for each in listed if each.mention.id in wanted or each.mention.document in fresh
        }
        self.vectors.add(texts_of(drafts.values()))
        return drafts

    def _couples_within(
        self, touched: Mapping[str, Family], couples: Iterable[tuple[str, str]], drafts: Mapping[str, Draft]
    ) -> Iterator[tuple[str, str]]:
        """What holds families together: those that were one stay one."""
        yield from couples
        for family in touched.values():
            names = [name for held in family.drafts for name in held.mentions if name in drafts]
            yield from zip(names, names[1:], strict=False)

    def _find_evidence(self, lines: Iterable[Sequence[Draft]]) -> frozenset[str]:
        """The documents that may tell what became of lines. lines: the drafts of each."""
        listed = tuple(lines)
        end = max(self.after.days, default=date.min)
        under = cache(self.archive.documents_under)
        reporting = [self._find_documents(evidence_needs(drafts, end), under) for drafts in listed]
        told = ToldIndex(self._recall(frozenset().union(*reporting)))
        answers = {
            id
            for drafts, among in zip(listed, reporting, strict=True)
            for id in Asking(drafts).answers(told, self.vectors, among)
        }
        return self._find_documents({need for drafts in listed for need in word_needs(drafts)}, under) | answers

    def _find_documents(
        self, needs: Iterable[Need], under: Callable[[frozenset[str]], frozenset[str]]
    ) -> frozenset[str]:
        """The documents on record that stand under a clue of each part of a need.

        under: the documents under any of these clues. What the last parts ask for, names and months, stands in few
        documents; the first ones ask for words.
        """

        def standing(need: Need) -> frozenset[str]:
            found = under(need[-1])
            for part in reversed(need[:-1]):
                if not found:
                    break
                few = len(found) * len(part) <= FEW
                found = self.archive.documents_under(part, found) if few else found & under(part)
            return found

        return frozenset(id for need in needs for id in standing(need))

    def _find_torn(self, lines: Iterable[RedLine], replaced: Collection[str]) -> Iterator[RedLine]:
        """The lines that stay but for a hole in the coverage that opened or closed."""
        days = self.after.days_in_order()
        if list_gaps(self.before.days_in_order()) == list_gaps(days):
            return
        formed = {line.id for line in lines}
        for line in self.archive.all_lines():
            holes = find_holes(line.history, days)
            if line.id not in replaced and line.id not in formed and holes != line.holes:
                yield replace(line, holes=holes)

    def _find_new_facts(self) -> dict[str, int]:
        """By how much each count grows, or shrinks."""
        grown = Told()
        for name in ("days", "rulings"):
            counted = getattr(grown, name)
            counted.update(getattr(self.after, name))
            counted.subtract(getattr(self.before, name))
        return write_facts(grown)
