"""Comparing words: what is counted together, what comes first, what is left out."""

from dataclasses import replace
from typing import Any

from onrecord.cli.wordings import group_terms, group_verbs
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import DateRange, Outlet
from onrecord.records.findings import Speaker, WordingUse
from onrecord.records.rows import WordingRow
from onrecord.records.spans import Span


def use(
    thing: str, term: str, outlet: str = "Wire", who: str | None = None, distanced: str | None = None
) -> WordingRow:
    wording = WordingUse("w1", Span(0, len(term)), thing, term, None, distanced, 0.9, "made")
    claimant = Speaker("a1", who, LinkBasis.NAME) if who else None
    return WordingRow("id", "sha256:0", wording, term, None, claimant, Outlet(outlet), DateRange(), "")


def test_a_thing_named_in_two_ways_is_compared_and_counted_by_outlet_and_voice() -> None:
    rows = [
        use("force", "garrison"),
        use("force", "garrison"),
        use("force", "guard", "Voice"),
        use("force", "garrison", who="Ada"),
    ]
    assert [(each.term, each.row.outlet.name, each.times) for each in group_terms(rows)] == [
        ("garrison", "Wire", 2),
        ("garrison", "Wire", 1),
        ("guard", "Voice", 1),
    ]


def test_a_thing_that_everyone_names_alike_is_left_out_and_a_plural_is_no_other_name() -> None:
    assert group_terms([use("state", "government"), use("state", "Governments", "Voice")]) == ()


def test_a_term_held_at_a_distance_comes_first_even_alone() -> None:
    rows = [use("force", "garrison"), use("force", "guard"), use("fee", "voluntary", distanced="scare_quotes")]
    assert [each.term for each in group_terms(rows)] == ["voluntary", "garrison", "guard"]


def test_verbs_are_counted_by_speaker_and_outlet() -> None:
    said, claimed = use("attribution_verb", "said", who="Ada"), use("attribution_verb", "claimed", "Voice", "Ada")
    first, second = group_verbs([said, said, replace(said, wording=replace(said.wording, term="added")), claimed])
    assert first.verbs == (("said", 2), ("added", 1))
    assert (second.row.outlet.name, second.verbs) == ("Voice", (("claimed", 1),))


def test_the_command_tells_terms_and_verbs_apart(onrecord: Any) -> None:
    assert "“voluntary”" in onrecord("wording").out
    assert onrecord("wording", "--verbs").code == 3


def test_the_table_says_among_how_many_articles_it_counted(onrecord: Any) -> None:
    read = len(onrecord("documents", "--format", "csv").out.splitlines()) - 1
    assert f"Articles read: {read} (" in onrecord("wording").err
    assert "Articles read" not in onrecord("wording", "--format", "csv").err
