"""Every page in its three forms, on a real ledger; every link on every page leads somewhere."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.web_made import AGAIN, DECLARED, LANDED, LINE, NEXT_LINE, made_findings, made_lines, spot

from onrecord.ledger import open_ledger
from onrecord.lexicon.labels import STATUS
from onrecord.records.documents import DateRange, hash_text
from onrecord.records.judgements import Answer, Judgement
from onrecord.records.redlines import RollUp, Status
from onrecord.records.rows import Review
from onrecord.redlines.statements import form_statements
from onrecord.web import create_app
from onrecord.web.app import SHEETS
from onrecord.web.logged import LogShown
from onrecord.web.pages.lines import fold_proposals
from onrecord.web.pages.story import tell, time_phrase
from onrecord.web.pages.wording import what_it_adds
from onrecord.web.render import by_term
from onrecord.web.shown import TermShown
from onrecord.web.signs import REVIEW, ROLLUP_SIGN, STATUS_SIGN

DECLARED_SOURCE = f"/sources/{hash_text(DECLARED)[7:19]}"
PAGES = (
    "/", "/lines", f"/lines/{LINE}", "/statements", "/wording", "/figures", "/people", "/people/person:damir kholvat",
    "/timeline", "/sources", DECLARED_SOURCE, DECLARED_SOURCE.replace("sources", "links"), "/review",
    f"/review/{LINE}", "/search", "/whatif", "/about",
)  # fmt: skip


def suffixed(page: str, suffix: str) -> str:
    return ("/story" if page == "/" else page) + suffix


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_a_page_and_json_and_csv(client: TestClient, page: str) -> None:
    assert client.get(page).headers["content-type"] == "text/html; charset=utf-8"
    assert isinstance(client.get(suffixed(page, ".json")).json(), dict)
    rows = list(csv.reader(io.StringIO(client.get(suffixed(page, ".csv")).text)))
    assert len(rows[0]) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_pages_for_all_kinds_are_checked_here() -> None:
    patterns = [re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", sheet.path) + "$") for sheet in SHEETS]
    unchecked = [each.pattern for each in patterns if not any(each.match(page) for page in PAGES)]
    assert unchecked == ["^/statements/[^/]+$"]  # its ids come from content: see the crawl


@pytest.fixture(scope="module")
def unless(tmp_path_factory: pytest.TempPathFactory) -> Iterable[TestClient]:
    """The story with a line whose consequence comes about where its condition fails."""
    path = tmp_path_factory.mktemp("unless") / "onrecord.db"
    findings = made_findings()
    line, following = made_lines(findings)
    mentions = (replace(line.mentions[0], negated=True), *line.mentions[1:])
    with open_ledger(path).writer() as writer:
        for each in findings:
            writer.add(each, form_statements(each))
        writer.record_lines((replace(line, condition="the garrison goes home", mentions=mentions), following))
    with TestClient(create_app(path), base_url="http://127.0.0.1") as made:
        yield made


@pytest.mark.parametrize("page", ["/", "/lines", f"/lines/{LINE}", "/timeline", "/review", f"/review/{LINE}"])
def test_a_line_that_fails_without_its_condition_is_led_by_unless(unless: TestClient, page: str) -> None:
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(unless.get(page).text))).lower()
    leads = set(re.findall(r"(\w+) the garrison goes home", told))
    assert leads == {"unless"}


def links_of(html: str) -> Iterable[str]:
    return (unescape(link) for link in re.findall(r'(?:href|src|action|formaction)="([^"]+)"', html))


def test_every_link_on_every_page_leads_somewhere(client: TestClient) -> None:
    waiting, seen, anchors = ["/"], {"/"}, []
    bodies: dict[str, str] = {}
    while waiting:
        page = waiting.pop()
        answer = client.get(page, headers={"accept": "text/html"})
        assert answer.status_code == 200, page
        if not answer.headers["content-type"].startswith("text/html") or page.startswith("/story.html"):
            continue
        bodies[page] = answer.text
        for link in links_of(answer.text):
            assert link.startswith(("/", "#", "?")), f"{link} on {page}"
            path, _, anchor = (page + link if link[0] in "#?" else link).partition("#")
            if anchor:
                anchors.append((path, anchor, page))
            if path not in seen and "move=" not in path and path != "/reviewer":
                seen.add(path)
                waiting.append(path)
    assert len(bodies) > 40
    missing = [each for each in anchors if f'id="{each[1]}"' not in bodies.get(each[0], "")]
    assert missing == []


def test_every_heading_order_starts_with_one_first_heading(client: TestClient) -> None:
    for page in PAGES:
        assert len(re.findall(r"<h1[ >]", client.get(page).text)) == 1, page


def test_the_story_tells_each_step_and_leads_to_it(client: TestClient) -> None:
    html = client.get("/").text
    for status in (Status.DECLARED, Status.REITERATED, Status.CONDITION_REPORTED, Status.CONSEQUENCE_INVOKED):
        step = next(row for row in steps(client) if row["status"] == STATUS[status].text)
        assert f'href="/lines/{LINE}#s{step["id"]}"' in html
    assert "The red lines of Damir Kholvat" in html
    assert "Another line was named</a> on 18 Sep 2025 (inferred)" in html


def steps(client: TestClient) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(f"/lines/{LINE}.json").json()["steps"]
    return found


def test_a_line_shows_each_step_with_its_passage_date_basis_and_changes(client: TestClient) -> None:
    page = client.get(f"/lines/{LINE}.json").json()
    declared, again, landed, ended, superseded = page["steps"]
    assert declared["passage"]["text"].startswith('"If a single soldier')
    assert again["when"]["words"] == "Aug 2023"
    assert again["when"]["reason"].startswith("“on Sunday”")
    assert [(each["part"], each["after"]) for each in again["changes"]] == [
        ("Condition", "soldiers set foot"), ("Consequence", "leave the table for good"),
    ]  # fmt: skip
    assert landed["passage"]["start"] == spot(LANDED, "Some 400").start
    assert not ended["inferred"]
    assert superseded["inferred"]
    assert [step["hole_before"] is not None for step in page["steps"]] == [False, True, True, False, True]
    assert [each["voice"] for each in page["worded"]] == ["a headline"]


def test_a_line_says_what_the_coverage_does_not_tell(client: TestClient) -> None:
    html = client.get(f"/lines/{LINE}").text
    assert "What these articles do not tell us" in html
    assert "Whether the consequence followed in deeds: the passages show words only." in html
    assert "(16 months): no article of this coverage falls in that time." in html
    other = client.get(f"/lines/{NEXT_LINE}").text
    assert "Whether the condition was met: no passage reports it." in other
    assert "What this article does not tell us" in other


def test_our_wording_is_marked_as_ours(client: TestClient) -> None:
    assert "This wording is ours, built from the 5 passages below." in client.get(f"/lines/{LINE}").text
    assert "These sentences are ours" in client.get("/").text


def test_the_source_page_shows_the_text_to_the_letter(client: TestClient) -> None:
    html = client.get(DECLARED_SOURCE).text
    shown = re.findall(r'<p class="printed[^>]*>(.*?)</p>', html, re.DOTALL)
    bare = [unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span class="vh">.*?</span>', "", each))) for each in shown]
    assert bare == [line for line in DECLARED.split("\n") if line]


def test_the_source_page_marks_each_part_of_a_statement(client: TestClient) -> None:
    html = client.get(DECLARED_SOURCE).text
    for role in ("source", "cue", "content", "condition", "consequence"):
        assert f'<mark class="{role}"><span class="vh">[{role}: </span>' in html


def test_a_passage_has_an_address_of_its_own(client: TestClient) -> None:
    html = client.get(f"{DECLARED_SOURCE}?at=10-30").text
    assert '<mark class="here" id="c10-30">' in html
    assert client.get(f"{DECLARED_SOURCE}?at=10-99999").status_code == 404
    assert client.get(f"{DECLARED_SOURCE}?at=30-10").status_code == 404


def test_marks_can_be_switched_off_without_scripts(client: TestClient) -> None:
    html = client.get(f"{DECLARED_SOURCE}?marks=off&at=10-30").text
    body = html[html.index('<div class="src">') :]
    assert '<mark class="source">' not in body
    assert '<mark class="here" id="c10-30">' in body


def test_a_search_in_another_spelling_keeps_its_hits_lit_to_the_source_and_the_next_article(client: TestClient) -> None:
    hits = client.get("/search.json?q=KHOLVÁT*").json()["hits"]
    assert len(hits) == 4
    page = client.get(hits[0]["href"]).text
    assert '<mark class="hit" id="h1">' in page
    assert f"/sources/{hits[1]['article']['id'][7:19]}?q=" in page


def test_facets_narrow_the_statements_and_stay_chosen(client: TestClient) -> None:
    page = client.get("/statements?act=threat").text
    assert '<option value="threat" selected>' in page
    assert client.get("/statements.json?act=threat").json()["statements"][0]["act"] == "threat"
    nobody = client.get("/statements?act=threat&directness=indirect")
    assert "No statement meets this." in nobody.text
    assert client.get("/statements?who=&outlet=&since=&until=&directness=&act=&review=").status_code == 200


def test_a_second_page_follows_the_first_without_loss(client: TestClient) -> None:
    whole = [each["id"] for each in client.get("/statements.json").json()["statements"]]
    got, address = [], "/statements.json?limit=3"
    while True:
        page = client.get(address).json()
        got += [each["id"] for each in page["statements"]]
        if page["next"] is None:
            break
        address = str(client.get("/statements.json", params={"limit": 3, "after": page["next"]}).request.url)
    assert got == whole


@pytest.mark.parametrize(
    "page", ["/lines", "/statements", "/figures", "/people", "/timeline", "/sources", "/review", "/wording"]
)
def test_every_list_can_be_turned_to_its_end_by_links(client: TestClient, page: str) -> None:
    address, turned = f"{page}?limit=1&who=", 0
    while address:
        html = client.get(address).text
        found = re.search(r'<a rel="next" href="([^"]+)"', html)
        address = unescape(found[1]) if found else ""
        turned += 1
    assert turned > 1 or page == "/wording"
    assert turned < 30


def test_figures_that_disagree_stand_together_and_say_so(client: TestClient) -> None:
    first, *others = client.get("/figures.json").json()["groups"]
    assert first["conflict"]
    assert [figure["text"] for figure in first["figures"]] == ["62 percent", "48 percent"]
    assert first["figures"][1]["flags"] == [{"words": "base differs from its neighbours", "warning": True}]
    assert not any(group["conflict"] for group in others)
    assert [group["known"] for group in others] == [True]
    assert "values differ" in client.get("/figures").text


def test_wording_keeps_the_outlets_voice_apart(client: TestClient) -> None:
    (thing,) = client.get("/wording.json").json()["things"]
    assert {(term["term"], term["distanced"]) for term in thing["terms"]} == {
        ("so-called poll", "so_called"), ("survey of the residents", None),
    }  # fmt: skip


def test_a_title_never_stands_where_no_outlet_is_named(client: TestClient) -> None:
    outlets = {each["outlet"] for verbs in client.get("/wording.json").json()["verbs"] for each in verbs["outlets"]}
    unnamed = {each["title"] for each in client.get("/sources.json").json()["articles"] if not each["outlet"]["known"]}
    assert outlets & {f"outlet not named (“{title}”)" for title in unnamed}
    assert not outlets & unnamed


@pytest.mark.parametrize(
    ("cue", "adds"),
    [
        ("said", False),
        ("has claimed", True),
        ("alleged", True),
        ("according to", False),
        ("Claims", True),
        ("told", False),
    ],
)
def test_verbs_that_say_more_than_said_stand_apart(cue: str, adds: bool) -> None:
    assert bool(what_it_adds(cue)) is adds


def test_an_inferred_speaker_says_how(client: TestClient) -> None:
    html = client.get("/statements").text
    assert "inferred from a pronoun: the last man named is the president" in html
    assert "speaker not identified" in html


def test_a_statement_can_be_cited_with_its_evidence(client: TestClient) -> None:
    statement = client.get("/statements.json?act=threat").json()["statements"][0]
    page = client.get(statement["href"]).text
    assert statement["document"] in page
    for form, media in (("csl", "csl+json"), ("bibtex", "bibtex"), ("schema", "ld+json")):
        answer = client.get(f"{statement['href']}/cite/{form}")
        assert media in answer.headers["content-type"]
        assert "nothing left to discuss" in answer.text


def test_the_story_as_one_file_needs_nothing_else(client: TestClient) -> None:
    html = client.get("/story.html").text
    assert "<script" not in html
    assert "default-src 'none'; style-src 'sha256-" in html
    links = set(links_of(html))
    assert all(link.startswith("#") for link in links)
    assert all(f'id="{link[1:]}"' in html for link in links if link != "#articles")
    assert hash_text(AGAIN) in html


def test_a_withdrawn_article_leaves_its_reason_and_no_words(ledger: Path) -> None:
    gone = hash_text(DECLARED)
    with open_ledger(ledger).writer() as writer:
        writer.withdraw(gone, "the agency took it back", by="M.K.")
    with TestClient(create_app(ledger), base_url="http://127.0.0.1") as client:
        answer = client.get(DECLARED_SOURCE)
        assert answer.status_code == 410
        assert "the agency took it back" in answer.text
        everything = "".join(
            client.get(page).text for page in ("/", "/statements", "/search?q=ferry", "/timeline", "/figures")
        )
        assert "ferry terminal" not in everything
        assert "the agency took it back" in client.get("/about").text
        assert "ferry terminal" not in client.get("/story.html").text


def test_unreviewed_accusations_stay_out_of_files_unless_asked_for(ledger: Path) -> None:
    client = TestClient(create_app(ledger), base_url="http://127.0.0.1")
    words = "selling fear by the yard"
    assert words in client.get("/statements").text
    assert words not in client.get("/statements.csv").text
    assert words in client.get("/statements.csv?act=accusation").text
    assert words not in client.get("/export/csl-json").text
    assert words in client.get("/export/csl-json?accusations=true").text


def test_a_judged_line_shows_its_log(ledger: Path) -> None:
    view = open_ledger(ledger, read_only=True).view()
    found = view.find(LINE)
    with open_ledger(ledger).writer() as writer:
        writer.judge(
            Judgement(LINE, "red_line", found.passages[0], Answer.ACCEPT, "M.K.", "", "", "2024-01-01T00:00:00Z")
        )
    html = TestClient(create_app(ledger), base_url="http://127.0.0.1").get(f"/lines/{LINE}").text
    assert "M.K. accepted the line" in html
    assert "confirmed by M.K." in html
    assert re.search(r"the program proposed \d steps: “Declared”, “", html)  # in one line: a reader looks for people


def test_what_the_program_proposed_between_answers_is_told_apart() -> None:
    def entry(sequence: int, minute: str, proposed: str) -> LogShown:
        return LogShown(sequence, minute, f"the program proposed the step {proposed}" if proposed else "A.R.", proposed)

    log = (entry(1, "10:00", "“One”"), entry(2, "10:00", "“Two”"), entry(3, "10:00", ""), entry(4, "10:00", "“Three”"))
    told = [each.words for each in fold_proposals(log)]
    assert told == ["the program proposed 2 steps: “One”, “Two”", "A.R.", "the program proposed the step “Three”"]
    assert fold_proposals(()) == ()


def test_a_hole_stands_between_the_steps_whose_articles_it_parts(client: TestClient) -> None:
    steps = client.get(f"/lines/{LINE}.json").json()["steps"]
    parted = [(step["status"], step["hole_before"]["length"]) for step in steps if step["hole_before"]]
    assert parted == [("Said again", "5 months"), ("Condition reported", "9 months"), ("Superseded", "16 months")]


def test_of_steps_of_a_kind_the_best_dated_is_told_first() -> None:
    line, _ = made_lines(made_findings())
    again = line.history[1]
    open_end = replace(again, id="open", when=replace(again.when, earliest=date(2008, 1, 1), latest=None))
    told = tell(replace(line, history=(line.history[0], open_end, *line.history[1:])))
    assert (told[1].when, told[1].href) == ("in Aug 2023, and once more", f"/lines/{LINE}#s{again.id}")


def test_the_story_begins_with_the_line_it_tells(client: TestClient) -> None:
    story = client.get("/story.json").json()
    assert story["lines"][0]["id"] == story["lead"]["id"] == LINE


def test_the_same_words_in_the_same_voice_are_printed_once() -> None:
    def used(term: str, by: str, *, quoted: bool = True) -> TermShown:
        return TermShown(by, term, quoted, by, None, "d", "o", "/", 1)

    terms = (
        used("the vote", "Venn"),
        used("The Vote", "Kholvat"),
        used("the vote", "", quoted=False),
        used("poll", "Venn"),
    )
    assert [[each.by for each in group] for group in by_term(terms)] == [["Venn", "Kholvat"], [""], ["Venn"]]


def test_what_if_names_the_line_that_would_be_met_or_plainly_none(client: TestClient) -> None:
    met = client.get("/whatif.json", params={"text": "A single soldier is stationed on Great Lissar"}).json()
    assert met["matches"][0]["line"]["id"] == LINE
    assert "If a single soldier is stationed" in met["matches"][0]["passages"][0]["text"]
    html = client.get("/whatif", params={"text": "The library opens an hour later"}).text
    assert "None of 2 lines on record would be met by this." in html


def test_every_value_has_a_sign_of_its_own_kind() -> None:
    assert set(STATUS_SIGN) == set(Status)
    assert len(set(STATUS_SIGN.values())) == len(Status)
    assert set(ROLLUP_SIGN) == set(RollUp)
    assert len(set(ROLLUP_SIGN.values())) == len(RollUp)
    assert set(REVIEW) == set(Review)
    assert len({label.sign for label in REVIEW.values()}) == len(Review)


def test_times_stand_in_a_sentence_as_people_say_them() -> None:
    first, last = date(2023, 8, 1), date(2023, 8, 31)
    assert time_phrase(DateRange(first, first)) == "on 1 Aug 2023"
    assert time_phrase(DateRange(first, last)) == "in Aug 2023"
    assert time_phrase(DateRange(first, date(2023, 8, 9))) == "(1–9 Aug 2023)"
    assert time_phrase(DateRange()) == "(date not known)"
    assert time_phrase(DateRange(None, last)) == "(by 31 Aug 2023)"


@pytest.mark.parametrize("typed", ["2025", "2022-02-30", "soon", "2022-13"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_a_day_that_is_none_is_refused_with_what_was_needed(client: TestClient, field: str, typed: str) -> None:
    answer = client.get("/statements.json", params={field: typed})
    assert answer.status_code == 422
    assert f"{field}: needed a day such as 2024-05-18" in answer.text
