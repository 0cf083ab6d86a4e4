"""The pages in a real browser: reading, searching, reviewing by keyboard, with scripts and without, for everyone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.web.web_browser import ARGUMENTS, find_chromium, served
from tests.web.web_hostile import hostile_findings
from tests.web.web_made import AGAIN, DECLARED, LINE, NEXT_LINE, spot

from onrecord.ledger import open_ledger
from onrecord.records.documents import hash_text
from onrecord.records.findings import Act
from onrecord.redlines.statements import form_statements
from onrecord.web.render import both_ends

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
SOURCE = f"/sources/{hash_text(DECLARED)[7:19]}"
JOINED = "{0.start}-{0.end}".format(spot(DECLARED, "the president"))  # words that mean somebody
PAGES = [
    "/",
    "/lines",
    f"/lines/{LINE}",
    "/statements",
    "/wording",
    "/figures",
    "/people",
    "/people/person:damir kholvat",
    "/timeline",
    "/sources",
    f"{SOURCE}?at=60-120&q=kestria",
    SOURCE.replace("sources", "links"),
    "/review",
    f"/review/{LINE}",
    f"/review/{LINE}?correct=yes",
    f"/review/{SOURCE.rpartition('/')[2]}:{JOINED}?correct=yes",
    "/search?q=kholvat*",
    "/whatif?text=A single soldier is stationed on Great Lissar",
    "/about",
    "/nowhere",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(read_ledger: Path) -> Iterator[str]:
    with served(read_ledger) as found:
        yield found


@pytest.fixture
def writable(ledger: Path) -> Iterator[str]:
    with served(ledger) as found:
        yield found


def watch(context: BrowserContext, address: str) -> list[str]:
    """Complaints of the browser and requests to anywhere else, as they come."""
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: None if request.url.startswith(address) else complaints.append(request.url))
    return complaints


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    complaints = watch(context, address)
    yield context.new_page()
    context.close()
    assert complaints == []


def test_from_the_story_to_the_passage_and_back(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The red lines of Damir Kholvat")
    page.get_by_role("link", name="It was said again").click()
    step = page.locator("li.step:target")
    expect(step.locator(".name")).to_contain_text("Said again")
    expect(step.locator("blockquote")).to_contain_text("soldiers set foot on the island")
    step.locator(".loc a").click()
    here = page.locator("mark.here").first
    expect(here).to_be_in_viewport()
    expect(page.locator(".legend")).to_contain_text("this passage")
    page.go_back()
    expect(page.locator("li.step:target")).to_be_in_viewport()


def test_attack_27_offsets_count_the_same_in_the_browser(page: Page) -> None:
    page.goto(SOURCE)
    script = """() => [...document.querySelectorAll('.src p.printed')].flatMap((paragraph) => {
      const from = Number(paragraph.dataset.from);
      const copy = paragraph.cloneNode(true);
      copy.querySelectorAll('.vh').forEach((each) => each.remove());
      return [[from, copy.textContent]];
    })"""
    shown = page.evaluate(script)
    assert len(shown) > 2
    for start, words in shown:
        assert DECLARED[start : start + len(words)] == words


def test_a_passage_address_without_the_servers_help_is_marked_too(page: Page) -> None:
    page.goto(f"{SOURCE}#c60-75")
    expect(page.locator("#c60-75")).to_be_in_viewport()
    words = page.locator("#c60-75").evaluate(
        "mark => { mark.querySelectorAll('.vh').forEach((each) => each.remove()); return mark.textContent }"
    )
    assert words == DECLARED[60:75]


def test_searching_by_keys_keeps_the_hits_lit_from_list_to_source_to_next_hit(page: Page) -> None:
    page.goto("/about")
    page.keyboard.press("/")
    page.keyboard.type("KHOLVÁT*")
    page.keyboard.press("Enter")
    expect(page.locator(".hits > li")).to_have_count(4)
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".hits > li").nth(1)
    expect(second).to_be_focused()
    expect(second.locator("mark.hit").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("mark.hit").first).to_be_in_viewport()
    page.keyboard.press("j")
    expect(page.locator("mark.hit").first).to_be_focused()
    page.get_by_role("link", name="next article").click()
    expect(page.locator("mark.hit").first).to_be_visible()


def test_narrowing_answers_at_once_and_has_an_address(page: Page) -> None:
    page.goto("/statements")
    page.get_by_label("Act").select_option("threat")
    expect(page.locator("#results .statement")).to_have_count(1)
    assert "act=threat" in page.url
    page.reload()
    expect(page.locator("#results .statement")).to_have_count(1)


def test_marks_are_switched_off_by_key_and_stay_off(page: Page) -> None:
    page.goto(SOURCE)
    decoration = "() => getComputedStyle(document.querySelector('.src mark.condition')).textDecorationLine"
    assert page.evaluate(decoration) == "underline"
    page.keyboard.press("m")
    assert page.evaluate(decoration) == "none"
    page.reload()
    assert page.evaluate(decoration) == "none"
    page.get_by_role("link", name="marks on").click()
    assert page.evaluate(decoration) == "underline"


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/lines")
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_what_is_focused_is_never_hidden_behind_the_head(page: Page) -> None:
    page.goto(f"/lines/{LINE}")
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "() => { const r = document.activeElement.getBoundingClientRect();"
            " return [r.top, r.bottom, document.querySelector('header.top').getBoundingClientRect().bottom,"
            " document.activeElement.closest('header.top, .skip') !== null] }"
        )
        assert box[3] or box[1] > box[2], "a focused element lies behind the head"


def log_of(ledger: Path) -> list[tuple[str, str, dict[str, Any]]]:
    entries = open_ledger(ledger, read_only=True).view().log()
    return [(entry.kind, entry.by, json.loads(entry.payload or "{}")) for entry in entries if entry.kind != "status"]


def test_reviewing_by_keyboard(browser: Browser, writable: str, ledger: Path) -> None:
    context = browser.new_context(base_url=writable)
    complaints = watch(context, writable)
    page = context.new_page()
    page.goto("/review")
    page.get_by_label("Whose answers are these").fill("M.K.")
    page.keyboard.press("Enter")
    page.locator("body").press("Enter")  # Begin
    page.wait_for_url(f"**/review/{NEXT_LINE}")
    page.keyboard.press("a")
    page.wait_for_url(f"**/review/{LINE}?done={NEXT_LINE}")
    page.keyboard.press("x")
    expect(page.get_by_role("alert")).to_contain_text("needs a reason")
    page.get_by_label("Reason").fill("two lines in one")
    page.get_by_label("Reason").blur()
    page.keyboard.press("x")
    page.wait_for_url(f"**?done={LINE}")
    page.keyboard.press("u")
    page.wait_for_function("address => location.href !== address", arg=page.url)
    kinds = [(payload["answer"], payload["reason"]) for _, _, payload in log_of(ledger)]
    assert kinds == [("accept", ""), ("reject", "two lines in one"), ("unsure", "")]
    assert ["422" in complaint for complaint in complaints] == [True]  # the browser's note of the missing reason
    context.close()


def test_span_ends_are_moved_from_the_keyboard(browser: Browser, writable: str, ledger: Path) -> None:
    view = open_ledger(ledger, read_only=True).view()
    row = next(row for row in view.statements().rows if row.statement.act is Act.THREAT)
    context = browser.new_context(base_url=writable)
    context.add_cookies([{"name": "reviewer", "value": "M.K.", "url": writable}])
    page = context.new_page()
    page.goto(f"/review/{row.statement.id}")
    page.keyboard.press("e")
    page.get_by_label("Reason").fill("the marks are not hers")
    handles = page.locator("#content-0")
    handles.focus()
    page.keyboard.press("ArrowLeft")
    expect(handles.locator("q")).to_have_text(both_ends(row.statement.quote[:-1]))
    expect(handles).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(handles.locator("q")).to_have_text(both_ends(row.statement.quote[1:-1]))
    expect(page.locator("mark.content")).to_contain_text(row.statement.quote[1:-1])
    expect(page.get_by_label("Reason")).to_have_value("the marks are not hers")
    page.keyboard.press("c")
    page.wait_for_url("**?done=*")
    ((_, _, payload),) = log_of(ledger)
    start, end = row.statement.content[0]
    assert json.loads(payload["correction"]) == {"content": [[start + 1, end - 1]]}
    context.close()


def test_attack_50_two_reviewers_in_two_browsers(browser: Browser, writable: str, ledger: Path) -> None:
    pages = []
    for name in ("A.R.", "M.K."):
        context = browser.new_context(base_url=writable)
        context.add_cookies([{"name": "reviewer", "value": name, "url": writable}])
        pages.append(context.new_page())
        pages[-1].goto(f"/review/{LINE}")
    first, second = pages
    first.keyboard.press("a")
    first.wait_for_url("**?done=*")
    second.get_by_label("Reason").fill("not one line")
    second.get_by_label("Reason").blur()
    second.keyboard.press("x")
    expect(second.get_by_role("alert")).to_contain_text("A.R. answered while you were reading: it is now confirmed")
    expect(second.get_by_label("Reason")).to_have_value("not one line")
    assert [(kind, by) for kind, by, _ in log_of(ledger)] == [("judgement", "A.R."), ("contested", "M.K.")]
    second.keyboard.press("x")
    second.wait_for_url("**?done=*")
    assert [kind for kind, _, _ in log_of(ledger)] == ["judgement", "contested", "judgement"]
    for each in pages:
        each.context.close()


def test_attack_53_hostile_words_are_inert(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    with open_ledger(path).writer() as writer:
        for each in hostile_findings():
            writer.add(each, form_statements(each))
    with served(path) as address:
        context = browser.new_context(base_url=address)
        complaints = watch(context, address)
        page = context.new_page()
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        view = open_ledger(path, read_only=True).view()
        articles = [f"/sources/{row.id[7:19]}" for row in view.documents().rows]
        for target in ["/", "/statements", "/sources", "/people", "/search?q=alert", "/wording", "/review", *articles]:
            answer = page.goto(target)
            assert answer is not None
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            foreign = "main img, main iframe, main script, main form[action^=http]"
            assert page.locator(foreign).count() == 0
        context.close()
    assert complaints == []


def test_without_scripts_everything_can_be_read_narrowed_and_judged(
    browser: Browser, writable: str, ledger: Path
) -> None:
    context = browser.new_context(base_url=writable, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="The condition was reported met").click()
    page.locator("li.step:target .loc a").click()
    expect(page.locator("mark.here").first).to_be_visible()
    page.get_by_role("link", name="marks off").click()
    expect(page.locator(".src mark.source")).to_have_count(0)
    page.get_by_role("link", name="marks on").click()
    page.goto("/statements")
    page.get_by_label("Act").select_option("threat")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".statement")).to_have_count(1)
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.goto(f"/review/{LINE}")
    page.get_by_label("Whose answers are these").fill("M.K.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".notice")).to_contain_text("Answered")
    page.goto(f"/review/{view_threat(ledger)}?correct=yes")
    page.get_by_role("button", name="Content: end one word to the left").click()
    page.get_by_role("button", name="Save correction").click()
    assert [payload["answer"] for _, _, payload in log_of(ledger)] == ["accept", "correct"]
    context.close()


def view_threat(ledger: Path) -> str:
    view = open_ledger(ledger, read_only=True).view()
    return next(row.statement.id for row in view.statements().rows if row.statement.act is Act.THREAT)


def test_a_printed_line_holds_its_history_and_nothing_to_press(page: Page, tmp_path: Path) -> None:
    page.goto(f"/lines/{LINE}")
    page.emulate_media(media="print")
    for gone in ("header.top", ".find", ".forms"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("li.step")).to_have_count(5)
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(path=tmp_path / "line.pdf")[:4] == b"%PDF"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: Any) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    context.add_cookies([{"name": "reviewer", "value": "M.K.", "url": address}])
    page = context.new_page()
    page.goto(path)
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "() => axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
        " 'wcag22aa', 'best-practice']}})"
    )
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 5
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_reflows_at_320_pixels(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "reviewer", "value": "M.K.", "url": address}])
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    context.close()


def test_marks_are_told_apart_without_colour(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(SOURCE)
    look = """(role) => { const style = getComputedStyle(document.querySelector('.src mark.' + role));
      return [style.textDecorationLine, style.textDecorationStyle, style.textDecorationThickness, style.fontStyle,
              style.fontWeight].join(' ') }"""
    looks = {role: page.evaluate(look, role) for role in ("source", "cue", "content", "condition", "consequence")}
    assert len(set(looks.values())) == len(looks), looks
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_the_story_file_opens_from_a_stick(browser: Browser, page: Page, tmp_path: Path, address: str) -> None:
    path = tmp_path / "story.html"
    path.write_bytes(page.request.get("/story.html").body())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    complaints = watch(context, "file://")
    opened = context.new_page()
    opened.goto(path.as_uri())
    expect(opened.locator("li.step")).to_have_count(6)
    assert opened.locator("h1").inner_text() == "The red lines of Damir Kholvat"
    assert opened.locator(".dek a").first.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"
    opened.get_by_role("link", name="It was said again").click()
    expect(opened.locator("li.step:target")).to_be_in_viewport()
    assert hash_text(AGAIN) in opened.content()
    assert complaints == []
    context.close()


def test_attack_54_a_browser_is_let_in_once_and_the_token_leaves_the_address(
    browser: Browser, read_ledger: Path
) -> None:
    with served(read_ledger, token="a-token") as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        refused = page.goto("/")
        assert refused is not None
        assert refused.status == 401
        expect(page.get_by_role("heading")).to_have_text("A token is needed")
        page.goto("/lines?token=a-token")
        assert page.url == f"{address}/lines"
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("link", name="Story", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("The red lines")
        context.close()
