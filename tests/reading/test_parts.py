"""What is headline, dateline, heading, caption, furniture and body. Invented texts, dirt of real kinds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.languages import identify_language
from onrecord.reading.oddities import find_oddities
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Part, PartKind
from onrecord.records.spans import Span, quote_span

SENTENCE = "The harbour master said the strait would stay open to all ferries for the rest of the year."
QUOTE = '"We will not give way," she told the assembly in Dresva.'


def kinds_of(text: str) -> list[str]:
    return [f"{part.kind.value}: {quote_span(text, part.span)}" for part in find_parts(text)]


def kind_of(line: str, above: str = SENTENCE, below: str = SENTENCE) -> str:
    """The kind of a line that stands between two paragraphs, under a headline."""
    text = f"Strait stays open, harbour says\n{above}\n{line}\n{below}"
    (kind,) = {part.kind.value for part in find_parts(text) if quote_span(text, part.span) == line.strip()}
    return kind


FURNITURE = [
    "SEE ALSO:",
    "READ MORE: Ferry fares go up in spring",
    "Advertisement",
    "Share this article",
    "Subscribe to our newsletter and never miss a story",
    "Follow us on Telegram",
    "News \xa0 / \xa0 Region",
    "Home > News > Coast",
    "Home » Coast",
    "All rights reserved.",
    "© 2031 The Lantern",
    "Our pages can also be reached at these mirror addresses:",
    "The Lantern News Apple TV",
    "3 min read",
    "Page 2 of 5",
    "https://lantern.example/story",
    "* * *",
    "Reporting by Ilya Marsh; editing by Tove Lind",
    "Tags: harbour, ferries",
    "By Ilya Marsh",
    "By Ilya Marsh and Tove Lind",
    "This site uses cookies to count its visitors.",
    "WhatsApp",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_site_furniture_is_told_from_text(line: str) -> None:
    assert kind_of(line) == "furniture"


BODY = [
    "By evening the ferries had stopped.",
    "More than forty ferries were held back.",
    "Share prices fell by a tenth, the bank said.",
    "The minister can also be heard on the radio, but he rarely says so much in a single interview with anyone.",
    "Follow-up talks are planned for May.",
    '"No," she said.',
    "- the strait stays open",
    "She listed three demands:",
    "Lind continued:",
    "I never said --",
    "-The ferries stay where they are [KNT]",
    '"VIDEO: they told us it was a drill when they knew that it was none," the owner wrote.',
    "As she spoke, a video credited to Dresva Harbour showed ferries on fire.",
    "Related parties were told to leave, the court said in a ruling that ran to forty pages and took a year to write.",
    "Reporting on the strike was banned.",
    "News reached the island a day later.",
    "Support us or stand aside, he told them, and nobody moved.",
]


@pytest.mark.parametrize("line", BODY)
def test_sentences_that_begin_like_furniture_stay_body(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize(
    "line",
    ["1937", "CORRECTION:", "Background", "What comes next", "Marsh to the islands", "Details", "‘A quiet coast’"],
)
def test_a_short_line_without_a_full_stop_between_paragraphs_is_a_heading(line: str) -> None:
    assert kind_of(line) == "heading"


CAPTIONS = [
    "Photo: Ilya Marsh",
    "The harbour of Dresva in March (Getty Images)",
    "FILE PHOTO: Ferries wait off Dresva",
    "A ferry is seen in this handout picture released by the harbour office.",
    "Ferries wait off Dresva. Image by Tove Lind / AFP",
]


@pytest.mark.parametrize("line", CAPTIONS)
def test_picture_lines_are_captions(line: str) -> None:
    assert kind_of(line) == "caption"


def test_a_line_of_names_below_the_headline_is_a_caption() -> None:
    text = f"Harbour chief says she will not meet the ferry owners\n\nDresva's Harbour Master Tove Lind\n\n{SENTENCE}"
    assert [part.kind for part in find_parts(text)] == [PartKind.HEADLINE, PartKind.CAPTION, PartKind.BODY]


def test_a_second_title_below_the_headline_is_headline_too() -> None:
    text = f"Harbour chief refuses talks\nOwners threaten to sue as ferries lie idle\n{SENTENCE}"
    assert [part.kind for part in find_parts(text)] == [PartKind.HEADLINE, PartKind.HEADLINE, PartKind.BODY]


DATELINES = [
    ("DRESVA - ", "DRESVA -"),
    ("DRESVA, March 3 (KNT) -- ", "DRESVA, March 3 (KNT) --"),
    ("DRESVA, Marrow (KNT) — ", "DRESVA, Marrow (KNT) —"),
    ("DRESVA, 3 March. /KNT/. ", "DRESVA, 3 March. /KNT/."),
    ("NEW DRESVA (KNT) – ", "NEW DRESVA (KNT) –"),
    ("Dresva (KNT) – ", "Dresva (KNT) –"),
    ("NEW DRESVA: ", "NEW DRESVA:"),
    ("Dresva, March 3 (KNT).- ", "Dresva, March 3 (KNT).-"),
    ("New Dresva — ", "New Dresva —"),
    ("DRESVA - Harbour Monitor - ", "DRESVA - Harbour Monitor -"),
    ("(KNT) - ", "(KNT) -"),
    ("DRESVA\xa0-\xa0", "DRESVA\xa0-"),
    ("Dresva, 3 May 2024 — ", "Dresva, 3 May 2024 —"),
    ("Dresva, 3 May - ", "Dresva, 3 May -"),
    ("New Dresva, Marrow, Friday, May 3, 2024 (KNT) – ", "New Dresva, Marrow, Friday, May 3, 2024 (KNT) –"),
    ("Dresva, 3 May 2024: ", "Dresva, 3 May 2024:"),
    ("3 May 2024, Dresva (KNT) - ", "3 May 2024, Dresva (KNT) -"),
]


@pytest.mark.parametrize(("prefix", "dateline"), DATELINES)
def test_the_dateline_before_the_first_sentence_is_a_part_of_its_own(prefix: str, dateline: str) -> None:
    text = f"Strait stays open, harbour says\n{prefix}{SENTENCE}\n{QUOTE}"
    assert kinds_of(text)[1:] == [f"dateline: {dateline}", f"body: {SENTENCE}", f"body: {QUOTE}"]


@pytest.mark.parametrize(
    "line",
    [
        "Dresva • KNT",
        "3 March 2031, 14:20",
        "Published: 3 March 2031",
        "2031-03-03",
        "Updated March 3, 2031 2:20 p.m. GMT",
    ],
)
def test_a_line_of_place_and_agency_or_of_a_date_alone_is_a_dateline(line: str) -> None:
    assert kind_of(line) == "dateline"


@pytest.mark.parametrize(
    "prefix", ["UPDATE - ", "NATO - ", "Lind - ", "", "“Dresva - ", "Then Tove Lind — who was late — left. "]
)
def test_other_words_before_a_dash_are_no_dateline(prefix: str) -> None:
    text = f"Strait stays open, harbour says\n{prefix}{SENTENCE}\n{QUOTE}"
    assert "dateline" not in {part.kind.value for part in find_parts(text)}


def test_the_labels_of_speakers_are_no_datelines() -> None:
    text = f"Strait stays open, harbour says\nLIND: {SENTENCE}\nBEK: {QUOTE}"
    assert "dateline" not in {part.kind.value for part in find_parts(text)}


def test_a_text_without_a_title_is_all_body() -> None:
    assert [part.kind for part in find_parts(f"{SENTENCE}\n{QUOTE}")] == [PartKind.BODY, PartKind.BODY]


@pytest.mark.parametrize("text", ["Premier: no deal", "Share", "See also:", SENTENCE])
def test_a_single_line_is_body_whatever_it_looks_like(text: str) -> None:
    assert [part.kind for part in find_parts(text)] == [PartKind.BODY]


def test_a_section_label_above_the_headline_is_furniture() -> None:
    text = f"The Lantern\nHarbour chief refuses to meet owners\n{SENTENCE}"
    assert [part.kind for part in find_parts(text)] == [PartKind.FURNITURE, PartKind.HEADLINE, PartKind.BODY]


def test_links_listed_after_see_also_are_furniture_up_to_the_next_sentence() -> None:
    text = f"Strait stays open\n{SENTENCE}\nSEE ALSO:\nFerry fares go up\nOwners to sue\n{QUOTE}"
    kinds = [part.kind.value for part in find_parts(text)]
    assert kinds == ["headline", "body", "furniture", "furniture", "furniture", "body"]


def test_labels_after_the_last_paragraph_are_furniture() -> None:
    text = f"Strait stays open\n{SENTENCE}\nThe Lantern Evening Edition"
    assert [part.kind.value for part in find_parts(text)] == ["headline", "body", "furniture"]


def test_hard_wrapped_lines_make_one_paragraph() -> None:
    text = (
        "Strait stays open\n\n"
        "The harbour master said the strait would stay open to all\n"
        "ferries for the rest of the year, and that nobody had asked\n"
        "her to close it.\n\n"
        "Owners were silent."
    )
    parts = find_parts(text)
    assert [part.kind.value for part in parts] == ["headline", "body", "body"]
    assert [quote_span(text, part.span).count("\n") for part in parts] == [0, 2, 0]


def test_short_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    lines = [QUOTE, "She did not say when.", "The owners were not there.", "Nobody asked them to come."]
    assert len(find_parts("\n".join(lines))) == len(lines)


def test_what_the_format_knows_outranks_what_the_line_looks_like() -> None:
    text = f"Share\n{SENTENCE}\n{QUOTE}"
    known = (Part(Span(0, 5), PartKind.HEADLINE), Part(Span(6, 6 + len(SENTENCE)), PartKind.CAPTION))
    assert [part.kind.value for part in find_parts(text, known)] == ["headline", "caption", "body"]


LINES = st.one_of(
    st.sampled_from(
        [*FURNITURE, *BODY, *CAPTIONS, SENTENCE, QUOTE, "DRESVA - " + SENTENCE, "", "Background", "# Title"]
    ),
    st.text(max_size=40),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\r"]))
def test_parts_cover_every_word_once_and_in_order(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    parts = find_parts(text)
    assert all(before.span.end <= after.span.start for before, after in zip(parts, parts[1:], strict=False))
    assert all(quote_span(text, part.span).strip() == quote_span(text, part.span) for part in parts)
    covered = "".join(quote_span(text, part.span) for part in parts)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        '"' * 1_000_000,
        "(" * 1_000_000,
        " " * 1_000_000,
        "said " * 200_000,
        "a\n" * 100_000,
        "e" * 5_000_000,
        "e\u0435" * 500_000,
        "a- " * 300_000,
        "<a" * 500_000,
    ],
)
def test_attack_28_29_classifying_lines_takes_linear_time(text: str) -> None:
    started = time.process_time()
    find_parts(text)
    find_oddities(text)
    identify_language(text)
    assert time.process_time() - started < 8  # 100,000 paragraphs take 1 s; in quadratic time they would take an hour
