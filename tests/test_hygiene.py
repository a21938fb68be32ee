"""The rules of the house that a reader of the repository would notice."""

import json
import re
import subprocess

import yaml
from house import ROOT

TEXT = {"py", "md", "ipynb", "csv", "json", "yml", "yaml", "toml", "js", "css", "html", "svg"}
TEXT |= {"cfg", "cff", "lock", "bib", "csl", "txt"}
RUN = 16  # words of the article in a row that no file may hold

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js", "deb.deb" + "ian"]
CDNS = ["jsdelivr" + ".net", "unpkg" + ".com", "esm" + ".sh", "cdnjs" + ".cloudflare"]
PLACES = ["/wo" + "rk/", "/t" + "mp/", "/ro" + "ot/", "/ho" + "me/", "../sha" + "red"]


def _tracked():
    """What git knows or would take; in a copy without git, what lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0")
    if listed.returncode:
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        hidden = {"my-course", "node_modules", "build", "dist", "site", "__pycache__"}
        names = [
            path.as_posix()
            for path in paths
            if not hidden & set(path.parts) and not path.parts[0].startswith(".")
        ]
    return [name for name in names if name and (ROOT / name).is_file()]


FILES = _tracked()
READ = [name for name in FILES if name.rsplit(".", 1)[-1] in TEXT or "LICENSE" in name]
PRODUCT = [name for name in READ if not name.startswith(("tests/", ".ci/"))]
NOTEBOOKS = [name for name in FILES if re.fullmatch(r"notebooks/[^/]+\.ipynb", name)]


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="ignore")


def _words(text):
    """The words of a text as the fingerprints have them: small letters and digits only."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def _holding(pattern, names):
    found = re.compile(pattern)
    hits = {name: found.search(_text(name)) for name in names}
    return {name: match.group() for name, match in hits.items() if match}


def test_the_rules_have_files_to_look_at():
    assert "pyproject.toml" in PRODUCT
    assert len([name for name in PRODUCT if name.startswith("course/")]) > 10


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    # Bundled scripts of others may hold such an address in a comment; ours may not.
    # In the address of a source, "home" is a folder of somebody's site, not of a machine.
    places = [r"(?<![A-Za-z0-9])" + re.escape(place) for place in PLACES]
    assert _holding("|".join([*map(re.escape, HOSTS), *places]), PRODUCT) == {}


def test_nothing_of_ours_loads_from_another_host():
    ours = [name for name in PRODUCT if name.startswith(("course/", "notebooks/"))]
    assert _holding("|".join(map(re.escape, CDNS)), ours) == {}


def test_nothing_is_left_unfinished():
    words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "lorem " + "ipsum", "place" + "holder"]
    ours = [name for name in PRODUCT if not name.endswith((".json", ".lock", ".csl"))]
    # An HTML attribute of that name is a word of the language, not an unfinished thing.
    pattern = r"\b(?:" + "|".join(words) + r")\b(?!\s*=)"
    assert _holding(pattern, ours) == {}


def test_no_file_holds_a_run_of_the_article(article_text):
    article = _words(article_text)
    runs = {tuple(article[at : at + RUN]) for at in range(len(article) - RUN + 1)}
    assert runs
    copied = {}
    for name in READ:
        words = _words(_text(name))
        for at in range(len(words) - RUN + 1):
            if tuple(words[at : at + RUN]) in runs:
                copied[name] = " ".join(words[at : at + 6])
                break
    assert copied == {}


def test_every_notebook_stores_outputs():
    assert NOTEBOOKS
    for name in NOTEBOOKS:  # without outputs there is nothing to compare, and nothing to read
        code = [cell for cell in json.loads(_text(name))["cells"] if cell["cell_type"] == "code"]
        assert any(cell["outputs"] for cell in code), name


def test_the_citation_file_has_what_its_format_requires():
    citation = yaml.safe_load(_text("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert all(isinstance(author, dict) for author in citation["authors"])


def test_the_build_script_can_be_run():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
