"""What is packed for the site without installation, before a browser sees it."""

import asyncio
import hashlib
import json
import re
import zipfile
from importlib import metadata

import pytest
from packaging.utils import canonicalize_name

from course.publish import lite
from course.publish.lite import absent, wheels


class Held:
    """An installed distribution made of these files."""

    version = "1.2"

    def __init__(self, folder, files, requires=()):
        self.folder, self.requires = folder, list(requires)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.files = [metadata.PackagePath(name) for name in files]

    def locate_file(self, file):
        return self.folder / file


META = {"toy-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: toy\nVersion: 1.2\n"}


@pytest.fixture
def install(monkeypatch, tmp_path):
    def put(files, requires=()):
        held = Held(tmp_path / "site", {**META, **files}, requires)
        monkeypatch.setattr(wheels.metadata, "distribution", lambda name: held)
        return tmp_path

    return put


def test_a_wheel_holds_the_files_of_the_package_and_nothing_of_this_machine(install):
    folder = install(
        {
            "toy/__init__.py": "x = 1",
            "toy/data/words.txt": "words",
            "toy/__pycache__/__init__.cpython-311.pyc": "",
            "toy-1.2.dist-info/direct_url.json": '{"url": "file:///home/somebody"}',
            "toy-1.2.dist-info/RECORD": "",
            "../../../bin/toy": "#!/home/somebody/bin/python",
        }
    )
    wheel = wheels.pack("toy", folder)
    with zipfile.ZipFile(wheel.path) as archive:
        names = set(archive.namelist())
        record = archive.read("toy-1.2.dist-info/RECORD").decode()
    info = {f"toy-1.2.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD")}
    assert names == {"toy/__init__.py", "toy/data/words.txt"} | info
    assert {line.split(",")[0] for line in record.splitlines()} == names
    assert (wheel.path.name, wheel.imports) == ("toy-1.2-py3-none-any.whl", ("toy",))


def test_packing_twice_gives_the_same_bytes(install):
    folder = install({"toy/__init__.py": "x = 1"})
    first = wheels.pack("toy", folder).path.read_bytes()
    (folder / "site" / "toy" / "__init__.py").touch()
    assert wheels.pack("toy", folder).path.read_bytes() == first


def test_machine_code_is_left_out_where_the_module_is_there_as_python(install):
    folder = install(
        {
            "toy/core.py": "x = 1",
            "toy/core.cpython-311-x86_64-linux-gnu.so": "",
            "0aff__mypyc.cpython-311-x86_64-linux-gnu.so": "",
        }
    )
    with zipfile.ZipFile(wheels.pack("toy", folder).path) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".so")]


def test_a_package_that_only_this_machine_can_run_is_refused(install):
    folder = install({"toy/core.cpython-311-x86_64-linux-gnu.so": ""})
    with pytest.raises(wheels.WheelError, match="this machine only"):
        wheels.pack("toy", folder)


def test_requirements_are_read_for_the_browser(install):
    requires = [
        "one>=1",
        "two; sys_platform != 'emscripten'",
        "three; python_version < '3.12'",
        "four; extra == 'all'",
        "Five_Six",
    ]
    folder = install({"toy/__init__.py": ""}, requires)
    assert wheels.pack("toy", folder).depends == ("five-six", "one")


def test_everything_the_course_asks_of_python_alone_can_be_packed(tmp_path):
    names = wheels.closure(lite.PACKED, (*lite.FULL, "widgetsnbextension"))
    assert {"traitlets", "psygnal", "parso"} <= set(names)
    assert not {canonicalize_name(name) for name in lite.FULL} & set(names)
    for name in names:
        wheel = wheels.pack(name, tmp_path)
        assert wheel.version == metadata.version(name)  # what the lock names is what runs
        assert not set(wheel.depends) - set(names) - {*lite.FULL, "widgetsnbextension"}


def test_an_entry_of_the_lock_names_the_file_by_its_hash(install):
    folder = install({"toy/__init__.py": ""}, ["one", "two"])
    wheel = wheels.pack("toy", folder)
    entry = wheels.entry(wheel, ["one"])
    assert entry["sha256"] == hashlib.sha256(wheel.path.read_bytes()).hexdigest()
    assert entry["depends"] == ["one"] and entry["imports"] == ["toy"]
    assert wheels.read(wheel.path).name == "toy"


def test_what_cannot_run_says_so_in_one_sentence_without_a_traceback(tmp_path, monkeypatch):
    wheel = absent.stand_ins(["nowhere_else"], tmp_path)
    monkeypatch.syspath_prepend(str(wheel.path))
    with pytest.raises(ImportError) as caught:
        import nowhere_else  # noqa: F401
    [sentence] = caught.value._render_traceback_()
    assert "package nowhere_else" in sentence and sentence.endswith(".")
    assert caught.value.name == "nowhere_else"


def test_the_kernel_finds_its_installer_and_the_installer_installs_nothing(tmp_path, monkeypatch):
    for one in absent.installer(tmp_path):
        monkeypatch.syspath_prepend(str(one.path))
    import micropip as found
    import piplite.cli

    code = asyncio.run(piplite.cli.get_transformed_code(["install", "x"]))
    assert code.startswith("print('Nothing can be installed here")
    assert found.install is piplite.install


THEIRS = {
    "pandas": {"depends": ["numpy"], "file_name": "pandas.whl"},
    "numpy": {"depends": [], "file_name": "numpy.whl"},
    "scipy": {"depends": ["numpy"], "file_name": "scipy.whl"},
}


def test_the_distribution_gives_what_is_asked_for_and_what_that_needs():
    assert set(lite._from_distribution(["pandas"], THEIRS)) == {"pandas", "numpy"}


def test_a_file_that_the_lock_does_not_name_is_refused(tmp_path):
    entry = {"file_name": "numpy.whl", "sha256": hashlib.sha256(b"good").hexdigest()}
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(lite.LiteError, match="full distribution"):
        lite._fetch(entry, str(tmp_path), target)
    (tmp_path / "numpy.whl").write_bytes(b"evil")
    with pytest.raises(lite.LiteError, match="not the file"):
        lite._fetch(entry, str(tmp_path), target)
    assert not list(target.iterdir())
    (tmp_path / "numpy.whl").write_bytes(b"good")
    lite._fetch(entry, str(tmp_path), target)
    assert (target / "numpy.whl").read_bytes() == b"good"


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")
    with pytest.raises(lite.LiteError, match="another folder"):
        lite.build(tmp_path)
    assert (tmp_path / "mine.txt").is_file()


def test_the_site_is_told_to_ask_no_index():
    kernel = lite._settings()["jupyter-config-data"]["litePluginSettings"][f"{lite.KERNEL}:kernel"]
    assert kernel["disablePyPIFallback"] is True and kernel["pipliteUrls"] == []
    assert "://" not in json.dumps(lite._settings())


def test_the_lock_of_npm_pins_pyodide_and_names_no_host():
    text = (lite.HERE / "package-lock.json").read_text(encoding="utf-8")
    wanted = json.loads((lite.HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    held = json.loads(text)["packages"]
    assert re.fullmatch(r"[\d.]+", wanted["pyodide"])
    assert held["node_modules/pyodide"]["version"] == wanted["pyodide"]
    assert all("integrity" in one for name, one in held.items() if name)
    assert '"resolved"' not in text and "registry" not in text
