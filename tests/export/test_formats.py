import json
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from pyarrow import parquet

from onrecord.errors import ExportError, MismatchError, RecordError
from onrecord.export.bibtex import escape as escape_tex
from onrecord.export.csv import read_csv
from onrecord.export.formats import FORMATS, find_table, list_marked, list_rows, write_table
from onrecord.export.jsonl import export_jsonl, read_jsonl
from onrecord.export.markdown import escape as escape_markdown
from onrecord.export.schema_org import write_day
from onrecord.export.selection import Held, hold_back
from onrecord.export.source import every
from onrecord.export.tables import EVENTS, FIGURES, STATEMENTS, WORDINGS, all_tables, write_change
from onrecord.export.web_annotation import fits, read_web_annotation
from onrecord.records.codec import to_plain
from onrecord.records.documents import DateRange
from onrecord.records.redlines import Change
from onrecord.records.rows import Review, ReviewState

NOTHING = Held()
WHOLE_LEDGER = [name for name, form in FORMATS.items() if form.write]


def written(source: Any, name: str, held: Held = NOTHING) -> str:
    stream = StringIO()
    write = FORMATS[name].write
    assert write is not None
    write(source, held, stream)
    return stream.getvalue()


def test_every_page_of_rows_is_read(hand_made: Any) -> None:
    assert [row.id for row in every(hand_made.documents)] == [row.id for row in hand_made.rows["documents"]]
    assert hand_made.pages == 2


@pytest.mark.parametrize("name", WHOLE_LEDGER)
def test_two_exports_of_one_ledger_are_the_same_bytes(hand_made: Any, name: str) -> None:
    assert written(hand_made, name) == written(hand_made, name) != ""


def test_jsonl_gives_the_findings_back(hand_made: Any) -> None:
    assert list(read_jsonl(StringIO(written(hand_made, "jsonl")))) == list(hand_made.found)


def test_the_exchange_record_names_its_schema_first_and_its_keys_in_order(hand_made: Any) -> None:
    record = json.loads(written(hand_made, "jsonl"))
    assert list(record)[:6] == ["schema", "document", "mentions", "actors", "attributions", "conditions"]
    assert record["schema"] == "onrecord/findings/1"
    assert record["document"]["published"]["from"] == "2024-05-18"
    start, end = record["conditions"][0]["consequence"][0]
    assert record["document"]["text"][start:end] == "we close the strait"


def test_a_line_that_was_changed_meets_its_hash(hand_made: Any) -> None:
    line = json.loads(written(hand_made, "jsonl").splitlines()[0])
    turned = dict(reversed(line.items()))
    assert list(read_jsonl(StringIO(json.dumps(turned)))) == [hand_made.found[0]]
    line["document"]["title"] += "s"
    with pytest.raises(MismatchError, match="line 1: what the line says is not what its hash was taken of"):
        list(read_jsonl(StringIO(json.dumps(line))))


@pytest.mark.parametrize("lacking", ["hash", "annotator"])
def test_a_line_without_its_hash_or_annotator_is_refused(hand_made: Any, lacking: str) -> None:
    line = json.loads(written(hand_made, "jsonl").splitlines()[0])
    del line[lacking]
    with pytest.raises(RecordError, match=f"line 1: needed the {lacking}"):
        list(read_jsonl(StringIO(json.dumps(line))))


@pytest.mark.parametrize("line", ["{", "[]", '{"schema": "other/1"}', '{"schema": "onrecord/findings/1"}'])
def test_a_line_that_is_no_exchange_record_is_named(hand_made: Any, line: str) -> None:
    stream = StringIO()
    export_jsonl(hand_made.found, stream)
    stream.write(line + "\n")
    stream.seek(0)
    with pytest.raises(RecordError, match="line 2"):
        list(read_jsonl(stream))


@pytest.mark.parametrize("table", list(all_tables()))
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_come_back_with_every_cell(hand_made: Any, table: str, form: str) -> None:
    stream = BytesIO()
    write_table(hand_made, table, form, NOTHING, stream)
    stream.seek(0)
    rows = [
        dict(zip(find_table(table).names, find_table(table).cells(row), strict=True))
        for row in list_rows(hand_made, table, NOTHING)
    ]
    if form == "parquet":
        assert parquet.read_table(stream).to_pylist() == rows
    else:
        back = list(read_csv(StringIO(stream.getvalue().decode("utf-8"), newline="")))
        assert [list(row.values()) for row in back] == [[as_text(cell) for cell in row.values()] for row in rows]


def as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def test_an_unknown_table_is_refused_by_name() -> None:
    with pytest.raises(ExportError, match="'nonsense'"):
        find_table("nonsense")


def test_web_annotations_come_back_and_fit_their_texts(hand_made: Any) -> None:
    marked = read_web_annotation(StringIO(written(hand_made, "web-annotation")))
    assert marked == tuple(list_marked(hand_made, NOTHING))
    assert {each.kind for each in marked} == {"statement", "condition", "consequence", "figure", "step"}
    assert all(fits(each, hand_made.text(each.passage.document)) for each in marked)


def test_a_passage_does_not_fit_another_text(hand_made: Any) -> None:
    marked = next(iter(list_marked(hand_made, NOTHING)))
    assert not fits(marked, "x" + hand_made.text(marked.passage.document))
    assert not fits(marked, "")


@pytest.mark.parametrize("bad", ["", "[]", "{}", '{"items": 3}', '{"items": [3]}', '{"items": [{"id": "x"}]}'])
def test_a_file_that_holds_no_annotations_is_refused(bad: str) -> None:
    with pytest.raises(RecordError, match="needed|items"):
        read_web_annotation(StringIO(bad))


def test_a_piece_in_a_quotation_beyond_the_first_plane_is_counted_in_code_points(hand_made: Any) -> None:
    items = json.loads(written(hand_made, "web-annotation"))["first"]["items"]
    position, quote = items[0]["target"][0]["selector"]
    text = hand_made.text(hand_made.rows["documents"][0].id)
    assert "🚢" in text[: position["start"]]
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0


def test_unreviewed_accusations_stay_in_the_ledger_unless_asked_for(hand_made: Any) -> None:
    held = hold_back(hand_made)
    assert (held.statements, held.accusations, held.rejected) == (frozenset({"000000000002"}), 1, 0)
    assert hold_back(hand_made, accusations=True) == NOTHING
    for name in ("jsonl", "web-annotation", "csl-json", "bibtex", "schema-org"):
        assert "000000000002" not in written(hand_made, name, held)
    assert list(list_rows(hand_made, "figures", held)) == []


def test_the_findings_without_an_accusation_keep_no_reference_to_it(hand_made: Any) -> None:
    record = json.loads(written(hand_made, "jsonl", hold_back(hand_made)))
    assert [(each["id"], each["within"]) for each in record["attributions"]] == [("s1", None)]
    assert record["figures"] == []


def test_a_reviewed_accusation_is_exported(hand_made: Any) -> None:
    threat, accusation = hand_made.rows["statements"]
    hand_made.rows["statements"] = (threat, replace(accusation, review=ReviewState(Review.CONFIRMED, 2)))
    assert hold_back(hand_made) == NOTHING


def test_rejected_records_are_left_out(hand_made: Any) -> None:
    threat, accusation = hand_made.rows["statements"]
    hand_made.rows["statements"] = (replace(threat, review=ReviewState(Review.REJECTED, 2)), accusation)
    held = hold_back(hand_made, accusations=True)
    assert (held.accusations, held.rejected) == (0, 1)
    assert [row.statement.id for row in list_rows(hand_made, "statements", held)] == ["000000000002"]
    assert list(list_rows(hand_made, "conditions", held)) == []


def test_citations_carry_passage_speaker_outlet_dates_with_basis_link_and_hash(hand_made: Any) -> None:
    item = json.loads(written(hand_made, "csl-json"))[0]
    assert item["abstract"] == "If one tent stands, we close the strait"
    assert item["container-title"] == "Wire & Sons"
    assert item["issued"] == {"date-parts": [[2024, 5, 18]]}
    assert item["URL"] == "https://quay.example/a{b}?c=1&d=%20"
    for words in ("Ilan Orvo_Tek (named in the text)", "18 May 2024 (given by the user)", "sha256:", "confirmed"):
        assert words in item["note"]


def test_only_a_web_address_becomes_a_link(hand_made: Any) -> None:
    assert "javascript:" not in written(hand_made, "schema-org") + written(hand_made, "bibtex")


def test_bibtex_braces_balance_and_its_own_signs_are_escaped(hand_made: Any) -> None:
    text = written(hand_made, "bibtex")
    bare = text.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert r"author = {{Joss \{Amberley\}}}" in text
    assert escape_tex("50 % of_x & #1\n\n~y") == r"50 \% of\_x \& \#1 \textasciitilde{}y"


def test_quoted_words_are_a_quotation_and_others_a_claim(hand_made: Any) -> None:
    graph = json.loads(written(hand_made, "schema-org"))["@graph"]
    assert [(thing["@type"], thing["text"][:10]) for thing in graph] == [
        ("Quotation", "If one ten"),
        ("Claim", "{theft} of"),
    ]
    assert graph[0]["isPartOf"]["publisher"]["name"] == "Wire & Sons"
    assert "ClaimReview" not in json.dumps(graph)


def test_an_open_range_says_which_end_is_open(hand_made: Any) -> None:
    day = hand_made.rows["documents"][0].published.earliest
    assert write_day(DateRange(day, day)) == "2024-05-18"
    assert write_day(DateRange(None, day)) == "../2024-05-18"
    assert write_day(DateRange()) is None


def test_markdown_shows_a_line_with_its_steps_passages_and_holes(hand_made: Any) -> None:
    page = written(hand_made, "markdown")
    for words in (
        "## Ilan Orvo\\_Tek: one tent stands",
        "- **If** one tent stands",
        "- **Then** we close the strait",
        "1. **Declared**, 18 May 2024 (given by the user).",
        "   > If one tent stands, we close the strait",
        "2. **Condition reported**, Jun 2024 (worked out, not printed). Inferred: same words.",
        "No document of this coverage falls between 2024-05-19 and 2024-05-31, 11 days.",
    ):
        assert words in page


def test_markdown_takes_nothing_of_a_document_for_markup(hand_made: Any) -> None:
    assert "<b>" not in written(hand_made, "markdown").replace("\\<b\\>", "")
    assert escape_markdown("[x](y) <i> _a_\n# b") == r"\[x\]\(y\) \<i\> \_a\_ \# b"


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    for table in all_tables().values():
        assert len(set(table.names)) == len(table.names)
        assert all(column.meaning.endswith(".") for column in table.columns)


def test_an_exported_record_is_what_the_codec_gives(hand_made: Any) -> None:
    record = json.loads(written(hand_made, "jsonl"))
    del record["schema"], record["hash"]
    assert record == to_plain(hand_made.found[0])


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("one tent", "a tent", "scope: “one tent” → “a tent”"),
        ("", "any more", "scope: added “any more”"),
        ("single", "", "scope: left out “single”"),
    ],
)
def test_a_change_says_what_was_added_and_what_was_left_out(before: str, after: str, written: str) -> None:
    assert write_change(Change("scope", before, after)) == written


@pytest.mark.parametrize(
    ("table", "how"), [(STATEMENTS, "speaker"), (FIGURES, "claimant"), (EVENTS, "claimant"), (WORDINGS, "claimant")]
)
def test_whoever_is_worked_out_stands_with_how(table: Any, how: str) -> None:
    names = [column.name for column in table.columns]
    assert {f"{how}_basis", f"{how}_reason"} <= set(names)
