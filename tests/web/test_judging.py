"""Reviewers' answers: on to the next, reasons where the log needs them, nothing overwritten, nobody overrun."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from tests.web.web_made import DECLARED, LINE, NEXT_LINE

from onrecord.ledger import open_ledger
from onrecord.records.documents import hash_text
from onrecord.records.findings import Act
from onrecord.records.rows import Entry, Review

FORM = {"content-type": "application/x-www-form-urlencoded"}


def entries(ledger: Path) -> list[Entry]:
    return [entry for entry in open_ledger(ledger, read_only=True).view().log() if entry.kind != "status"]


def send(client: TestClient, record: str, **fields: str) -> Any:
    form = {"seen": "0", "reviewer": "M.K.", **fields}
    return client.post(f"/review/{record}", headers=FORM, content=urlencode(form))


def statement_of(ledger: Path, act: Act) -> str:
    view = open_ledger(ledger, read_only=True).view()
    return next(row.statement.id for row in view.statements().rows if row.statement.act is act)


def test_an_answer_is_kept_and_leads_to_the_next_in_doubt(writing: TestClient, ledger: Path) -> None:
    queue = [row["id"] for row in writing.get("/review.json").json()["waiting"]]
    assert queue[:2] == [NEXT_LINE, LINE]  # lines first, those most in doubt first
    answer = send(writing, queue[0], answer="accept")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review/{queue[1]}?done={queue[0]}"
    (entry,) = entries(ledger)
    assert (entry.kind, entry.subject, entry.by) == ("judgement", NEXT_LINE, "M.K.")
    assert queue[0] not in [row["id"] for row in writing.get("/review.json").json()["waiting"]]
    assert "confirmed by M.K." in writing.get(f"/lines/{NEXT_LINE}").text


def test_the_whole_queue_can_be_answered_one_after_another(writing: TestClient, ledger: Path) -> None:
    address, answered = f"/review/{NEXT_LINE}", 0
    while address.startswith("/review/"):
        record = address.removeprefix("/review/").partition("?")[0]
        address = send(writing, record, answer=("accept", "unsure")[answered % 2]).headers["location"]
        answered += 1
    assert answered == 11
    assert "Nothing waits." in writing.get("/review").text
    assert len(entries(ledger)) == 11


@pytest.mark.parametrize("answer", ["accept", "unsure"])
def test_agreeing_and_not_knowing_need_no_reason(writing: TestClient, answer: str) -> None:
    assert send(writing, LINE, answer=answer).status_code == 303


def test_a_rejection_needs_a_reason_and_says_so_on_the_page(writing: TestClient, ledger: Path) -> None:
    answer = send(writing, LINE, answer="reject")
    assert answer.status_code == 422
    assert "this answer needs a reason" in answer.text
    assert entries(ledger) == []
    assert send(writing, LINE, answer="reject", reason="two lines in one").status_code == 303
    assert json.loads(entries(ledger)[0].payload or "")["reason"] == "two lines in one"


def test_a_form_sent_by_a_program_is_answered_in_the_one_error_shape(writing: TestClient) -> None:
    form = urlencode({"answer": "reject", "seen": "0", "reviewer": "M.K."})
    answer = writing.post(f"/review/{LINE}", headers=FORM | {"accept": "*/*"}, content=form)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "reason"


def test_changing_an_answer_needs_a_reason(writing: TestClient, ledger: Path) -> None:
    send(writing, LINE, answer="accept")
    seen = str(entries(ledger)[-1].sequence)
    assert send(writing, LINE, answer="unsure", seen=seen).status_code == 422
    assert send(writing, LINE, answer="unsure", seen=seen, reason="read it again").status_code == 303
    assert [entry.kind for entry in entries(ledger)] == ["judgement", "judgement"]


def test_a_changed_step_needs_a_reason(writing: TestClient, ledger: Path) -> None:
    step = writing.get(f"/lines/{LINE}.json").json()["steps"][2]["id"]
    assert send(writing, step, answer="correct", status="tested_below_threshold").status_code == 422
    done = send(writing, step, answer="correct", status="tested_below_threshold", reason="a landing, no station yet")
    assert done.status_code == 303
    assert json.loads(json.loads(entries(ledger)[0].payload or "")["correction"]) == {
        "status": "tested_below_threshold"
    }
    assert "a landing, no station yet" in writing.get(f"/lines/{LINE}").text


def test_a_correction_moves_an_end_by_word_and_keeps_what_was_typed(writing: TestClient, ledger: Path) -> None:
    record = statement_of(ledger, Act.THREAT)
    writing.cookies.set("reviewer", "M.K.")
    page = writing.get(f"/review/{record}", params={"correct": "yes"}).text
    assert 'value="content.0.end.-1"' in page
    moved = writing.get(
        f"/review/{record}", params={"move": "content.0.end.-1", "reason": "the comma is not hers", "speaker": "Venn"}
    )
    assert "the comma is not hers" in moved.text
    assert 'value="Venn"' in moved.text
    fields = {field["name"]: field["value"] for field in json_fields(writing, record)}
    start, end = (int(number) for number in fields["content"].split("-"))
    done = send(writing, record, answer="correct", content=f"{start}-{end - 2}", act="position")
    assert done.status_code == 303
    judged = json.loads(entries(ledger)[0].payload or "")
    assert json.loads(judged["correction"]) == {"content": [[start, end - 2]], "act": "position"}
    state = open_ledger(ledger, read_only=True).view().state(record)
    assert state.review is Review.CORRECTED


def json_fields(client: TestClient, record: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(f"/review/{record}.json?correct=yes").json()["fields"]
    return found


def test_a_correction_that_changes_nothing_is_sent_back(writing: TestClient, ledger: Path) -> None:
    answer = send(writing, statement_of(ledger, Act.THREAT), answer="correct")
    assert answer.status_code == 422
    assert "needs a field that was changed" in answer.text


def test_attack_50_the_second_of_two_reviewers_gets_409_with_the_newer_state_and_both_are_logged(
    writing: TestClient, ledger: Path
) -> None:
    writing.cookies.set("reviewer", "M.K.")
    assert send(writing, LINE, answer="accept", reviewer="A.R.").status_code == 303
    late = send(writing, LINE, answer="reject", reason="not one line", reviewer="M.K.")
    assert late.status_code == 409
    assert "A.R. answered while you were reading: it is now confirmed" in late.text
    assert "not one line" in late.text  # what was typed is still there
    newer = entries(ledger)[0].sequence
    assert f'name="seen" value="{newer}"' in late.text
    assert [(entry.kind, entry.by) for entry in entries(ledger)] == [("judgement", "A.R."), ("contested", "M.K.")]
    again = send(writing, LINE, answer="reject", reason="not one line", seen=str(newer))
    assert again.status_code == 303
    assert open_ledger(ledger, read_only=True).view().state(LINE).review is Review.DISPUTED


def test_attack_50_by_json_the_second_gets_409_too(writing: TestClient, ledger: Path) -> None:
    body = {"record": LINE, "answer": "accept", "reviewer": "A.R.", "seen": 0}
    first = writing.post("/judgements", json=body)
    assert first.status_code == 201
    assert first.json()["review"] == "confirmed"
    assert first.json()["next"] == NEXT_LINE
    second = writing.post("/judgements", json=body | {"reviewer": "M.K.", "answer": "unsure", "reason": "hm"})
    assert second.status_code == 409
    assert second.json()["error"]["code"] == "conflict"
    assert len(entries(ledger)) == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"answer": "bless"}, 422),
        ({"answer": "accept", "seen": "x"}, 422),
        ({"answer": "accept", "reviewer": " "}, 422),
        ({"answer": "accept", "reviewer": "x" * 61}, 422),
        ({"answer": "accept", "reviewer": "a\x00b"}, 422),
        ({"answer": "reject", "reason": "y" * 2001}, 422),
        ({"answer": "correct", "content": "5-1"}, 400),
        ({"answer": "correct", "act": "blessing"}, 422),
        ({"answer": "correct", "said_from": "soon"}, 422),
        ({}, 422),
    ],
)
def test_answers_that_are_none_change_nothing(
    writing: TestClient, ledger: Path, fields: dict[str, str], code: int
) -> None:
    assert send(writing, statement_of(ledger, Act.THREAT), **fields).status_code == code
    assert entries(ledger) == []


def test_only_records_on_record_are_judged(writing: TestClient, ledger: Path) -> None:
    assert send(writing, "ffffffffffff", answer="accept").status_code == 404
    source = writing.get("/sources.json").json()["articles"][0]["id"]
    assert send(writing, source, answer="accept").status_code == 404
    assert (
        writing.post(f"/review/{LINE}", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    )
    assert writing.post(f"/review/{LINE}", content=b"\xff=1", headers=FORM).status_code == 400
    assert entries(ledger) == []


def test_a_reviewer_is_remembered_and_led_nowhere_else(writing: TestClient) -> None:
    answer = writing.post(
        "/reviewer", headers=FORM, content=urlencode({"reviewer": "Zoë K.", "back": f"/review/{LINE}"})
    )
    assert answer.headers["location"] == f"/review/{LINE}"
    assert "You answer as <b>Zoë K.</b>" in writing.get(f"/review/{LINE}").text
    for back in ("//evil.example", "https://evil.example", "/review//evil.example", "/lines"):
        answer = writing.post("/reviewer", headers=FORM, content=urlencode({"reviewer": "Z", "back": back}))
        assert answer.headers["location"] == "/review"


def test_nobody_answers_without_a_name(writing: TestClient) -> None:
    html = writing.get(f"/review/{LINE}").text
    assert "Whose answers are these?" in html
    assert 'value="accept"' not in html


def test_an_answer_whose_record_is_gone_is_shown_as_an_orphan(writing: TestClient, ledger: Path) -> None:
    send(writing, LINE, answer="accept")
    with open_ledger(ledger).writer() as writer:
        writer.record_lines(())
    html = writing.get("/about").text
    assert "Answers whose record is no longer found" in html
    assert "confirmed by M.K." in html


def test_whom_words_mean_is_judged_and_stands_on_source_and_person(writing: TestClient, ledger: Path) -> None:
    document = hash_text(DECLARED)[7:19]
    links = writing.get(f"/links/{document}.json").json()
    assert [each["words"] for each in links["links"]] == ["President Damir Kholvat", "the president"]
    assert [each["words"] for each in links["unlinked"]] == ["He"]
    first, second = (each["review_href"].removeprefix("/review/") for each in links["links"])
    assert "Do these words mean this person or body?" in writing.get(f"/review/{second}").text
    answered = send(writing, first, answer="accept")
    assert answered.headers["location"] == f"/review/{second}?done={first}"  # the next words of the article
    assert send(writing, second, answer="reject").status_code == 422  # not without a reason
    assert send(writing, second, answer="reject", reason="the premier is meant").status_code == 303
    for page in (f"/sources/{document}", "/people/person:damir kholvat", f"/links/{document}"):
        html = writing.get(page).text
        assert "confirmed by M.K." in html, page
        assert "rejected by M.K." in html, page


def test_a_link_is_corrected_and_disputed(writing: TestClient, ledger: Path) -> None:
    document = hash_text(DECLARED)[7:19]
    name = writing.get(f"/links/{document}.json").json()["links"][1]["review_href"].removeprefix("/review/")
    writing.cookies.set("reviewer", "M.K.")
    assert 'name="actor"' in writing.get(f"/review/{name}?correct=yes").text
    assert send(writing, name, answer="correct", actor="Haldor Venn").status_code == 303
    seen = writing.get(f"/review/{name}.json").json()["seen"]
    assert send(writing, name, seen=str(seen), answer="accept", reviewer="A.R.", reason="it is he").status_code == 303
    assert "disputed" in writing.get(f"/sources/{document}").text
    assert json.loads(str(entries(ledger)[0].payload))["correction"] == (
        '{"actor":"Haldor Venn","key":"person:haldor venn","type":"person"}'
    )


def test_that_a_passage_belongs_to_a_line_is_judged_and_stands_on_the_line(writing: TestClient, ledger: Path) -> None:
    line = open_ledger(ledger, read_only=True).view().line(LINE).line
    named = [f"{line.id}:{mention.id}" for mention in line.mentions]
    assert f"/review/{named[0]}" in writing.get(f"/lines/{LINE}").text
    page = writing.get(f"/review/{named[0]}").text
    assert "Do these words belong to this line" in page
    assert line.condition in page
    assert send(writing, named[0], answer="unsure").status_code == 303
    assert send(writing, named[1], answer="correct", line="").status_code == 303
    assert send(writing, named[1], answer="correct", line="nonsense").status_code == 422
    html = writing.get(f"/lines/{LINE}").text
    assert "unsure by M.K." in html
    assert "corrected by M.K." in html
    assert "could not decide on that a passage belongs" in html
    assert [entry.kind for entry in entries(ledger)] == ["judgement", "judgement"]


@pytest.mark.parametrize("name", [f"{LINE}:ffffffffffff", "ffffffffffff:1-2", f"{LINE}:1-2", "0:0", ":"])
def test_no_part_of_another_name_is_judged(writing: TestClient, name: str) -> None:
    assert writing.get(f"/review/{name}").status_code == 404
    assert send(writing, name, answer="accept").status_code == 404
