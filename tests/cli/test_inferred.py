"""What `who` tells of how an actor's type, state and side are known."""

from onrecord.cli.inferred import tell_reasons
from onrecord.ledger.about import findings_about
from onrecord.ledger.memory import MemoryLedger
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.records.spans import Span

TEXT = "The Defence Ministry of Dravonia met. Nobody at the ministry spoke."
NAME = Span(4, 32)


def found(reason: str, *flags: str) -> Findings:
    document = Document(hash_text(TEXT), "made.txt", "", TEXT)
    actor = Actor(
        "a1", "Defence Ministry of Dravonia", ActorType.BODY, "m|body", printed=(TEXT[slice(*NAME)],), flags=flags
    )
    mention = Mention("m1", NAME, ActorType.BODY, MentionKind.NAME, "a1", 0.9, "mentions/1")
    link = ActorLink(NAME, "a1", LinkBasis.NAME, 0.9, reason)
    return Findings(document, mentions=(mention,), actors=(actor,), links=(link,))


def reasons(findings: Findings) -> tuple[str, ...]:
    ledger = MemoryLedger(lambda: "2031-05-04T00:00:00+00:00")
    writer = ledger.writer()
    writer.add(findings, ())
    view = ledger.view()
    (person,) = view.who("Defence Ministry of Dravonia")
    return tell_reasons(findings_about(view, person), person.keys)


def test_the_words_that_settled_a_type_are_told_without_their_votes() -> None:
    told = reasons(found("a name of its own; body by 5.0 votes: is called a ministry"))
    assert told == ("body: is called a ministry",)


def test_what_tells_of_a_state_or_side_is_told() -> None:
    told = reasons(found("known: Defence Ministry", "state_worked_out:“its” before its name", "gender:male"))
    assert told == ("its state: “its” before its name", "known: Defence Ministry")


def test_nothing_is_told_where_nothing_was_inferred() -> None:
    assert reasons(found("a name of its own")) == ()
