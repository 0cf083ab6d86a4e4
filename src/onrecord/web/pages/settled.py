"""What reviewers settled about one red line: whose words it is made of, and which passages belong to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.ledger.contract import View
from onrecord.ledger.parts import drawn_ids
from onrecord.records.actors import LinkBasis
from onrecord.records.redlines import RedLine
from onrecord.records.rulings import JoinRuling, join_rulings


@dataclass(frozen=True, slots=True)
class SettledShown:
    """One thing a reviewer settled. quote: the words it is about. href: where they, or the answer, are found."""

    words: str
    quote: str
    reason: str
    href: str


def settled_of(view: View, line: RedLine) -> tuple[SettledShown, ...]:
    """What reviewers settled about a line, other than that it is as the program found it."""
    joins = (_show_join(view, line, each) for each in join_rulings(view.rulings()) if each.to != each.line)
    return (*_settled_speakers(view, line), *(shown for shown in joins if shown is not None))


def _settled_speakers(view: View, line: RedLine) -> Iterator[SettledShown]:
    for id in dict.fromkeys(mention.statement for mention in line.mentions if mention.statement is not None):
        statement = view.statement(id).statement
        if statement.speaker.basis is LinkBasis.REVIEWED:
            words = f"Words of {statement.speaker.name or 'nobody who could be named'}: {statement.speaker.reason}"
            yield SettledShown(words, statement.quote, "", f"/statements/{id}")


def _show_join(view: View, line: RedLine, ruling: JoinRuling) -> SettledShown | None:
    here, own = ruling.mention in {each.id for each in line.mentions}, ruling.line in drawn_ids(line)
    by = ruling.reviewer or "a reviewer"
    if own and not here:
        words = f"{by} took a passage off this line"
    elif here and not own:
        words = f"{by} took this passage off another line"
    elif here and len(line.mentions) > 1 and ruling.line == line.id:
        words = f"{by} took this passage off this line; it goes when the lines are formed again"
    else:
        return None
    judged = view.judgements(f"{ruling.line}:{ruling.mention}")[-1]
    return SettledShown(words, judged.passage.text, judged.reason, f"/review/{ruling.line}:{ruling.mention}")
