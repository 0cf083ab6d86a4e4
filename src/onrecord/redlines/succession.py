"""One line put in another's place. Only words that say so make a successor; a similar later line is another line."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.records.redlines import Status, StatusEntry
from onrecord.redlines.drafts import Draft, has_words
from onrecord.redlines.features import share
from onrecord.redlines.gist import Gist
from onrecord.redlines.outcome import unsigned
from onrecord.redlines.sentences import sentence_around
from onrecord.redlines.steps import Coverage, Line, first_day, form_entry, last_day, quote_passage

LEAST_SHARED = 0.10  # the new line must have something to do with the old one, a word of condition or consequence


@dataclass(frozen=True, slots=True)
class Succession:
    """The ids of the line that went and of the one that came, and the draft whose sentence says so."""

    old: str
    new: str
    draft: Draft


def find_successions(lines: Mapping[str, Line], coverage: Coverage) -> tuple[Succession, ...]:
    """The lines that words put in another's place, each new line once, by new id."""
    found = (_find_succession(name, line, lines, coverage) for name, line in sorted(lines.items()))
    return tuple(each for each in found if each is not None)


def _find_succession(name: str, line: Line, lines: Mapping[str, Line], coverage: Coverage) -> Succession | None:
    for draft in line.drafts:
        if not draft.live or not _says_so(draft, coverage):
            continue
        older = [
            (shared, other)
            for other, candidate in lines.items()
            if other != name
            and _precedes(candidate, line)
            and (shared := _share_lines(candidate, draft)) >= LEAST_SHARED
        ]
        if older:
            return Succession(max(older)[1], name, draft)
    return None


def _says_so(draft: Draft, coverage: Coverage) -> bool:
    text = coverage.findings[draft.mention.document].document.text
    around = sentence_around(text, draft.mention.passage)
    return has_words("superseded", text[around.start : around.end])


def _precedes(old: Line, new: Line) -> bool:
    same = any(one.issuer.key == other.issuer.key and one.issuer.key for one in old.drafts for other in new.drafts)
    return same and last_day(old.occasions[-1].when) < first_day(new.occasions[0].when)


def _share_lines(old: Line, draft: Draft) -> float:
    """The most weight that the new line's sentence shares with a mention of the old one, condition or consequence."""
    texts = [gist for each in old.drafts for gist in (each.condition, each.consequence) if gist is not None]
    own = [gist for gist in (draft.condition, draft.consequence) if gist is not None]
    return max((_share(one, other) for one in texts for other in own), default=0.0)


def _share(one: Gist, other: Gist) -> float:
    return share(unsigned(one), unsigned(other)) or 0.0


def replaced_entry(new: Line, succession: Succession, coverage: Coverage) -> StatusEntry:
    """The step of the old line that the new one's words are."""
    mention = succession.draft.mention
    old = Line(succession.old, new.drafts, new.occasions, new.scope, new.since)
    return form_entry(
        old,
        Status.SUPERSEDED,
        mention.said_on,
        quote_passage(coverage, mention.document, (mention.passage,)),
        outlet=mention.outlet,
        statement=mention.statement,
        by=succession.draft.issuer.key,
        score=mention.score,
        rule="words",
        reason=f"the issuer puts the line {succession.new} in its place",
    )
