"""Dates of articles and of attributions, from texts of our own and hand-made attributions."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.dating import date_attributions, date_document, times_told
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.reading.reader import read_text
from onrecord.records.actors import Actor, ActorType, LinkBasis, Office
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.spans import Span

PUBLISHED = DateRange(date(2022, 9, 28), date(2022, 9, 28), Basis.GIVEN)
_MARK = re.compile(r"\[(\d)([SCQ]) |\]")


def read_marked(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """Text and attributions of `[1S The envoy] [1C said] [1Q it was over]`: number, then source, cue or content."""
    pieces: dict[str, dict[str, list[Span]]] = {}
    text, at, opened = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(1):
            opened.append((mark.group(1), mark.group(2), len(text)))
        else:
            number, part, start = opened.pop()
            pieces.setdefault(number, {}).setdefault(part, []).append(Span(start, len(text)))
    text += marked[at:]
    return text, tuple(make_attribution(f"s{number}", parts) for number, parts in sorted(pieces.items()))


def make_attribution(identifier: str, parts: dict[str, list[Span]]) -> Attribution:
    source, cue, content = (tuple(parts.get(part, ())) for part in "SCQ")
    nobody = Speaker(None, None, LinkBasis.NONE)
    return Attribution(
        identifier, source, cue, content, Directness.INDIRECT, nobody, Act.OTHER, None, None, 1.0, "by hand"
    )


def said_on(marked: str, published: DateRange = PUBLISHED) -> dict[str, DateRange | None]:
    text, attributions = read_marked(marked)
    document = Document("d", "", "", text, published=published)
    sentences = split_sentences(document)
    dated = date_attributions(document, sentences, attributions, find_times(document, sentences))
    return {each.id: each.said_on for each in dated}


def day(found: DateRange | None) -> str | None:
    return None if found is None else f"{found.earliest}..{found.latest}"


SAID = (
    ("[1S The envoy] [1C said] on Sunday [1Q that it was over].", "2022-09-25..2022-09-25"),
    ("Also on Tuesday, [1S an aide] [1C said] [1Q it was over].", "2022-09-27..2022-09-27"),
    ("[1Q “It is over,”] [1S she] [1C said] in a post on September 20.", "2022-09-20..2022-09-20"),
    ("Last week [1S agencies] [1C reported] [1Q a delay].", "2022-09-19..2022-09-25"),
    ("[1S She] [1C said] after talks on Monday [1Q that it was over].", "2022-09-26..2022-09-26"),
    ("[1S She] [1C spoke] earlier this week of [1Q an end].", "2022-09-26..2022-09-28"),
    ("[1S The envoy] [1C announced] [1Q the truce two days] earlier.", "None..2022-09-26"),
    ("[1Q “No,”] [1S he] [1C said], [2C adding] [2Q that he wrote on Sunday].", None),
    ("In the last year [1S the envoy] [1C was warning] [1Q that it would end].", "2021-01-01..2022-09-28"),
    # not when it was said
    ("[1S The envoy] [1C said] [1Q it would end on Sunday].", None),
    ("[1S The envoy], who resigned last week, [1C said] [1Q it was over].", None),
    ("[1S The envoy] [1C said], after the bridge fell on Monday, [1Q that it was over].", None),
    ("[1S The envoy] has [1C said] since May [1Q that it was over].", None),
    ("[1S The envoy] will [1C speak] on Friday of [1Q an end].", None),
    ("[1S The envoy] now [1C says] [1Q it is over].", None),
    ("It fell on Sunday. [1S The envoy] [1C said] [1Q it was over].", None),
    ("[1S The envoy] [1C said] for two hours [1Q that it was over].", None),
)


@pytest.mark.parametrize(("marked", "expected"), SAID)
def test_words_are_said_when_the_text_says_so_beside_them(marked: str, expected: str | None) -> None:
    assert day(said_on(marked)["s1"]) == expected


BEFORE = "It rained on the port. The lock stayed shut. "  # two sentences: what has been said behind them may be old


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (BEFORE + "[1S Orlia] [1C has said] [1Q it will shut the lock].", "has said"),
        (BEFORE + "[1S Orlia] has [1C said] since May [1Q it will shut the lock].", "has said"),
        ("[1S Orlia] [1C has said] [1Q it will shut the lock].", None),
        ("[1S Orlia] [1C has repeatedly warned] [1Q of a flood].", "repeatedly"),
        ("[1S Orlia] once [1C named] [1Q a price].", "once"),
        ("They took the very step that [1S Orlia] [1C had warned] [1Q would end it].", "had warned"),
        ("They took a step that [1S Orlia] [1C has said] [1Q would end it].", "has said"),
        ("Before the landing, [1S Bek] [1C warned] [1Q that she would leave].", "Before the"),
        (BEFORE + "Earlier, [1S Bek] [1C agreed] [1Q to leave].", "Earlier,"),
        ("Before it rained, [1S Bek] [1C warned] [1Q that she would leave].", None),
    ],
)
def test_words_told_as_older_than_the_news_are_of_any_day_before(marked: str, words: str | None) -> None:
    found = said_on(marked)["s1"]
    if words is None:
        assert found is None
    else:
        assert found is not None
        assert (found.earliest, found.latest, found.basis) == (None, date(2022, 9, 28), Basis.INFERRED)
        assert f"“{words}”" in found.reason


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[1S Bek] [1C had promised] [1Q to shut the port], the ban announced on Monday covers steel.",
            "None..2022-09-28",
        ),
        ("[1S Bek] blasted those who took the boat on Monday and [1C said] [1Q she would act].", None),
        ("[1S Bek] left on Monday and [1C said] [1Q she would act].", "2022-09-26..2022-09-26"),
        ("On Monday they brushed aside a [1S Vadian] [1C warning] [1Q that it would rain].", "None..2022-09-28"),
        ("On Monday [1S Vadia] [1C claims] [1Q that it rained].", "2022-09-26..2022-09-26"),
        ("Since the board met, [1Q nobody works], [1S the union] [1C says].", "None..2022-09-28"),
        ("[1Q Since the board met, nobody works], [1S the union] [1C says].", None),
    ],
)
def test_a_date_of_another_verb_is_not_that_of_the_words(marked: str, expected: str | None) -> None:
    assert day(said_on(marked)["s1"]) == expected


def test_a_date_that_ends_the_clause_before_is_not_that_of_the_words() -> None:
    found = said_on("Orlia took forty men away in July, and [1Q thirty remain], [1C according to] [1S the monitors].")
    assert found["s1"] is None


INSERTED = (
    ("[1S Lisi], elected in April, [1C said] [1Q that it was over].", None),
    ("[1S The mayor elected in April] [1C said] [1Q that it was over].", None),
    ("[1S Lisi], mayor in 2019, [1C said] [1Q that it was over].", None),
    ("In Sarn, a town taken in April, [1S Lisi] [1C said] [1Q that it was over].", None),
    ("[1S Lisi], asked on Monday about it, [1C said] [1Q that it was over].", "2022-09-26..2022-09-26"),
    ("[1S Lisi], speaking on Monday, [1C said] [1Q that it was over].", "2022-09-26..2022-09-26"),
    ("[1S The army], in a note on Monday, [1C said] [1Q that it was over].", "2022-09-26..2022-09-26"),
    ("In Sarn, [1S Envoy Lisi] on Monday, to no one's surprise, [1C said] [1Q no].", "2022-09-26..2022-09-26"),
    ("[1S Lisi] resigned on Monday and [1C said] [1Q that it was over].", "2022-09-26..2022-09-26"),
)


@pytest.mark.parametrize(("marked", "expected"), INSERTED)
def test_a_date_put_beside_the_speaker_is_not_that_of_the_words(marked: str, expected: str | None) -> None:
    assert day(said_on(marked)["s1"]) == expected


def test_a_date_belongs_to_the_nearest_cue_only() -> None:
    found = said_on(
        "[1S Agencies] [1C reported] on September 20 [1Q that [2S the council] [2C urged] [2Q a vote] at once]."
    )
    assert {key: day(value) for key, value in found.items()} == {"s1": "2022-09-20..2022-09-20", "s2": None}


def test_two_cues_with_two_dates_keep_their_own() -> None:
    found = said_on("On Monday [1S Holt] [1C denied] [1Q it]; on Tuesday [2S Brandt] [2C confirmed] [2Q it].")
    assert {key: day(value) for key, value in found.items()} == {
        "s1": "2022-09-26..2022-09-26",
        "s2": "2022-09-27..2022-09-27",
    }


def test_said_on_rests_on_the_text_and_gives_its_derivation() -> None:
    found = said_on("[1S The envoy] [1C said] on Sunday [1Q that it was over].")["s1"]
    assert found is not None
    assert found.basis is Basis.TEXT
    assert "“Sunday”" in found.reason
    assert "2022-09-28" in found.reason


def test_an_unresolved_sunday_stays_unknown_and_keeps_its_words() -> None:
    found = said_on("[1S The envoy] [1C said] on Sunday [1Q that it was over].", DateRange())["s1"]
    assert found is not None
    assert (found.is_known, found.basis) == (False, Basis.UNKNOWN)
    assert "XXXX-WXX-7" in found.reason


def test_a_range_of_publication_leaves_a_range_of_sundays() -> None:
    published = DateRange(date(2022, 9, 26), date(2022, 10, 5), Basis.INFERRED)
    found = said_on("[1S The envoy] [1C said] on Sunday [1Q that it was over].", published)["s1"]
    assert day(found) == "2022-09-25..2022-10-02"


def dated(text: str, *offices: Office) -> DateRange:
    document = Document("d", "", "", text)
    holder = Actor("a1", "Ana Lisi", ActorType.PERSON, "lisi", printed=("Ana Lisi", "Lisi"), offices=offices)
    return date_document(document, find_times(document, split_sentences(document)), (holder,))


HELD = Office("president", "Arvania", "2019-05-20", "2023-05-19")
SITTING = replace(HELD, title="incumbent president")
DEPUTY = Office("deputy chair", None, "2020-01-16")


def test_a_given_date_is_kept() -> None:
    document = Document("d", "", "", "It fell on 3 March 2014.", published=PUBLISHED)
    assert date_document(document, find_times(document, split_sentences(document)), ()) == PUBLISHED


def test_without_any_sign_the_date_stays_unknown() -> None:
    found = dated("The envoy said on Sunday that it was over.")
    assert (found.is_known, found.basis) == (False, Basis.UNKNOWN)


def test_the_latest_date_told_as_past_bounds_an_article_from_below() -> None:
    found = dated("The first vote was held in 2014. The port was seized on 3 March 2021. Talks will end in 2030.")
    assert (found.earliest, found.latest, found.basis) == (date(2021, 3, 3), date(2030, 12, 31), Basis.INFERRED)
    assert "“3 March 2021”" in found.reason


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("The harbour guards may stay until the end of 2031, the envoy added.", None),
        ("She prepared for a 2031 Harbour Conference.", None),
        ("They looked at floods over 2000 - 2050 and wrote it down.", None),
        ("Goals for post-2031 schools were named.", None),
        ("She served until 2011, and left.", date(2011, 1, 1)),
        ("In 2014 Orlia fell.", date(2014, 1, 1)),
        ("They had named 2021 and 2025, he said.", None),
        ("They voted for a delay from 2031 to 2033.", None),
        ("Lisi, a candidate in 2031, said that it was over.", None),
        ("The 2031 goals were missed, she said.", None),
        ("The games of 2032 were given to Sarn.", None),
        ("It sued when it was made to change them before 2040.", None),
        ("The study told how far crops shrank by 2050.", None),
    ],
)
def test_a_year_in_a_name_or_limit_is_not_told_as_past(text: str, earliest: date | None) -> None:
    assert dated(text).earliest == earliest


COMING = (
    ("The bridge will open in 2031.", date(2031, 12, 31)),
    ("The hearing is set for 2 June 2031.", date(2031, 6, 2)),
    ("The ban will take effect on 1 January 2031.", date(2031, 1, 1)),
    ("By the end of 2031 the fleet will have forty ships.", date(2031, 12, 31)),
    ("The ban is due to be lifted by 1 May 2031.", date(2031, 5, 1)),
    ("Talks will not resume until March 2031.", date(2031, 3, 31)),
    ("The envoys are to meet on 5 May 2031.", date(2031, 5, 5)),
    # what is only spoken of in the future, may be over; what was to come, too
    ("The court will hear witnesses of the crash of 12 May 2020.", None),
    ("The attack on June 9, 2021 will be investigated.", None),
    ("“We will be free by 2017,” he said.", None),
    ("The bridge would open in 2012, he hoped.", None),
    ("The will of 2015 was contested.", None),
    ("In 2019 elections that will be remembered, she won.", None),
)


@pytest.mark.parametrize(("text", "latest"), COMING)
def test_a_date_told_as_still_to_come_bounds_an_article_from_above(text: str, latest: date | None) -> None:
    found = dated(text)
    assert found.latest == latest
    assert ("told as still to come" in found.reason) is (latest is not None)


def test_what_was_to_come_at_a_date_named_bounds_nothing() -> None:
    found = dated("In 2010 the minister said the bridge will open in 2012.")
    assert (found.earliest, found.latest) == (date(2010, 1, 1), None)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("They marked the tenth anniversary of the fall of May 2011.", date(2021, 1, 1)),
        ("He spoke on the 25th anniversary of independence, won in 1991.", date(2016, 1, 1)),
        ("Next year will mark the 50th anniversary of the pact of 1984.", None),
        ("Ahead of the 50th anniversary of the pact of 1984 they met.", None),
    ],
)
def test_an_anniversary_that_has_come_bounds_an_article_from_below(text: str, earliest: date | None) -> None:
    assert dated(text).earliest == earliest


def test_bounds_from_both_sides_leave_a_day_without_its_year_one_year() -> None:
    found = dated("The dam broke on Sunday, May 14. One broke in 2019. A hearing is set for 2 June 2023.")
    assert (found.earliest, found.latest, found.basis) == (date(2023, 5, 14), date(2023, 6, 2), Basis.INFERRED)


ACTS = "President Ana Lisi met her deputy on Monday."


def test_an_office_bounds_an_article_to_the_time_after_its_beginning() -> None:
    found = dated("The deal that President Ana Lisi signed is dead, an aide said on Monday.", HELD, DEPUTY)
    assert (found.earliest, found.latest) == (date(2020, 1, 16), None)
    assert "“deputy chair” is so called from 2020-01-16 on" in found.reason


def test_the_end_of_a_term_bounds_only_where_the_title_says_that_it_is_held() -> None:
    assert dated(ACTS, HELD).latest is None
    assert dated(ACTS, replace(HELD, title="current president")).latest == date(2023, 5, 19)


def test_a_title_that_says_only_who_leads_bounds_nothing() -> None:
    assert not dated("Orlian leader Ana Lisi left on Monday.", replace(HELD, title="leader")).is_known
    assert not dated("Ana Lisi, the candidate, left on Monday.", replace(HELD, title="candidate")).is_known


def test_a_former_office_bounds_an_article_to_the_time_after_it() -> None:
    former = Office("former chancellor", "Arvania", "2008-05-07", "2012-05-07")
    found = dated("The former chancellor met his deputy.", former, DEPUTY)
    assert (found.earliest, found.latest) == (date(2020, 1, 16), None)
    assert dated("The former chancellor spoke.", former).earliest == date(2012, 5, 7)


def test_weekday_and_day_leave_one_year_within_the_terms() -> None:
    found = dated(f"The council was dissolved on Tuesday, September 27. {ACTS}", SITTING, DEPUTY)
    assert found.earliest == date(2022, 9, 27)
    assert found.latest == date(2023, 5, 19)
    assert "2022-09-27" in found.reason


def test_weekday_and_day_alone_bound_an_article_from_below() -> None:
    found = dated("The pier was opened in 2023. The council was dissolved on Tuesday, May 14.")
    assert (found.earliest, found.latest) == (date(2024, 5, 14), None)
    assert "at the earliest" in found.reason


def test_a_date_that_the_words_behind_it_put_ahead_bounds_nothing() -> None:
    assert not dated("The premier said that a vote on June 9, 2024 will follow.").is_known


def test_a_day_that_fits_several_years_narrows_nothing() -> None:
    found = dated(f"The council was dissolved on September 27. {ACTS}", SITTING, DEPUTY)
    assert (found.earliest, found.latest) == (date(2020, 1, 16), date(2023, 5, 19))


def test_years_counted_back_to_a_named_year_give_the_year() -> None:
    found = dated("Eight years ago, in 2014, the province was seized.")
    assert (found.earliest, found.latest) == (date(2022, 1, 1), date(2022, 12, 31))


def test_counted_years_and_a_day_without_a_year_join() -> None:
    found = dated("It was seized eight years ago, in 2014. The mayor was freed on Thursday, November 3.")
    assert (found.earliest, found.latest) == (date(2022, 11, 3), date(2022, 12, 31))


def test_contradicting_signs_leave_the_date_unknown_and_say_so() -> None:
    found = dated(f"The port was seized on 3 March 2024. {ACTS}", SITTING)
    assert not found.is_known
    assert "contradicts" in found.reason
    assert "3 March 2024" in found.reason


def test_an_office_with_an_odd_date_bounds_nothing() -> None:
    assert not dated("The chair spoke.", Office("chair", None, "2019", "soon")).is_known


@pytest.mark.parametrize(
    "line",
    [
        "PORT ALMA, March 3, 2021 (Agency) - The port was closed.",
        "NORTH HOLM, 3 March 2021 — The port was closed.",
        "North Holm, 3 March 2021\n\nShould the port stay closed on 1 May 2021, the council will meet.",
        "The council met. It will meet again on 1 May 2021.\n\nDone at North Holm on 3 March 2021",
    ],
)
def test_a_full_date_in_the_dateline_is_the_date(line: str) -> None:
    found = dated(line)
    assert (found.earliest, found.latest, found.basis) == (date(2021, 3, 3), date(2021, 3, 3), Basis.TEXT)
    assert found.reason


def read(text: str, published: DateRange | None = None) -> DateRange:
    """The days of an article whose parts are told apart, as they are read from a file."""
    document = replace(read_text(text, "a.txt"), published=published or DateRange())
    return date_document(document, find_times(document, split_sentences(document)))


NEWS = "The envoy said on Friday that the talks would open next week.\n\nNobody else spoke of them at the harbour."
LINES = (
    ("Talks open\n\n3 May 2024\n\n" + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nMay 3, 2024\n\nBy Ann Reed\n\n" + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nPublished: Friday, 3 May 2024 14:20 GMT\n\n" + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nBy Ann Reed | May 3, 2024\n\n" + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nOslo, 3 May 2024 — " + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nOslo, Friday, May 3, 2024 (NPA) - " + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nUpdated 3 May 2024, 10:15 CET\n\n" + NEWS, "None..2024-05-03", Basis.INFERRED),
    ("Talks open\n\nUpdated: 5 May 2024\nPublished: 3 May 2024\n\n" + NEWS, "2024-05-03..2024-05-03", Basis.TEXT),
    ("Talks open\n\nPosted on: 03/05/2024 - 10:15\n\n" + NEWS, "2024-03-05..2024-05-03", Basis.INFERRED),
    ("Talks open\n\nPosted on: 13/05/2024 - 10:15\n\n" + NEWS, "2024-05-13..2024-05-13", Basis.TEXT),
    # Weekday and day do not agree: one of the two is a slip.
    ("Talks open\n\nPublished: Friday, 4 May 2024\n\n" + NEWS, "2024-05-04..2024-05-04", Basis.INFERRED),
    # The days of a chronicle, and a day before what the text tells as past.
    ("The talks\n\n3 May 2024\n\n" + NEWS + "\n\n5 May 2024\n\n" + NEWS, "None..None", Basis.UNKNOWN),
    ("The talks\n\n3 May 2019\n\n" + NEWS + " The port was seized on 5 June 2023.", "2023-06-05..None", Basis.INFERRED),
)


@pytest.mark.parametrize(("text", "days", "basis"), LINES)
def test_lines_around_a_text_date_it(text: str, days: str, basis: Basis) -> None:
    found = read(text)
    assert (day(found), found.basis) == (days, basis)


def test_a_weekday_that_does_not_fit_its_date_is_said() -> None:
    found = read("Talks open\n\nPublished: Friday, 4 May 2024\n\n" + NEWS)
    assert found.reason.endswith("as printed, though 2024-05-04 is a Saturday")


def test_the_day_on_which_a_page_was_fetched_bounds_what_its_text_says() -> None:
    fetched = DateRange(None, date(2024, 6, 1), Basis.INFERRED, "fetched on 2024-06-01, so published by then")
    found = read("Talks open\n\n" + NEWS + " The port was seized on 3 March 2021.", fetched)
    assert (day(found), found.basis) == ("2021-03-03..2024-06-01", Basis.INFERRED)
    assert "fetched on 2024-06-01" in found.reason
    assert day(read("Talks open\n\n3 May 2024\n\n" + NEWS, fetched)) == "2024-05-03..2024-05-03"
    assert day(read("Talks open\n\n3 May 2025\n\n" + NEWS, fetched)) == "None..2024-06-01"


TOLD = (
    ("The fair was held from 3 to 7 May.", ["2024-05-03..2024-05-07"]),
    ("Nobody met between 12 and 15 April.", ["2024-04-12..2024-04-15"]),
    ("The summit was held on 4-5 May.", ["2024-05-04..2024-05-05"]),
    ("Rebels shelled Sarn on the weekend of 4-5 May.", ["2024-05-04..2024-05-05"]),
    ("It was held from April 30 to May 2.", ["2024-04-30..2024-05-02"]),
    ("It was held on May 3-5, 2023.", ["2023-05-03..2023-05-05"]),
    ("They fought between March and June 2023.", ["2023-03-01..2023-06-30"]),
    ("They fought from December to March 2023.", ["2022-12-01..2023-03-31"]),
    ("They fought from 2019 until 2021.", ["2019-01-01..2021-12-31"]),
    # Two days, and what was moved from one to the other, are no stretch.
    ("They met on 4 and 5 May.", ["2024-05-04..2024-05-04", "2024-05-05..2024-05-05"]),
    ("They moved the vote from 3 May to 7 May.", ["2024-05-03..2024-05-03", "2024-05-07..2024-05-07"]),
)


@pytest.mark.parametrize(("text", "days"), TOLD)
def test_first_and_last_day_of_a_stretch_are_one_time(text: str, days: list[str]) -> None:
    document = read_text(f"Week in Orlia\n\nVESNA, 15 May 2024 (NPA) - {text}", "a.txt")
    document = replace(document, published=DateRange(date(2024, 5, 15), date(2024, 5, 15), Basis.TEXT))
    told = times_told(document, find_times(document, split_sentences(document)))
    assert [day(each.resolved) for each in told] == days  # the dateline's own day is none of them


def told(day: date, back: int, form: int) -> str:
    """A sentence of an article of that day on something `back` days before it, or after it if negative."""
    then = day - timedelta(days=back)
    whole = f"{then.day} {then:%B} {then.year}"
    if back >= 0:
        without_year = f"The dam broke on {then:%A, %B} {then.day}."
        return (
            f"The bridge fell on {whole}.",
            f"The pier burned in {then:%B} {then.year}.",
            f"It shut in {then.year}, and the hall was sold.",
            without_year if back <= 300 else f"The bridge fell on {whole}.",
        )[form]
    return (
        f"A hearing is set for {whole}.",
        f"The ban will take effect on {whole}.",
        f"The hall will open in {then.year}.",
        f"By {then.year} the fleet will have forty ships.",
    )[form]


@given(
    st.dates(date(1960, 1, 1), date(2060, 1, 1)),
    st.lists(st.tuples(st.integers(-3000, 3000), st.integers(0, 3)), min_size=1, max_size=5),
)
def test_the_days_left_to_an_article_hold_the_day_it_was_written_on(day: date, things: list[tuple[int, int]]) -> None:
    found = dated(" ".join(told(day, back, form) for back, form in things))
    assert found.earliest is None or found.earliest <= day
    assert found.latest is None or day <= found.latest
    assert "contradicts" not in found.reason
