"""The learner's record: what was confirmed is never lost, and nothing private leaves unasked."""

import getpass
import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import record
from course.record import ERASE, Record, RecordError

KEY = "kosovo.votes"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")
SECRET = "what I really think of this"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.sqlite"


def reopened(path, **options):
    return Record(path, **options)


def answers(path):
    return [attempt.answer for attempt in reopened(path).attempts()]


def deep(levels):
    """Lists inside each other."""
    return [deep(levels - 1)] if levels else 1


# ---------------------------------------------------------------- keeping


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab", max_size=3), inner),
    max_leaves=8,
)


@given(json_values.filter(lambda value: value is not None))
def test_whatever_is_saved_comes_back(value):
    held = Record(":memory:")
    held.save(KEY, value)
    assert held.latest(KEY) == value


def test_an_answer_outlives_the_process(path):
    Record(path).save(KEY, {"a": 1}, kind="single", level="right", version=3)
    held = reopened(path)
    assert held.latest(KEY) == {"a": 1}
    (attempt,) = held.attempts()
    assert (attempt.level, attempt.exercise_version) == ("right", 3)
    assert attempt.course_version


def test_every_attempt_is_kept_and_the_latest_is_the_last(path):
    held = Record(path)
    for number in range(5):
        held.save(KEY, number)
    assert held.latest(KEY) == 4
    assert [attempt.answer for attempt in held.attempts(KEY)] == [0, 1, 2, 3, 4]


def test_the_first_prediction_is_the_one_that_comes_back(path):
    held = Record(path)
    held.save_prediction("start.before", "one")
    held.save_prediction("start.before", "two")
    assert held.prediction("start.before").answer == "one"
    assert held.latest("start.before") == "two"


def test_verdicts_keep_confidence_and_the_latest_counts(path):
    held = Record(path)
    held.save_verdict("C031", "supported", 60, "because")
    held.save_verdict("C031", "contested", 90)
    assert held.verdict("C031").verdict == "contested"
    assert [v.confidence for v in held.verdicts()] == [60, 90]
    assert held.verdict("C032") is None


@pytest.mark.parametrize(
    "act",
    [
        lambda r: r.save("no dot", 1),
        lambda r: r.save(KEY, object()),
        lambda r: r.save(KEY, float("nan")),
        lambda r: r.save(KEY, "\ud800"),
        lambda r: r.save(KEY, "x" * 70_000),
        lambda r: r.save_verdict("C031", "supported", 101),
        lambda r: r.save_verdict("C031", "supported", 0.5),
        lambda r: r.save_verdict("", "supported"),
        lambda r: r.save_verdict("C031", "supported", float("nan")),
        lambda r: r.save_verdict("C031", "supported", float("inf")),
        lambda r: r.save_verdict("C031", "supported", 50, "\ud800"),
        lambda r: r.save_verdict("C031", "supported", 50, kind="<b>"),
        lambda r: r.save(KEY, None),
        lambda r: r.save_prediction(KEY, None),
        lambda r: r.save(KEY, 1, version=-1),
        lambda r: r.save(KEY, 1, version="a"),
        lambda r: r.save(KEY, 1, version=True),
        lambda r: r.save(KEY, 1, level="<b>"),
        lambda r: r.save(KEY, 1, kind="x" * 90),
        lambda r: r.save(KEY, 1, mistakes=5),
        lambda r: r.save(KEY, 1, mistakes=[5]),
        lambda r: r.save(KEY, deep(40)),
        lambda r: r.save_addition("argument", ["\ud800"]),
        lambda r: r.spend("kosovo", float("inf")),
        lambda r: r.spend("kosovo", float("nan")),
        lambda r: r.spend("kosovo", -1),
        lambda r: r.spend("kosovo", "x"),
        lambda r: r.pseudonym("\ud800"),
        lambda r: r.export(None),
        lambda r: r.export("x" * 300 + ".json"),
        lambda r: r.export("a\0b.json"),
        lambda r: r.export("\ud800.json"),
        lambda r: r.export("~nobody-of-this-name/x.json"),
        lambda r: r.load(5),
        lambda r: r.load("a\0b.json"),
        lambda r: r.load("x" * 300),
        lambda r: record.write_page("x" * 300 + ".html", ""),
        lambda r: record.write_page("a\0b.html", ""),
        lambda r: r.save_verdict("C031", "supported", 5, 7),
        lambda r: r.latest(7),
        lambda r: r.pseudonym(""),
        lambda r: r.export("x.json", include={"everything"}),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(act):
    with pytest.raises(RecordError) as caught:
        act(Record(":memory:"))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_minutes_are_counted_until_switched_off(path):
    held = Record(path)
    held.spend("kosovo", 90)
    held.time_on_task(False)
    held.spend("kosovo", 600)
    assert held.minutes() == {"kosovo": 1.5}
    assert reopened(path).time_on_task() is False


def test_a_clock_that_goes_back_does_not_hide_the_latest_answer(path):
    times = iter([2_000_000_000.0, 1_000_000_000.0, 3.0])
    held = Record(path, clock=lambda: next(times))
    for answer in ("first", "second", "third"):
        held.save(KEY, answer)
    assert held.latest(KEY) == "third"
    assert [attempt.answer for attempt in held.attempts(KEY)] == ["first", "second", "third"]


def test_a_clock_that_goes_back_changes_no_order_anywhere(path):
    times = iter([2_000_000_000.0, 1_000_000_000.0] * 3)
    held = Record(path, clock=lambda: next(times))
    for word in ("first", "second"):
        held.save_prediction(KEY, word)
    assert (held.prediction(KEY).answer, held.latest(KEY)) == ("first", "second")
    for verdict in ("supported", "contested"):
        held.save_verdict("C031", verdict)
    assert held.verdict("C031").verdict == "contested"
    for form in ("objection", "removed"):
        held.save_addition("argument", {"form": form})
    assert [entry["form"] for entry in held.additions("argument")] == ["objection", "removed"]


def test_a_clock_that_goes_back_over_a_renaming_does_not_hide_the_latest_answer(path):
    Record(path, clock=lambda: 2000.0).save("kosovo.ballots", "old")
    held = reopened(path, aliases={"kosovo.ballots": KEY}, clock=lambda: 1000.0)
    held.save(KEY, "new")
    assert held.latest(KEY) == "new"


def test_a_clock_before_all_clocks_stops_no_answer(path):
    held = Record(path, clock=lambda: -5.0)
    held.save(KEY, "kept")
    assert held.attempts()[0].stamp >= 0


def test_a_renamed_exercise_keeps_its_answers(path):
    Record(path).save("kosovo.ballots", "old", level="right")
    held = reopened(path, aliases={"kosovo.ballots": KEY})
    assert held.latest(KEY) == held.latest("kosovo.ballots") == "old"
    held.save(KEY, "new", level="not yet")
    assert held.latest(KEY) == "new"
    assert held.standings()[KEY].tries == 2
    assert {attempt.exercise for attempt in held.attempts(KEY)} == {KEY}


def test_standings_sum_up_each_exercise(path):
    held = Record(path)
    for level in ("not yet", "right", "almost"):
        held.save(KEY, 1, level=level)
    held.save("start.types", 1, level="kept")
    lines = held.standings()
    assert (lines[KEY].tries, lines[KEY].misses) == (3, 2)
    assert (lines[KEY].first, lines[KEY].last_done) == (1, 2)
    assert lines["start.types"].last_done == 4


# ---------------------------------------------------------------- where it lies


def test_the_record_lies_in_the_workspace_above(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_RECORD")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    inner = tmp_path / "work" / "notebooks"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert Path(record.location()).parent == tmp_path / "home" / ".equal-security-course"
    (tmp_path / "work" / ".course-workspace.json").write_text("{}")
    assert Path(record.location()) == tmp_path / "work" / "record.sqlite"
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "other.sqlite"))
    assert Path(record.location()) == tmp_path / "other.sqlite"


def test_the_verbs_of_the_module_use_that_record(path, monkeypatch):
    monkeypatch.setenv("COURSE_RECORD", str(path))
    record.save("start.types", [1])
    record.close()
    assert record.latest("start.types") == [1]
    record.close()
    assert answers(path) == [[1]]


def test_a_new_folder_is_made(tmp_path):
    held = Record(tmp_path / "a" / "b" / "record.sqlite")
    held.save(KEY, 1)
    assert answers(tmp_path / "a" / "b" / "record.sqlite") == [1]


# ---------------------------------------------------------------- versions


def test_an_older_file_is_brought_up_to_date(path):
    with sqlite3.connect(path) as old:
        old.executescript(record._MIGRATIONS[0])
        old.execute(f"PRAGMA application_id = {record.APPLICATION}")
        old.execute("PRAGMA user_version = 1")
        old.execute(
            "INSERT INTO attempts VALUES (1, ?, 5, ?, 'single', 'right', '\"kept\"', '[]', 0, 1, '0')",
            ("0" * 32, KEY),
        )
    old.close()
    held = Record(path)
    assert held.latest(KEY) == "kept"
    held.save(KEY, "more")
    with sqlite3.connect(path) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (record.SCHEMA,)
    now.close()
    assert not held.notices


def test_a_verdict_of_an_older_file_and_of_an_older_export_has_no_type(tmp_path, path):
    with sqlite3.connect(path) as old:
        for step in record._MIGRATIONS[:2]:
            old.executescript(step)
        old.execute(f"PRAGMA application_id = {record.APPLICATION}")
        old.execute("PRAGMA user_version = 2")
        old.execute(
            "INSERT INTO verdicts VALUES (1, ?, 5, 'C031', 'supported', 60, 'why', '0')",
            ("0" * 32,),
        )
    old.close()
    shutil.copy(path, tmp_path / "cut.sqlite")
    held = Record(path)
    assert held.verdict("C031") == record.Verdict("C031", "supported", 60, "why", 5, "")
    held.save_verdict("C031", "contested", kind="legal")
    assert held.verdict("C031").kind == "legal"
    held.export(tmp_path / "out.json", include={"verdicts", "texts"})
    content = json.loads((tmp_path / "out.json").read_text())
    content["version"] = 2
    for row in content["verdicts"]:
        del row["kind"]
    (tmp_path / "old.json").write_text(json.dumps(content))
    other = Record(tmp_path / "other.sqlite")
    other.load(tmp_path / "old.json")
    assert [verdict.kind for verdict in other.verdicts()] == ["", ""]
    saved = Record(":memory:")
    record._salvage(tmp_path / "cut.sqlite", saved._connection)
    assert saved.verdict("C031").note == "why"


def test_a_file_of_a_newer_edition_is_left_alone(path):
    Record(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {record.SCHEMA + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="newer edition"):
        Record(path)
    assert path.read_bytes() == before


# ---------------------------------------------------------------- damage


def test_a_foreign_file_is_set_aside_and_a_new_record_begun(path):
    path.write_text("these are not the answers you are looking for" * 100)
    held = Record(path)
    held.save(KEY, 1)
    (aside,) = path.parent.glob("record.set-aside-*.sqlite")
    assert aside.read_text().startswith("these are not")
    assert aside.name in held.notices[0]
    assert answers(path) == [1]


def test_somebody_elses_database_is_set_aside_whole(path):
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
        foreign.execute("INSERT INTO recipes VALUES ('soup')")
    foreign.close()
    Record(path).save(KEY, 1)
    (aside,) = path.parent.glob("record.set-aside-*.sqlite")
    with sqlite3.connect(aside) as kept:
        assert kept.execute("SELECT name FROM recipes").fetchone() == ("soup",)
    kept.close()


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_set_aside_and_what_can_be_read_is_saved(path, share):
    held = Record(path)
    for number in range(300):
        held.save(KEY, [number, "x" * 200])
    held.close()
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    held = Record(path)
    held.save(KEY, "after")
    assert held.latest(KEY) == "after"
    (aside,) = path.parent.glob("record.set-aside-*.sqlite")
    saved = len(held.attempts(KEY)) - 1
    assert f"{saved} entries" in held.notices[0]
    if share >= 0.5:
        assert saved >= 300 * (share - 0.35)


def test_two_damaged_files_get_two_names(path):
    for _ in range(2):
        path.write_bytes(b"no record" * 100)
        Record(path).close()
    assert len(list(path.parent.glob("record.set-aside-*.sqlite"))) == 2


def test_damage_while_in_use_costs_no_answer_that_follows(path):
    held = Record(path)
    held.save(KEY, "before")
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)
    held.save(KEY, "after")
    assert held.latest(KEY) == "after"
    assert answers(path) == ["after"]


def test_a_file_deleted_under_an_open_kernel_is_begun_anew(path):
    held = Record(path)
    held.save(KEY, "lost with the file")
    path.unlink()
    held.save(KEY, "kept")
    assert answers(path) == ["kept"]


# ---------------------------------------------------------------- disk and rights


def run(code, path, **environment):
    """Run code in a process of its own, with `path` as its argument."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
    )


@POSIX
def test_a_full_disk_is_said_and_loses_nothing_confirmed(path):
    done = run(
        """
        import resource, sys
        from course.record import Record, RecordError
        held = Record(sys.argv[1])
        held.save("kosovo.votes", 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))
        kept = 1
        try:
            for kept in range(1, 1000):
                held.save("kosovo.votes", [kept, "x" * 500])
        except RecordError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        held.save("kosovo.votes", "room again")
        print(kept)
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    sentence, kept = done.stdout.splitlines()
    assert sentence.startswith("Not saved:") and "disk" in sentence
    found = answers(path)
    assert len(found) == int(kept) + 1
    assert found[-1] == "room again"


def test_a_full_database_is_said_in_the_same_words(path):
    held = Record(path)
    held._connection.execute("PRAGMA max_page_count = 16")
    with pytest.raises(RecordError, match="disk is full"):
        for _ in range(1000):
            held.save(KEY, "x" * 1000)
    kept = len(held.attempts())
    held.close()
    held.save(KEY, "room again")
    assert len(answers(path)) == kept + 1


READ_ONLY = """
    import os, sys
    from pathlib import Path
    import course, course.record, course.exercises
    from course.record import Record, RecordError
    course.__version__
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    held = Record(sys.argv[1])
    print(held.latest("kosovo.votes"))
    try:
        held.save("kosovo.votes", "new", private=False)
        print("saved", Path(held.path).parent.name)
    except RecordError as error:
        print(error)
    print(held.latest("kosovo.votes"))
    print(held.notices[0])
    print(held.erase("erase my record"))
"""


@POSIX
@pytest.mark.parametrize("home_writable", [True, False])
def test_a_read_only_folder_is_said_and_answers_are_kept_elsewhere(tmp_path, home_writable):
    folder, home = tmp_path / "ro", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    Record(folder / "record.sqlite").save(KEY, "old")
    # another user must reach the folder, however deep the workers of a test run lay it
    for one in (tmp_path, *tmp_path.parents):
        if one.is_relative_to(tempfile.gettempdir()) and one.owner() == getpass.getuser():
            one.chmod(one.stat().st_mode | 0o755)
    (folder / "record.sqlite").chmod(0o444)
    folder.chmod(0o555)
    home.chmod(0o777 if home_writable else 0o555)
    try:
        done = run(READ_ONLY, folder / "record.sqlite", HOME=str(home))
    finally:
        folder.chmod(0o755)
        home.chmod(0o755)
    assert done.returncode == 0, done.stderr
    before, outcome, after, notice, erased = done.stdout.splitlines()
    assert "record.sqlite could not be touched and still holds" in erased
    assert (before, after) == ("old", "new")
    assert "read-only" in notice
    if home_writable:
        assert outcome == "saved .equal-security-course"
    else:
        assert "only until the kernel stops" in outcome


# ---------------------------------------------------------------- two kernels, and a kill


def _save_many(path, name, count):
    held = Record(path)
    for number in range(count):
        held.save(KEY, [name, number])


@POSIX
def test_four_kernels_at_once_lose_nothing(path):
    context = multiprocessing.get_context("spawn")
    crowd = [context.Process(target=_save_many, args=(path, n, 60)) for n in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(120)
        assert one.exitcode == 0
    assert sorted(answers(path)) == [[n, i] for n in range(4) for i in range(60)]


@POSIX
def test_kernels_that_meet_a_damaged_file_set_it_aside_once(path):
    path.write_bytes(b"damaged" * 1000)
    context = multiprocessing.get_context("spawn")
    crowd = [context.Process(target=_save_many, args=(path, n, 20)) for n in range(3)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(120)
        assert one.exitcode == 0
    assert len(answers(path)) == 60
    assert len(list(path.parent.glob("record.set-aside-*.sqlite"))) == 1


KILL = """
    import os, random, select, signal, struct, sys, time
    from course.record import Record
    import course
    path, rounds = sys.argv[1], int(os.environ["ROUNDS"])
    course.__version__
    Record(path).close()
    random.seed(7)
    confirmed = killed = 0
    for number in range(rounds):
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            held = Record(path)
            serial = 0
            while True:
                held.save("kosovo.votes", [number, serial], private=True)
                os.write(into, struct.pack("i", serial))
                serial += 1
        os.close(into)
        select.select([out], [], [], 10)             # it has begun to save
        time.sleep(random.random() * 0.012)          # so the kill falls anywhere in a save
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        seen = b""
        while chunk := os.read(out, 65536):
            seen += chunk
        os.close(out)
        serials = struct.unpack(f"{len(seen) // 4}i", seen[: len(seen) // 4 * 4])
        print("c", number, len(serials))
        confirmed += len(serials)
    print("total", killed, confirmed)
"""


@pytest.fixture
def quick_path(tmp_path):
    """A file in memory where there is such a place: a kill, unlike a power cut, is the same there."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path / "record.sqlite"
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder) / "record.sqlite"


@POSIX
def test_no_confirmed_answer_is_lost_when_a_kernel_is_killed_while_saving(quick_path):
    path = quick_path
    rounds = 500
    done = run(KILL, path, ROUNDS=str(rounds))
    assert done.returncode == 0, done.stderr
    *lines, total = done.stdout.splitlines()
    _, killed, confirmed = total.split()
    assert int(killed) == rounds
    assert int(confirmed) > rounds
    found = {tuple(answer) for answer in answers(path)}
    lost = [
        (number, serial)
        for _, number, count in (line.split() for line in lines)
        for serial in range(int(count))
        if (int(number), serial) not in found
    ]
    assert lost == []
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()
    assert not list(path.parent.glob("*set-aside*"))


def test_a_record_survives_a_fork(path):
    if os.name != "posix":
        pytest.skip("no fork here")
    held = Record(path)
    held.save(KEY, "parent")
    child = os.fork()
    if child == 0:
        try:
            held.save(KEY, "child")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    held.save(KEY, "parent again")
    assert answers(path) == ["parent", "child", "parent again"]


@POSIX
def test_a_busy_file_is_waited_for_and_then_said(path, monkeypatch):
    monkeypatch.setattr(record, "BUSY_SECONDS", 0.1)
    held = Record(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RecordError, match="another program holds"):
        held.save(KEY, 1)
    other.execute("COMMIT")
    other.close()
    held.save(KEY, 2)
    assert answers(path) == [2]


# ---------------------------------------------------------------- moving house


def filled(path):
    held = Record(path)
    held.save(KEY, "a", kind="single", level="right", private=False)
    held.save("kosovo.judgement", {"text": SECRET}, kind="written", level="kept", private=True)
    held.save_prediction("kosovo.before", SECRET)
    held.save_verdict("C031", "contested", 70, SECRET)
    held.save_addition("objection", {"text": SECRET})
    held.spend("kosovo", 120)
    return held


def test_an_export_leaves_out_verdicts_and_texts_unless_ticked(tmp_path, path):
    held = filled(path)
    sentence = held.export(tmp_path / "out.json")
    words = (tmp_path / "out.json").read_text("utf-8")
    assert SECRET not in words and "contested" not in words
    assert "Left out: your verdicts and texts" in sentence
    assert json.loads(words)["left_out"] == ["verdicts", "texts"]
    held.export(tmp_path / "out.json", include={"verdicts"})
    words = (tmp_path / "out.json").read_text("utf-8")
    assert "contested" in words and SECRET not in words
    held.export(tmp_path / "out.json", include={"verdicts", "texts"})
    assert (tmp_path / "out.json").read_text("utf-8").count(SECRET) == 4


def test_an_export_holds_a_pseudonym_and_is_for_its_owner_only(tmp_path, path):
    held = filled(path)
    held.export(tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["pseudonym"].startswith("Reader ")
    if os.name == "posix":
        assert (tmp_path / "out.json").stat().st_mode & 0o077 == 0


def test_an_export_never_replaces_another_kind_of_file(tmp_path, path):
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(RecordError, match="not an export"):
        filled(path).export(tmp_path / "thesis.txt")
    assert (tmp_path / "thesis.txt").read_text() == "three years of work"


def test_a_round_trip_carries_everything_and_a_second_one_nothing(tmp_path, path):
    held = filled(path)
    held.export(tmp_path / "out.json", include={"verdicts", "texts"})
    other = Record(tmp_path / "other.sqlite")
    assert other.load(tmp_path / "out.json").startswith("5 entries were added; 0 ")
    assert other.load(tmp_path / "out.json").startswith("0 entries were added; 5 ")
    assert other.latest(KEY) == "a"
    assert other.verdict("C031").note == SECRET
    assert other.prediction("kosovo.before").answer == SECRET
    assert other.additions() == [{"text": SECRET}]
    assert other.minutes() == held.minutes()


def test_a_merge_adds_and_never_hides_a_newer_answer(tmp_path, path):
    old = Record(path, clock=lambda: 1000.0)
    old.save(KEY, "older")
    old.export(tmp_path / "out.json", include={"texts"})
    other = Record(tmp_path / "other.sqlite", clock=lambda: 2000.0)
    other.save(KEY, "newer")
    other.load(tmp_path / "out.json")
    assert other.latest(KEY) == "newer"
    assert [attempt.answer for attempt in other.attempts(KEY)] == ["older", "newer"]


def test_an_export_from_a_clock_ahead_wins_nothing_over_what_is_saved_next(tmp_path, path):
    ahead = Record(path, clock=lambda: 9e9)
    ahead.save(KEY, "from the future")
    ahead.export(tmp_path / "out.json", include={"texts"})
    other = Record(tmp_path / "other.sqlite", clock=lambda: 2000.0)
    other.load(tmp_path / "out.json")
    other.save(KEY, "now")
    assert other.latest(KEY) == "now"


def sound(tmp_path, path):
    filled(path).export(tmp_path / "out.json", include={"verdicts", "texts"})
    return json.loads((tmp_path / "out.json").read_text("utf-8"))


HOSTILE = {
    "not json": lambda c: "{",
    "another format": lambda c: {**c, "format": "something else"},
    "a newer version": lambda c: {**c, "version": 99},
    "a list": lambda c: [c],
    "a deep nest": lambda c: "[" * 100_000,
    "rows that are no list": lambda c: {**c, "attempts": {"a": 1}},
    "rows that are texts": lambda c: {**c, "attempts": ["x"]},
    "another column": lambda c: {**c, "attempts": [{**c["attempts"][0], "seq": 1}]},
    "SQL in a column": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "exercise": "a.b'); DROP TABLE attempts; --"}],
    },
    "markup as an exercise": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "exercise": "<script>.x"}],
    },
    "markup as a verdict": lambda c: {
        **c,
        "verdicts": [{**c["verdicts"][0], "verdict": "<img src=x onerror=alert(1)>"}],
    },
    "a number as answer": lambda c: {**c, "attempts": [{**c["attempts"][0], "answer": 7}]},
    "an answer that is no JSON": lambda c: {**c, "attempts": [{**c["attempts"][0], "answer": "{"}]},
    "NaN inside an answer": lambda c: {**c, "attempts": [{**c["attempts"][0], "answer": "NaN"}]},
    "mistakes that are no list": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "mistakes": "{}"}],
    },
    "a stamp below zero": lambda c: {**c, "attempts": [{**c["attempts"][0], "stamp": -1}]},
    "a stamp beyond SQLite": lambda c: {**c, "attempts": [{**c["attempts"][0], "stamp": 2**63}]},
    "a truth value as stamp": lambda c: {**c, "attempts": [{**c["attempts"][0], "stamp": True}]},
    "an odd id": lambda c: {**c, "attempts": [{**c["attempts"][0], "uid": "../../etc"}]},
    "an answer too long": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "answer": json.dumps("x" * 70_000)}],
    },
    "confidence beyond 100": lambda c: {**c, "verdicts": [{**c["verdicts"][0], "confidence": 101}]},
    "endless minutes": lambda c: {**c, "minutes": [["0" * 32, "kosovo", 1e300]]},
    "odd minutes": lambda c: {**c, "minutes": [[1, 2]]},
    "minutes that are a number": lambda c: {**c, "minutes": 5},
    "no answer": lambda c: {**c, "attempts": [{**c["attempts"][0], "answer": "null"}]},
    "no prediction": lambda c: {**c, "predictions": [{**c["predictions"][0], "answer": "null"}]},
    "half a character in an answer": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "answer": '{"text":"\\ud800"}'}],
    },
    "half a character in a mistake": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "mistakes": '["\\ud800"]'}],
    },
    "half a character in a note": lambda c: {
        **c,
        "verdicts": [{**c["verdicts"][0], "note": "\ud800"}],
    },
    "half a character in an addition": lambda c: {
        **c,
        "additions": [{**c["additions"][0], "content": '{"text":"\\ud800"}'}],
    },
    "an endless number": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "answer": "[1e999, 1]"}],
    },
    "an answer of too many lists": lambda c: {
        **c,
        "attempts": [{**c["attempts"][0], "answer": "[" * 200 + "]" * 200}],
    },
    "markup as the type of a claim": lambda c: {
        **c,
        "verdicts": [{**c["verdicts"][0], "kind": "<b>"}],
    },
    "a huge number": lambda c: json.dumps(c)[:-1] + ', "x": ' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_import_is_refused_whole_with_a_sentence(tmp_path, path, how):
    content = HOSTILE[how](sound(tmp_path, path))
    bad = tmp_path / "bad.json"
    bad.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    other = Record(tmp_path / "other.sqlite")
    other.save(KEY, "mine")
    with pytest.raises(RecordError) as caught:
        other.load(bad)
    assert "\n" not in str(caught.value) and "refused" in str(caught.value)
    assert [attempt.answer for attempt in other.attempts()] == ["mine"]
    assert other.verdicts() == []


words = st.text(max_size=90) | st.sampled_from(
    ["", "right", "single", "C031", "supported", "start"]
)
odd = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | words
    | json_values
)


@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just("save"),
                st.tuples(st.sampled_from([KEY, "start.types", "x"]), odd),
                st.fixed_dictionaries(
                    {},
                    optional={
                        "kind": odd,
                        "level": odd,
                        "mistakes": odd,
                        "version": odd,
                        "private": st.none() | st.booleans(),
                    },
                ),
            ),
            st.tuples(st.just("save_prediction"), st.tuples(st.just(KEY), odd), st.just({})),
            st.tuples(st.just("save_verdict"), st.tuples(words, words, odd, odd, odd), st.just({})),
            st.tuples(st.just("save_addition"), st.tuples(words, odd), st.just({})),
            st.tuples(st.just("spend"), st.tuples(words, odd), st.just({})),
            st.tuples(st.just("pseudonym"), st.tuples(odd), st.just({})),
        ),
        max_size=6,
    )
)
def test_whatever_is_kept_can_be_exported_and_loaded(tmp_path_factory, calls):
    held, kept = Record(":memory:"), 0
    for verb, arguments, options in calls:
        try:
            getattr(held, verb)(*arguments, **options)
        except RecordError as error:
            assert "\n" not in str(error)
            continue
        kept += verb not in ("spend", "pseudonym")
    file = tmp_path_factory.mktemp("moved") / "out.json"
    held.export(file, include={"verdicts", "texts"})
    other = Record(":memory:")
    assert other.load(file).startswith(f"{kept} ")
    assert [a.answer for a in other.attempts()] == [a.answer for a in held.attempts()]
    assert other.verdicts() == held.verdicts() and other.additions() == held.additions()


def test_minutes_that_add_up_for_ever_can_still_be_loaded(tmp_path, path):
    held = Record(path)
    for _ in range(3):
        held.spend("kosovo", record.MOST_SECONDS - 1)
    held.export(tmp_path / "out.json")
    other = Record(tmp_path / "other.sqlite")
    other.load(tmp_path / "out.json")
    assert other.minutes() == held.minutes()


def test_an_entry_that_an_older_edition_kept_unsoundly_spoils_no_export(tmp_path, path):
    held = Record(path)
    held.save(KEY, "sound", private=False)
    held.save(KEY, "none", private=False)
    held._connection.execute("UPDATE attempts SET answer = 'null' WHERE answer = '\"none\"'")
    sentence = held.export(tmp_path / "out.json")
    assert "holds 1 entry" in sentence and "stays in the record only" in sentence
    other = Record(tmp_path / "other.sqlite")
    other.load(tmp_path / "out.json")
    assert [attempt.answer for attempt in other.attempts()] == ["sound"]


def test_an_oversized_import_is_refused_unread(tmp_path, path, monkeypatch):
    monkeypatch.setattr(record, "LARGEST_IMPORT", 10)
    (tmp_path / "big.json").write_text("x" * 11)
    with pytest.raises(RecordError, match="larger than any export"):
        Record(path).load(tmp_path / "big.json")


def test_a_missing_import_is_said(tmp_path, path):
    with pytest.raises(RecordError, match="cannot be read"):
        Record(path).load(tmp_path / "nothing.json")


def test_an_imported_id_that_is_known_changes_nothing(tmp_path, path):
    content = sound(tmp_path, path)
    content["attempts"][0]["answer"] = json.dumps("forged")
    (tmp_path / "forged.json").write_text(json.dumps(content))
    held = reopened(path)
    held.load(tmp_path / "forged.json")
    assert held.latest(KEY) == "a"


# ---------------------------------------------------------------- erasing


def test_erase_asks_first(path):
    held = filled(path)
    question = held.erase()
    assert ERASE in question and "5 entries" in question
    assert held.latest(KEY) == "a"
    assert held.erase("yes") == question


def test_erase_leaves_no_trace_in_any_file_of_the_folder(path):
    held = filled(path)
    for number in range(50):
        held.save("kosovo.judgement", {"text": f"{SECRET} {number}"})
    shutil.copy(path, path.with_name("record.set-aside-2026-01-01.sqlite"))
    assert SECRET.encode() in path.read_bytes()
    held.erase(ERASE)
    held.close()
    for file in path.parent.iterdir():
        assert SECRET.encode() not in file.read_bytes(), file.name
    assert [file.name for file in path.parent.iterdir()] == ["record.sqlite"]
    fresh = reopened(path)
    assert fresh.attempts() == [] and fresh.verdicts() == [] and fresh.minutes() == {}
    fresh.save(KEY, "again")
    assert answers(path) == ["again"]


def test_a_broken_catalogue_keeps_no_record_shut(tmp_path, path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "kosovo.toml").write_text("this is = not [TOML")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setenv("COURSE_RECORD", str(path))
    record.save(KEY, "kept all the same")
    record.close()
    assert answers(path) == ["kept all the same"]


def test_a_notebook_shows_the_sentence_and_no_traceback():
    assert RecordError("One sentence.")._render_traceback_() == ["One sentence."]
