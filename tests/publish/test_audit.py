"""An audit answers for the lock that it was made for, and for no other."""

import json

import pytest

from course.publish import audit

LOCK = (
    "altair==6.3.0 \\\n    --hash=sha256:00\nJupyter_Server==2.20.0 ; python_version >= '3.11' \\\n"
)
PACKAGES = [("altair", "6.3.0"), ("jupyter-server", "2.20.0")]


def _document(*weaknesses):
    held = [{"name": name, "version": version, "vulns": []} for name, version in PACKAGES]
    held[1]["vulns"] = list(weaknesses)
    return {"dependencies": held, "fixes": []}


def test_the_lock_of_the_course_is_read_whole(root):
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    packages = audit.locked(text)
    assert len(packages) == sum("==" in line for line in text.splitlines() if line[0].isalnum())
    assert {"pandas", "jupyterlab", "tornado"} <= {name for name, _ in packages}
    assert audit.locked(LOCK) == PACKAGES


def test_an_open_advisory_is_named_with_its_remedy(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(audit, "LOCK", tmp_path / "lock")
    audit.LOCK.write_text(LOCK)
    path = tmp_path / "advisories.json"
    told = [{"id": "A-2", "fix_versions": ["2.21.0"]}, {"id": "A-1", "fix_versions": []}]
    path.write_text(json.dumps(_document(*told)))
    assert audit.main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "jupyter-server 2.20.0: A-1; no version mends it yet.",
        "jupyter-server 2.20.0: A-2; raise it to 2.21.0.",
    ]
    path.write_text(json.dumps(_document()))
    assert audit.main([str(path)]) == 0


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"dependencies": [{"name": "altair", "version": "6.2.0", "vulns": []}]},
        {"dependencies": [{"name": "altair", "skip_reason": "not found"}]},
    ],
)
def test_silence_about_a_package_is_no_clean_bill(document):
    with pytest.raises(audit.AuditError):
        audit.advisories([document], PACKAGES)


@pytest.mark.parametrize("content", ["", "not json"])
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(tmp_path, capsys, content):
    path = tmp_path / "advisories.json"
    path.write_text(content)
    assert audit.main([str(path)]) == 2
    assert audit.main([str(tmp_path / "none.json")]) == 2
    assert audit.main([]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_two_files_may_speak_for_two_pythons():
    old, new = ("numpy", "2.4.0"), ("numpy", "2.5.0")
    files = [
        {"dependencies": [{"name": name, "version": version, "vulns": []}]}
        for name, version in (old, new)
    ]
    assert audit.advisories(files, [old, new]) == []
    with pytest.raises(audit.AuditError, match="numpy 2.5.0"):
        audit.advisories(files[:1], [old, new])
