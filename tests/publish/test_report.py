"""A report of an error begins with what the reader should not have to type."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from course.publish import address, build

REPOSITORY = "https://code.example.org/owner/course"


@pytest.fixture(scope="module")
def form(root):
    text = (root / ".github" / "ISSUE_TEMPLATE" / address.FORM).read_text(encoding="utf-8")
    return yaml.safe_load(text)


def test_without_a_public_repository_nothing_points_anywhere():
    assert address.Addresses().report("04_kosovo_1999", "0.1.0") == ""


def test_the_link_fills_in_fields_that_the_form_has(form):
    link = address.Addresses(repository_url=REPOSITORY).report("04_kosovo_1999", "0.1.0", "[12] &")
    asked = {name: values for name, [values] in parse_qs(urlsplit(link).query).items()}
    assert asked == {
        "template": address.FORM,
        "notebook": "04_kosovo_1999",
        "cell": "[12] &",
        "version": "0.1.0",
    }
    fields = {part["id"] for part in form["body"] if "id" in part}
    assert set(asked) - {"template"} <= fields


def test_the_form_is_as_the_host_reads_it(form):
    assert {"name", "description", "body"} <= set(form)
    names = [part["id"] for part in form["body"] if "id" in part]
    assert len(names) == len(set(names))
    assert {part["type"] for part in form["body"]} <= {
        "markdown",
        "input",
        "textarea",
        "dropdown",
        "checkboxes",
    }
    assert all(part["attributes"].get("label") for part in form["body"] if "id" in part)


def test_a_notebook_ends_with_the_link_where_there_is_one(monkeypatch):
    assert build._invitation("04_kosovo_1999") == [] or address.read().repository_url
    monkeypatch.setattr(address, "read", lambda: address.Addresses(repository_url=REPOSITORY))
    (cell,) = build._invitation("04_kosovo_1999")
    assert cell.cell_type == "markdown"
    assert f"({REPOSITORY}/issues/new?template=error.yml&notebook=04_kosovo_1999&" in cell.source


def test_the_link_for_a_hub_lays_the_notebooks_and_opens_the_first():
    link = address.Addresses(repository_url=REPOSITORY).pull("https://hub.example.org/", "main")
    assert link.startswith("https://hub.example.org/hub/user-redirect/git-pull?")
    asked = {name: value for name, [value] in parse_qs(urlsplit(link).query).items()}
    assert asked == {
        "repo": REPOSITORY,
        "branch": "main",
        "urlpath": f"lab/tree/course/{address.FIRST}",
    }
    assert address.Addresses().pull("https://hub.example.org") == ""
    with pytest.raises(ValueError, match="https://"):
        address.Addresses(repository_url=REPOSITORY).pull("hub.example.org")


def test_what_the_hosting_guide_shows_can_be_read(root):
    text = (root / "docs" / "hosting.md").read_text(encoding="utf-8").split("## A hub")[1]
    blocks = re.findall(r"```(\w+)\n(.*?)```", text, re.S)
    assert {"python", "yaml", "dockerfile"} <= {kind for kind, _ in blocks}
    for kind, block in blocks:
        if kind == "yaml":
            assert all(isinstance(part, dict) for part in yaml.safe_load_all(block))
        if kind == "python":
            compile(block, "docs/hosting.md", "exec")
