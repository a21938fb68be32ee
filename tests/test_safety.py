"""Nothing that a learner or a file says is run, and nothing of it becomes markup."""

import ast
import csv
import json
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hostile import PLAIN, WORST, hostile
from hypothesis import given, settings

import course.exercises.solutions as solutions
from course import article, data, lesson, record
from course.commands import lab
from course.exercises import catalogue, exercise, ids, portfolio, progress
from course.exercises.calibration import Calibration
from course.widgets import exercise as verbs
from course.widgets import markup
from course.widgets.claim_desk import ClaimDesk
from course.widgets.exercise import ExerciseView, RecallView
from course.widgets.frame import Passage, Sources
from course.widgets.timeline import Timeline

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "exercises" / "fixtures"
LETTER = ROOT / "tests" / "second_article"
MODULES = sorted((ROOT / "course").rglob("*.py"))


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes: what a text must not change."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.links = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [
            value
            for name, value in attrs
            if name in ("href", "src", "action")
            # A picture drawn into the page; as a picture it can run nothing.
            and not (tag == "img" and (value or "").startswith("data:image/"))
        ]

    def handle_endtag(self, tag):
        self.tags.append(("/" + tag, ()))

    def handle_comment(self, text):
        self.tags.append(("comment", ()))

    def handle_decl(self, text):
        self.tags.append(("declaration", ()))

    unknown_decl = handle_pi = handle_decl

    def handle_data(self, text):
        self.words.append(text)


def assert_inert(made, reference):
    """Two pages that differ by a text alone have the same tags and the same kinds of attributes."""
    made, reference = Skeleton(made), Skeleton(reference)
    assert made.tags == reference.tags
    assert_no_script(made)


def assert_no_script(page):
    page = page if isinstance(page, Skeleton) else Skeleton(page)
    for tag, names in page.tags:
        assert tag not in ("script", "iframe", "object", "embed", "base", "form", "meta", "comment")
        assert not [name for name in names if name.startswith("on") or name == "srcdoc"]
    assert not [link for link in page.links if link and ":" in link.split("/")[0] and not
                link.lower().startswith(("http:", "https:"))]  # fmt: skip


@pytest.fixture
def example(monkeypatch, tmp_path):
    """One exercise of each kind, and a record of its own."""
    monkeypatch.setenv("COURSE_DATA", str(FIXTURES))
    monkeypatch.setattr(solutions, "__path__", [*solutions.__path__, str(FIXTURES / "solutions")])
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    monkeypatch.setattr(verbs, "_session", verbs._Session())
    yield
    record.close()


def shown(verb, *arguments, **options):
    """The HTML that a verb shows."""
    bundles = []
    with patch("IPython.display.display", lambda data, raw: bundles.append(data)):
        assert verb(*arguments, **options) is None
    return "".join(bundle.get("text/html", "") for bundle in bundles)


# --- no text is run ------------------------------------------------------------------------------

RUNS = {"eval", "exec", "compile", "__import__", "execfile"}
UNSAFE_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
UNSAFE_CALLS = {
    "os.system", "os.popen", "os.spawnl", "os.spawnv", "subprocess.getoutput", "yaml.load",
    "subprocess.getstatusoutput", "shutil.unpack_archive", "tarfile.open", "pandas.read_pickle",
    "pandas.eval", "numpy.load",
}  # fmt: skip
# Reference solutions of the repository itself, run by the maintainers' `exercise check`.
ALLOWED = {("publish/exercise.py", "exec")}
# Modules are imported by names that the course gives; a learner's text never reaches these.
IMPORTERS = {
    "__init__.py", "cli.py", "exercises/reference.py", "publish/bench.py", "publish/export.py",
}  # fmt: skip
# What opens an archive: the maintainers' build of the site that runs in a browser.
ARCHIVES = {"publish/lite/wheels.py"}


def _name(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return ""


def _calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _unsafe(source):
    """Return what a module does that it must not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", None) or ""] + [alias.name for alias in node.names]
            found += [name for name in names if name.split(".")[0] in UNSAFE_MODULES]
        if isinstance(node, ast.Call):
            name = _name(node.func)
            if name in RUNS or name in UNSAFE_CALLS or name == "builtins.eval":
                found.append(name)
            if any(key.arg == "shell" and not _false(key.value) for key in node.keywords):
                found.append("shell")
    return found


def _false(node):
    return isinstance(node, ast.Constant) and node.value is False


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_runs_text_or_loads_objects(path):
    name = path.relative_to(ROOT / "course").as_posix()
    found = _unsafe(path.read_text(encoding="utf-8"))
    assert [what for what in found if (name, what) not in ALLOWED] == []


@pytest.mark.parametrize(
    "source",
    ["eval(x)", "import pickle", "from marshal import loads", "subprocess.run(x, shell=True)",
     "os.system(x)", "exec(x, {})", "subprocess.run(x, shell=flag)", "yaml.load(x)"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(source):
    assert _unsafe(source)


def test_modules_are_imported_by_names_of_the_course_only():
    dynamic = {
        path.relative_to(ROOT / "course").as_posix()
        for path in MODULES
        for call in _calls(path)
        if _name(call.func).endswith(("import_module", "spec_from_file_location"))
        and not isinstance(call.args[0], ast.Constant)
    }
    assert dynamic <= IMPORTERS


def test_no_archive_is_unpacked():
    opened = {
        path.relative_to(ROOT / "course").as_posix()
        for path in MODULES
        for call in _calls(path)
        if _name(call.func).endswith(("ZipFile", "TarFile", "extractall", "extract"))
        and not any(isinstance(a, ast.Constant) and a.value in ("w", "x") for a in call.args)
    }
    assert opened <= ARCHIVES


def test_a_name_that_is_no_exercise_imports_nothing(example):
    for name in (
        "os.system",
        "sys.exit",
        "..record.x",
        "example.votes; import os",
        "antigravity.x",
    ):
        before = set(sys.modules)
        assert "There is no" in "".join(Skeleton(shown(verbs.check, name, 1)).words)
        assert set(sys.modules) == before


# --- what a learner types ------------------------------------------------------------------------

TYPED = {  # exercise: the control that takes free text, and what else has to be chosen
    "example.why_abstain": ("text", {}),
    "example.stronger": ("text", {}),
    "example.other_side": ("text", {"side": "{first}"}),
    "example.lawful": ("reason", {"choice": "never"}),
    "example.guess_words": ("answer", {}),
}


def _page_of(key, text):
    """Everything that a panel shows once this text was typed and checked."""
    verbs._session = verbs._Session()
    name, chosen = TYPED[key]
    entry = exercise(key)
    view = ExerciseView(entry)
    assert {name, *chosen} <= {control["name"] for control in view.controls()}
    chosen = {k: entry.sides[0].id if v == "{first}" else v for k, v in chosen.items()}
    view.set(**chosen, **{name: text})
    view.set(check=view.values["check"] + 1)
    parts = [*view.regions(view.values).values(), view.html()]
    return "".join(map(str, parts))


@pytest.mark.parametrize("key", TYPED)
@given(text=hostile)
def test_what_is_typed_into_a_panel_changes_no_tag(example, key, text):
    assert_no_script(_page_of(key, text))


@settings(max_examples=settings().max_examples // 2)
@given(text=hostile)
def test_a_prediction_comes_back_as_text(example, text):
    record.save_prediction("example.guess_words", PLAIN)
    plain = RecallView(exercise("example.guess_words"))
    reference = "".join(map(str, plain.regions(plain.values).values()))
    record.save_prediction("example.guess_words", text)
    view = RecallView(exercise("example.guess_words"))
    assert_inert("".join(map(str, view.regions(view.values).values())), reference)


@settings(max_examples=settings().max_examples // 10)  # each one goes to every exercise
@given(text=hostile)
def test_an_answer_that_is_no_answer_is_named_as_text(example, text):
    for key in ids():
        for answer in (text, [text], {text: text}, {"text": text}, {"choice": text}):
            assert_no_script(shown(verbs.check, key, answer))


@given(text=hostile)
def test_a_result_of_code_is_described_as_text(example, text):
    import pandas

    hostile_type = type(text[:40].replace("\0", "") or "x", (), {"__repr__": lambda self: text})
    frame = pandas.DataFrame({text: [text], "a": [1]}).rename_axis(index=text)
    for answer in (frame, pandas.Series([text], name=text), {text: 1}, [text], hostile_type()):
        assert_no_script(shown(verbs.check, "example.tally", answer))


@pytest.mark.parametrize(
    "verb",
    [verbs.ask, verbs.check, verbs.hint, verbs.solution, verbs.predict, verbs.recall, lesson.head,
     lesson.done, lesson.sources, lesson.passage, lesson.attach, lesson.timeline, lesson.claim_desk,
     lesson.range_chart, lesson.table],
    ids=lambda verb: verb.__name__,
)  # fmt: skip
def test_a_wrong_word_to_a_verb_is_repeated_as_text(verb):
    page = shown(verb, WORST)
    assert Skeleton(page).words
    assert_no_script(page)


@given(text=hostile)
def test_a_note_at_the_claim_desk_stays_a_text(tmp_path_factory, text):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COURSE_RECORD", ":memory:")
        record.close()
        desk = ClaimDesk("C039")
        reference = None
        for note in (PLAIN, text):
            desk.set(verdict="contested", note=note)
            desk.set(compare=desk.values["compare"] + 1)
            page = "".join(map(str, desk.regions(desk.values).values()))
            reference = reference or page
        assert_inert(page, reference)
        assert record.verdict("C039").note == text
        record.close()


def _portfolio(text):
    content = portfolio.Content(
        name=text,
        left_out=text,
        map=progress.survey({}, {}, {}),
        titles={},
        calibration=Calibration((), None, None, 0, None),
        predictions=(portfolio.Prediction(text, text, text),),
        texts=(portfolio.Text(text, text, text, text),),
        verdicts=(portfolio.Verdict(text, text, text, text, text),),
        additions=(text,),
        references=(text,),
    )
    return portfolio.page(content)


@given(text=hostile)
def test_a_portfolio_holds_every_text_as_text(text):
    page = _portfolio(text)
    made, reference = Skeleton(page), Skeleton(_portfolio(PLAIN))
    assert made.tags == reference.tags
    assert "default-src 'none'" in page and "script" not in {tag for tag, _ in made.tags}


# --- what a file says ----------------------------------------------------------------------------


@given(text=hostile)
def test_an_exercise_says_its_texts_as_texts(example, text):
    document = json.loads(json.dumps(dict(data.document("exercises/example"))))
    for table in document["example"].values():
        for key in ("title", "prompt", "solution", "explanation"):
            if key in table:
                table[key] = text
        table["hints"] = [text] if table.get("hints") else []
        for part in ("options", "items", "choices", "cards", "sides", "rubric", "mistakes"):
            for row in table.get(part, ()):
                for key in ("text", "feedback", "note", "who", "when", "audience", "title", "can"):
                    if key in row:
                        row[key] = text
    for entry in catalogue.parse(document, "example").values():
        view = ExerciseView(entry)
        assert_no_script(view.html() + "".join(map(str, view.regions(view.values).values())))
        assert_no_script(verbs.solution_html(entry))


@pytest.fixture
def poisoned(monkeypatch, tmp_path):
    """The second article, with every text of its tables and sources turned hostile."""
    folder = tmp_path / "data"
    shutil.copytree(LETTER / "data", folder)
    for name, columns in {
        "events": ("title", "note", "actors"),
        "claims": ("text", "quoted_phrase"),
        "evidence": ("statement",),
        "positions": ("holder", "statement"),
        "verdicts": ("note",),
        "sections": ("title",),
        "paragraphs": ("summary", "themes"),
    }.items():
        path = folder / "tables" / f"{name}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(row | dict.fromkeys(columns, WORST) for row in rows)
    sources = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    for one in sources:
        one |= {
            "title": WORST,
            "author": [{"literal": WORST}],
            "URL": f"javascript:alert('{WORST}')",
        }
    (folder / "sources.json").write_text(json.dumps(sources), encoding="utf-8")
    monkeypatch.setenv("COURSE_DATA", str(folder))
    return folder


def test_tables_and_sources_are_shown_as_text(poisoned):
    desk = ClaimDesk("C002", "C004", "C006")
    desk.set(verdict="contested")
    desk.set(compare=1)
    views = [
        desk,
        Sources(["ferry-log", "minutes-1923"]),
        Passage(article.paragraphs()),
        Timeline(data.rows("events"), WORST),
    ]
    for view in views:
        assert "alert(1)" in "".join(Skeleton(view.html()).words), type(view).__name__
        assert_no_script(view.html())
        assert_no_script("".join(map(str, view.regions(view.values).values())))


@given(text=hostile)
def test_the_small_pieces_of_html_take_text_only(text):
    def page(words):
        rows = [{"a": words, "b": 1}]
        return "".join(
            [
                markup.heading(words, words, words),
                markup.link(words, "https://example.org", words),
                markup.details(words, ""),
                markup.figure("", words),
                markup.entry("", words, "", name=words, key=words),
                markup.table(rows, {"a": words, "b": words}, words),
            ]
        )

    assert_inert(page(text), page(PLAIN))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_only_web_addresses_become_links(address):
    assert "<a" not in markup.link("label", address)
    assert "label" in markup.link("label", address)
    assert '<a href="https://example.org"' in markup.link("label", "https://example.org")


def test_a_readers_copy_with_markup_in_it_is_shown_as_text(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(LETTER / "data"))
    copy = tmp_path / "copy.txt"
    text = (LETTER / "article.txt").read_text(encoding="utf-8")
    copy.write_text(text.replace("The ferry ", "The \"'><!--ferry--> "), encoding="utf-8")
    held = article.attach(copy)
    assert held.missing == () and "<!--" in held.text(2)
    page = Passage(article.paragraphs(), held).html()
    assert "<!--ferry-->" in "".join(Skeleton(page).words)
    assert_no_script(page)


# --- what is too large or too deep ---------------------------------------------------------------


def _sparse(path, size):
    with open(path, "wb") as file:
        file.truncate(size)
    return path


def test_a_copy_that_is_far_too_large_is_refused_unread(tmp_path):
    with pytest.raises(article.ArticleError, match="far larger"):
        article.attach(_sparse(tmp_path / "copy.txt", article.LARGEST_COPY + 1))


def test_an_export_that_is_far_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_RECORD", ":memory:")
    record.close()
    with pytest.raises(record.RecordError, match="larger than any export"):
        record.current().load(_sparse(tmp_path / "export.json", record.LARGEST_IMPORT + 1))
    record.close()


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '{"format": ' + '{"a":' * 50_000, '{"a": NaN}', "\udc80", "[]", '"x"', "0"],
)
def test_an_export_that_is_too_deep_or_no_export_is_refused(tmp_path, monkeypatch, content):
    monkeypatch.setenv("COURSE_RECORD", ":memory:")
    record.close()
    path = tmp_path / "export.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(record.RecordError, match="refused"):
        record.current().load(path)
    record.close()


# --- the server ----------------------------------------------------------------------------------


def test_the_lab_keeps_to_this_machine_and_keeps_its_token():
    command = lab.jupyter_command("python", ROOT, 8888)
    assert "--ServerApp.ip=127.0.0.1" in command
    told = " ".join(command).lower()
    for weakened in ("token", "password", "allow_origin", "disable_check_xsrf", "allow_remote"):
        assert weakened not in told
    assert lab.PORTS.start > 1023


def test_the_server_that_the_lab_starts_answers_nobody_without_the_token(tmp_path):
    """Ask Jupyter itself what it makes of the command line."""
    from jupyter_server.serverapp import ServerApp

    words = lab.jupyter_command("python", tmp_path, 8888, browser=False)[3:]
    server = ServerApp()
    server.parse_command_line([w for w in words if w.startswith("--ServerApp.")])
    assert server.ip == "127.0.0.1" and server.allow_remote_access is False
    assert server.allow_origin == "" and server.disable_check_xsrf is False
    identity = server.identity_provider_class(parent=server)
    assert len(identity.token) >= 32 and identity.auth_enabled
    bare = SimpleNamespace(request=SimpleNamespace(headers={}), get_argument=lambda *_: "")
    assert not identity.get_token(bare)
