"""Wording across outlets: hand-made uses on texts of our own."""

from onrecord.records.actors import Actor, ActorType, LinkBasis
from onrecord.records.documents import Document, Outlet, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker, WordingUse
from onrecord.records.spans import Span
from onrecord.stories.wording import VERB, SpeakerVerbs, TermUse, compare_verbs, compare_wording


def article(text: str, outlet: str | None, *uses: tuple[str, str, str | None, str | None]) -> Findings:
    """Uses are (thing, printed term, attribution, distanced), found at the term's first place."""
    found = tuple(
        WordingUse(
            f"w{number}",
            Span(text.index(term), text.index(term) + len(term)),
            thing,
            term.lower(),
            voice,
            how,
            0.9,
            "hand",
            voice is not None,
        )
        for number, (thing, term, voice, how) in enumerate(uses, 1)
    )
    return Findings(Document(hash_text(text), "", "", text, outlet=Outlet(outlet)), wordings=found)


GAZETTE = article(
    "The referendums were held. A vote!", "Gazette", ("vote", "referendums", None, None), ("vote", "vote", "s1", None)
)
GAZETTE_AGAIN = article("A referendum was near.", "Gazette", ("vote", "referendum", None, None))
HERALD = article(
    "The so-called referendum was a plebiscite.",
    "Herald",
    ("vote", "referendum", None, "so_called"),
    ("vote", "plebiscite", None, None),
)


def counts(term: TermUse) -> tuple[str, int, int, int]:
    return term.term, term.own, term.quoted, term.distanced


def test_terms_are_counted_by_outlet_with_their_base() -> None:
    (thing,) = compare_wording([GAZETTE, GAZETTE_AGAIN, HERALD])
    assert (thing.thing, thing.terms) == ("vote", ("referendums", "plebiscite", "vote"))
    gazette, herald = thing.outlets
    assert (gazette.outlet.name, gazette.documents, gazette.uses) == ("Gazette", 2, 3)
    assert [counts(term) for term in gazette.terms] == [("referendums", 2, 0, 0), ("vote", 0, 1, 0)]
    assert (herald.outlet.name, herald.documents, herald.uses) == ("Herald", 1, 2)
    assert [counts(term) for term in herald.terms] == [("plebiscite", 1, 0, 0), ("referendum", 1, 0, 1)]


def test_every_count_has_its_passages() -> None:
    (thing,) = compare_wording([GAZETTE, HERALD])
    for outlet in thing.outlets:
        for term in outlet.terms:
            assert len(term.passages) == term.own + term.quoted
            assert all(term.term in passage.text.lower() for passage in term.passages)


def test_a_passage_stays_in_its_line_and_breaks_at_spaces() -> None:
    text = "Not this line.\n" + "word " * 60 + "sham vote " + "word " * 60 + "\nNor this."
    (thing,) = compare_wording([article(text, "Gazette", ("vote", "sham vote", None, "so_called"))])
    (passage,) = thing.outlets[0].terms[0].passages
    assert passage.text.split().count("word") == 32
    assert text[slice(*passage.spans[0])] == passage.text


def test_one_undistanced_term_for_a_thing_tells_nothing() -> None:
    assert compare_wording([article("A truce held.", "Gazette", ("truce", "truce", None, None))]) == ()


def test_one_distanced_term_is_shown() -> None:
    (thing,) = compare_wording([article('A "truce" held.', "Gazette", ("truce", "truce", None, "scare_quotes"))])
    assert thing.terms == ("truce",)


def test_articles_of_unknown_outlets_stand_together() -> None:
    one = article("A truce held.", None, ("truce", "truce", None, None))
    two = article("A ceasefire held.", None, ("truce", "ceasefire", None, None))
    (thing,) = compare_wording([one, two])
    assert [(outlet.outlet.name, outlet.documents) for outlet in thing.outlets] == [(None, 2)]


def test_no_coverage_has_no_wording() -> None:
    assert compare_wording([]) == ()
    assert compare_verbs([]) == ()


def quoting(text: str, outlet: str, verb: str, speaker: Speaker) -> Findings:
    cue = Span(text.index(verb), text.index(verb) + len(verb))
    said = Attribution("s1", (), (cue,), (), Directness.INDIRECT, speaker, Act.OTHER, None, None, 1.0, "hand")
    use = WordingUse("w1", cue, VERB, verb, "s1", None, 0.8, "hand")
    actors = (Actor("a1", "Mara Holt", ActorType.PERSON, "person:holt"),)
    document = Document(hash_text(text), "", "", text, outlet=Outlet(outlet))
    return Findings(document, actors=actors, attributions=(said,), wordings=(use,))


def verbs(found: SpeakerVerbs) -> tuple[str | None, str | None, str, int, list[str]]:
    return found.outlet.name, found.speaker, found.name, found.uses, [term.term for term in found.verbs]


def test_verbs_are_told_by_outlet_and_speaker() -> None:
    holt, holt_too = (Speaker("a1", name, LinkBasis.NAME) for name in ("Mara Holt", "Ms Holt"))
    coverage = [
        quoting("Mara Holt said so.", "Gazette", "said", holt),
        quoting("Ms Holt said it again.", "Gazette", "said", holt_too),
        quoting("Mara Holt claimed so.", "Herald", "claimed", holt),
        quoting("Somebody alleged so.", "Herald", "alleged", Speaker(None, None, LinkBasis.NONE)),
    ]
    assert [verbs(each) for each in compare_verbs(coverage)] == [
        ("Gazette", "person:holt", "Mara Holt", 2, ["said"]),
        ("Herald", "person:holt", "Mara Holt", 1, ["claimed"]),
    ]


def test_an_unlinked_speaker_is_told_by_name() -> None:
    (found,) = compare_verbs(
        [quoting("A clerk alleged so.", "Herald", "alleged", Speaker(None, "A clerk", LinkBasis.NONE))]
    )
    assert verbs(found) == ("Herald", None, "A clerk", 1, ["alleged"])


def test_verbs_are_no_thing_of_their_own() -> None:
    holt = Speaker("a1", "Mara Holt", LinkBasis.NAME)
    both = [
        quoting("Mara Holt said so.", "Gazette", "said", holt),
        quoting("Mara Holt claimed so.", "Gazette", "claimed", holt),
    ]
    assert compare_wording(both) == ()
