"""The floors of the house: each imports only those below it, and the lower ones stay light."""

import subprocess
import sys
import tomllib

import pytest

# Top to bottom, as the design has it.
FLOORS = [
    "__main__",
    "cli",
    "commands",
    "workspace",
    "bootstrap",
    "machine",
    "publish | room",
    "lesson",
    "widgets",
    "charts",
    "exercises : record",
    "argument",
    "institutions",
    "article",
    "evidence",
    "words",
    "data",
]
LIGHT = ["argument", "article", "data", "evidence", "exercises", "institutions", "record", "words"]
HEAVY = ["IPython", "altair", "ipywidgets", "jupyterlab", "numpy", "pandas", "vl_convert"]


def test_the_contract_is_exhaustive_and_in_the_order_of_the_house(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = project["tool"]["importlinter"]["contracts"]
    assert contract["type"] == "layers"
    assert contract["exhaustive"] is True
    assert contract["layers"] == FLOORS


@pytest.mark.parametrize("name", LIGHT)
def test_a_lower_floor_is_imported_without_any_heavy_package(root, name):
    code = f"""
import sys
class Refuse:
    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] in {HEAVY!r}:
            raise ImportError(f"course.{name} imported {{fullname}}")
sys.meta_path.insert(0, Refuse())
import course.{name}
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr.splitlines()[-1]


def test_importing_the_course_loads_none_of_its_layers(root):
    code = "import course, sys; print(*[m for m in sys.modules if m.startswith('course.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_the_package_offers_its_layers_and_the_verbs_of_a_lesson():
    import course
    import course.lesson

    assert course.data is sys.modules["course.data"]
    for name in course.lesson.__all__:
        assert hasattr(course, name)
    assert {"ask", "check", "hint", "solution", "progress", "portfolio"} <= set(
        course.lesson.__all__
    )
    assert set(course.__all__) <= set(dir(course))
    with pytest.raises(AttributeError, match="has no attribute 'akk'"):
        _ = course.akk
