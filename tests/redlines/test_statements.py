from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records.actors import Actor, ActorType, LinkBasis
from onrecord.records.documents import Basis, DateRange, Document, Outlet, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.records.redlines import Statement
from onrecord.records.spans import Span
from onrecord.redlines.statements import form_statements

TEXT = "The agency reported that the council urged a pause. “We wait until spring,” Premier Ilse Tarn said."
DAY = DateRange(date(2031, 3, 4), date(2031, 3, 4), Basis.GIVEN, "typed in")


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def spoken(name: str, source: str, cue: str, content: str, **more: object) -> Attribution:
    fields: dict[str, object] = {
        "id": name,
        "source": (span_of(source),),
        "cue": (span_of(cue),),
        "content": (span_of(content),),
        "directness": Directness.DIRECT,
        "speaker": Speaker("a1", "Ilse Tarn", LinkBasis.NAME),
        "act": Act.POSITION,
        "within": None,
        "said_on": None,
        "score": 0.9,
        "produced_by": "test",
    }
    return Attribution(**(fields | more))  # type: ignore[arg-type]


QUOTE = spoken("s1", "Premier Ilse Tarn", "said", "“We wait until spring,”")
REPORT = spoken("s2", "The agency", "reported", "that the council urged a pause")
URGED = spoken("s3", "the council", "urged", "a pause", within="s2")


def statements_of(*attributions: Attribution, published: DateRange = DAY) -> tuple[Statement, ...]:
    document = Document(
        hash_text(TEXT), "a.txt", "", TEXT, outlet=Outlet("Quay Gazette", Basis.GIVEN), published=published
    )
    tarn = Actor("a1", "Ilse Tarn", ActorType.PERSON, "person:ilse tarn")
    return form_statements(Findings(document, actors=(tarn,), attributions=attributions))


def test_a_statement_quotes_the_words_as_printed_and_names_the_actors_key() -> None:
    (statement,) = statements_of(QUOTE)
    assert statement.quote == "“We wait until spring,”"
    assert statement.actor == "person:ilse tarn"
    assert statement.outlet.name == "Quay Gazette"
    assert len(statement.id) == 12


def test_an_unlinked_speaker_stays_unlinked() -> None:
    nobody = Speaker(None, None, LinkBasis.NONE, 0.0, "no name in reach")
    (statement,) = statements_of(spoken("s1", "Premier Ilse Tarn", "said", "“We wait until spring,”", speaker=nobody))
    assert statement.actor is None
    assert statement.speaker.reason == "no name in reach"


def test_what_it_said_is_of_the_day_of_its_words_right_before() -> None:
    text = "Vadia backed the truce. It proposed talks. Vadia is glad."
    day = DateRange(date(2031, 3, 2), date(2031, 3, 2), Basis.TEXT, "on Sunday")

    def told(
        name: str, source: str, cue: str, content: str, basis: LinkBasis, said_on: DateRange | None
    ) -> Attribution:
        who, how, what = (
            (Span(text.index(words), text.index(words) + len(words)),) for words in (source, cue, content)
        )
        speaker = Speaker("a1", "Vadia", basis)
        return Attribution(name, who, how, what, Directness.INDIRECT, speaker, Act.POSITION, None, said_on, 0.9, "test")

    vadia = Actor("a1", "Vadia", ActorType.STATE, "vadia|state")
    document = Document(hash_text(text), "a.txt", "", text, published=DAY)
    told_all = (
        told("s1", "Vadia", "backed", "the truce", LinkBasis.NAME, day),
        told("s2", "It", "proposed", "talks", LinkBasis.PRONOUN, None),
        told("s3", "Vadia", "is glad", "glad", LinkBasis.NAME, None),
    )
    days = [each.said_on for each in form_statements(Findings(document, actors=(vadia,), attributions=told_all))]
    assert (days[0].basis, days[1].basis) == (Basis.TEXT, Basis.INFERRED)
    assert days[1].earliest == days[0].earliest
    assert not days[2].is_day


def test_a_given_day_is_kept() -> None:
    said = DateRange(date(2031, 3, 2), date(2031, 3, 2), Basis.TEXT, "on Sunday")
    (statement,) = statements_of(spoken("s1", "Premier Ilse Tarn", "said", "“We wait until spring,”", said_on=said))
    assert statement.said_on == said


def test_without_a_day_it_is_the_week_up_to_publication_and_says_so() -> None:
    (statement,) = statements_of(QUOTE)
    assert (statement.said_on.earliest, statement.said_on.latest) == (date(2031, 2, 25), date(2031, 3, 4))
    assert statement.said_on.basis is Basis.INFERRED
    assert "before publication" in statement.said_on.reason


def test_without_any_date_it_stays_unknown() -> None:
    (statement,) = statements_of(QUOTE, published=DateRange())
    assert not statement.said_on.is_known
    assert statement.said_on.reason


def test_a_relayed_statement_names_its_relay_and_is_not_later() -> None:
    relayed = DateRange(date(2031, 3, 1), date(2031, 3, 1), Basis.TEXT, "on Saturday")
    outer = spoken("s2", "The agency", "reported", "that the council urged a pause", said_on=relayed)
    report, urged = statements_of(outer, URGED)
    assert urged.relay == (report.id,)
    assert report.relay == ()
    assert urged.said_on.latest == date(2031, 3, 1)
    assert urged.said_on.basis is Basis.INFERRED


def test_a_chain_of_relays_that_bites_its_tail_is_cut() -> None:
    loop = spoken("s2", "The agency", "reported", "that the council urged a pause", within="s3")
    report, urged = statements_of(loop, URGED)
    assert (len(report.relay), len(urged.relay)) == (1, 1)


def test_an_attribution_without_words_is_no_statement() -> None:
    assert statements_of(replace(QUOTE, content=())) == ()


@given(st.permutations([QUOTE, REPORT, URGED]))
def test_the_ids_do_not_depend_on_the_order(order: list[Attribution]) -> None:
    assert {each.id for each in statements_of(*order)} == {each.id for each in statements_of(QUOTE, REPORT, URGED)}
