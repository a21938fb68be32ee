"""The workshop room in real browsers: by keyboard, on a narrow phone, without script, after a crash."""

import io
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import expect

SHOTS = Path(__file__).parents[1] / "screenshots"
PHONE = {"width": 320, "height": 640}


class Room:
    """A room in a process of its own, on a free port and a file of its own."""

    def __init__(self, folder, case="play"):
        self.folder, self.case, self.port = folder, case, 0
        self.start()

    def start(self):
        run = "import sys; from course.room import main; sys.exit(main(sys.argv[1:]))"
        words = ["--session", f"{self.folder}/live.sqlite", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", run, *words, "--case", self.case],
            stdout=subprocess.PIPE,
            text=True,
        )
        said = ""
        while "Ctrl-C" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        self.url, self.code = re.search(r"Participants\s+(\S+)\s+code (\w+)", said).groups()
        self.wall = re.search(r"Wall\s+(\S+)", said)[1]
        self.desk = re.search(r"Instructor\s+(\S+)", said)[1]
        self.port = int(re.search(r":(\d+)/", self.url)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path)
    yield room
    room.kill()


@pytest.fixture
def open_page(browser, room):
    """Open a page as a new visitor; afterwards see that no request left the machine."""
    contexts, outside = [], []

    def allow(route):
        if route.request.url.startswith((room.url, "data:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def open_(url, **options):
        context = browser.new_context(**{"viewport": PHONE, **options})
        context.route("**/*", allow)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not outside, f"requests left the machine: {outside}"


@pytest.fixture
def come_in(open_page, room):
    def come(**options):
        page = open_page(f"{room.url}?code={room.code}", **options)
        page.get_by_role("button", name="Come in").click()
        expect(page.locator("header.bar")).to_contain_text("you are known as")
        return page

    return come


@pytest.fixture
def desk(open_page, room):
    return open_page(room.desk, viewport={"width": 1280, "height": 800})


def press(desk, name):
    desk.get_by_role("button", name=name, exact=True).first.click()


def to_step(desk, title):
    press(desk, title)
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)


def test_a_vote_by_keyboard_alone_reaches_desk_and_wall(come_in, desk, open_page, room):
    me, other = come_in(), come_in()
    wall = open_page(room.wall, viewport={"width": 1600, "height": 900})
    to_step(desk, "Shall the Conference meet?")
    opener = desk.get_by_role("button", name="Open the vote")
    opener.focus()
    desk.keyboard.press("Enter")
    expect(me.get_by_role("group", name="The ballot of Arvenia")).to_be_visible()
    for _ in range(40):
        me.keyboard.press("Tab")
        if me.evaluate("document.activeElement.name") == "choice":
            break
    me.keyboard.press("ArrowDown")
    me.keyboard.press("Tab")
    me.keyboard.type("We were not asked.")
    me.keyboard.press("Enter")
    expect(me.locator(".done")).to_contain_text("ballot is in: No")
    expect(wall.locator(".count").first).to_have_text("1 of 2 handed in")
    expect(desk.locator(".forming")).to_contain_text("Against: Arvenia")
    other.get_by_label("Yes").check()
    other.get_by_role("button", name="Hand it in").click()
    expect(wall.locator(".count").first).to_have_text("2 of 2 handed in")
    desk.get_by_role("button", name="Close the vote").focus()
    desk.keyboard.press("Enter")
    press(desk, "Show the result on the wall")
    expect(wall.locator(".verdict")).to_contain_text("Not adopted")
    expect(wall.locator("main")).not_to_contain_text("We were not asked.")
    assert not me.errors and not wall.errors and not desk.errors


def test_two_browsers_are_one_participant(come_in, open_page, desk, room):
    first = come_in()
    first.get_by_text("More: card, name").click()
    first.get_by_role("button", name="Get a code").click()
    code = first.locator(".paircode").inner_text()
    second = open_page(room.url)
    second.get_by_label("Code from the wall").fill(code)
    second.get_by_role("button", name="Come in").click()
    first.get_by_role("link", name="Back to the room").click()
    to_step(desk, "Before you start: predict")
    press(desk, "Open the vote")
    second.get_by_label("Monitors").check()
    second.get_by_role("button", name="Hand it in").click()
    expect(first.locator(".done")).to_contain_text("Your answer is in: Monitors")
    first.get_by_label("A censure").check()
    first.get_by_role("button", name="Change the answer").click()
    expect(second.locator(".done")).to_contain_text("A censure")
    expect(desk.locator(".count").first).to_have_text("1 of 1 handed in")


def test_without_script_the_page_is_read_and_the_vote_counts(come_in, desk):
    me = come_in(java_script_enabled=False)
    expect(me.get_by_role("link", name="Look what is new")).to_be_visible()
    to_step(desk, "Shall the Conference meet?")
    press(desk, "Open the vote")
    me.get_by_role("link", name="Look what is new").click()
    me.get_by_label("Stay away").check()
    me.get_by_role("button", name="Hand it in").click()
    expect(me.locator(".done")).to_contain_text("ballot is in: Stay away")
    expect(desk.locator(".count").first).to_have_text("1 of 1 handed in")


def test_what_is_being_typed_survives_what_others_do(come_in, desk):
    me = come_in()
    to_step(desk, "Shall the Conference meet?")
    press(desk, "Open the vote")
    me.get_by_label("Abstain").check()
    line = me.get_by_label(re.compile("One line of reasoning"))
    line.type("Half a sent")
    desk.get_by_text("People and roles").click()
    come_in()
    desk.get_by_label("the role of").select_option("arvenia")
    desk.get_by_label("Give", exact=True).select_option(index=1)
    press(desk, "Give the role")
    expect(me.locator("header.bar")).to_contain_text("you share the seat with")
    expect(line).to_be_focused()
    line.type("ence")
    expect(line).to_have_value("Half a sentence")
    expect(me.get_by_label("Abstain")).to_be_checked()


def test_a_vote_cast_while_the_server_is_dead_arrives_when_it_is_back(come_in, desk, room):
    me = come_in()
    to_step(desk, "Before you start: predict")
    press(desk, "Open the vote")
    me.get_by_label("Monitors").check()
    me.get_by_role("button", name="Hand it in").click()
    expect(me.locator(".done")).to_be_visible()
    room.kill()
    me.get_by_label("A censure").check()
    me.get_by_role("button", name="Change the answer").click()
    expect(me.locator("#line")).to_contain_text("kept here and sent when it is back")
    room.start()
    expect(me.locator(".done")).to_contain_text("A censure", timeout=20_000)
    expect(desk.locator(".count").first).to_have_text("1 of 1 handed in")


def test_the_end_is_told_to_everybody(come_in, desk, room):
    me = come_in()
    desk.get_by_text("Debrief, export and end").click()
    desk.get_by_label(re.compile("End the workshop now")).check()
    press(desk, "End the workshop")
    expect(desk.get_by_role("heading", level=1)).to_have_text("The workshop is over")
    expect(me.get_by_role("heading", level=1)).to_have_text("The workshop is over")
    assert room.process.wait(timeout=20) == 0
    assert list(Path(room.folder).iterdir()) == []


NAME = "<img src=x onerror=a()>"
WORST = "</script><script>struck=1</script><img src=x onerror=alert(1)>{{7*7}}'\"><b id=struck>"
ALIVE = """() => [...document.querySelectorAll(
  "#struck, img:not([src$='qr.svg']), body script, iframe, [onerror]")].map(one => one.outerHTML)"""


def test_hostile_texts_stay_texts_on_every_page_and_in_what_is_exported(
    come_in, open_page, desk, room
):
    people = [come_in() for _ in range(7)]
    wall = open_page(room.wall, viewport={"width": 1600, "height": 900})
    pages = {"phone": people[0], "another phone": people[1], "desk": desk, "wall": wall}
    struck = []
    for page in pages.values():
        page.on("dialog", lambda dialog: (struck.append(dialog.message), dialog.dismiss()))
    me = people[0]
    me.get_by_text("More: card, name").click()
    me.get_by_label("Pseudonym").fill(NAME)
    me.get_by_role("button", name="Change the pseudonym").click()
    expect(me.locator("header.bar")).to_contain_text(f"known as {NAME}")
    mediator = next(p for p in people if p.locator("#note").count())
    mediator.locator("#note").fill(WORST)
    mediator.get_by_role("button", name="Hand it to the instructor").click()
    press(desk, "Put on the wall")
    expect(wall.locator(".wallnotes")).to_contain_text(WORST)
    desk.get_by_text("Ask the room a question of your own").click()
    desk.get_by_label("Question", exact=True).fill(WORST)
    desk.get_by_label("Answers, one a line").fill(f"{WORST}\n{NAME}")
    press(desk, "Put it after this step")
    asked = desk.get_by_role("button", name="A question to the room", exact=True)
    expect(asked).to_be_visible()
    to_step(desk, "Shall the Conference meet?")
    desk.get_by_label(re.compile("Change the draft")).fill(WORST)
    press(desk, "Change the draft")
    expect(me.locator("blockquote")).to_have_text(WORST)
    press(desk, "Open the vote")
    me.get_by_label("Yes").check()
    me.get_by_label(re.compile("One line of reasoning")).fill(WORST)
    me.get_by_role("button", name="Hand it in").click()
    expect(me.locator("#reason")).to_have_value(WORST)
    press(desk, "Close the vote")
    press(desk, "Show the result on the wall")
    expect(wall.locator("blockquote")).to_have_text(WORST)
    asked.click()
    for page in pages.values():
        expect(page.locator(".question")).to_have_text(WORST)
    press(desk, "Open the vote")
    for one in people:
        one.get_by_label(NAME, exact=True).check()
        one.get_by_role("button", name="Hand it in").click()
        expect(one.locator(".done")).to_contain_text(f"is in: {NAME}")
    press(desk, "Close the vote")
    press(desk, "Show the result on the wall")
    expect(wall.locator(".bars")).to_contain_text(NAME)
    desk.get_by_text("People and roles").click()
    expect(desk.locator(".people")).to_contain_text(NAME)
    assert {name: page.evaluate(ALIVE) for name, page in pages.items()} == dict.fromkeys(pages, [])
    exported = desk.context.request.get(f"{room.url}instructor/export.zip").body()
    kept = zipfile.ZipFile(io.BytesIO(exported))
    assert WORST in kept.read("notes.csv").decode("utf-8").replace('""', '"')
    desk.goto(f"{room.url}instructor/debrief")
    expect(desk.locator("main")).to_contain_text(WORST)
    assert desk.evaluate(ALIVE) == []
    desk.context.unroute("**/*")  # the page that is kept stands alone, without the server's policy
    desk.set_content(kept.read("debrief.html").decode("utf-8"))
    expect(desk.locator("main")).to_contain_text(WORST)
    assert desk.evaluate(ALIVE) == []
    assert not struck and desk.evaluate("window.struck") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_clean_and_fits_a_narrow_phone(come_in, open_page, room, scheme):
    SHOTS.mkdir(exist_ok=True)
    look = {"color_scheme": scheme}
    wide = {"viewport": {"width": 1600, "height": 900}, **look}
    door = open_page(f"{room.url}?code={room.code}", **look)
    pages = {"door": door, "about": open_page(f"{room.url}about", **look)}
    people = [come_in(**look) for _ in range(7)]
    desk, wall = open_page(room.desk, **wide), open_page(room.wall, **wide)
    small_desk = open_page(room.desk, **look)
    pages |= {"lobby": people[0], "wall-lobby": wall}
    found = {name: violations(page) for name, page in pages.items()}
    narrow = {name: _overflow(page) for name, page in pages.items()}
    for step in ("Before you start: predict", "Shall the Conference meet?", "Who is the attacker?"):
        to_step(desk, step)
        press(desk, "Open the vote")
        for number, me in enumerate(people):
            expect(me.get_by_role("heading", level=1)).to_have_text(step)
            if number < 6 or step.startswith("Before"):
                me.locator(".choice").nth(number % 3).click()
                me.get_by_role("button", name="Hand it in").click()
                expect(me.locator(".done")).to_be_visible()
        for state in ("open", "shown"):
            if state == "shown":
                press(desk, "Close the vote")
                press(desk, "Show the result on the wall")
                expect(wall.locator(".result")).to_be_visible()
            expect(people[0].locator(".result")).to_have_count(int(state == "shown"))
            kinds = {"phone": people[0], "depositary": people[6], "wall": wall, "desk": desk}
            for kind, page in kinds.items():
                name = f"{kind}-{step.split()[0]}-{state}"
                found[name] = violations(page)
                page.screenshot(path=SHOTS / f"room-{name}-{scheme}.png", full_page=True)
            narrow[f"{step} {state}"] = _overflow(people[0]) or _overflow(small_desk)
    small_desk.reload()
    found["desk-small"] = violations(small_desk)
    debrief = open_page(room.desk, **look)
    debrief.goto(f"{room.url}instructor/debrief")
    found["debrief"], narrow["debrief"] = violations(debrief), _overflow(debrief)
    assert {k: v for k, v in found.items() if v} == {}
    assert {k: v for k, v in narrow.items() if v} == {}


def _overflow(page):
    """Pixels by which a page is wider than its window."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return page.evaluate(width)
