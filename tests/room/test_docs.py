"""What docs/room.md tells people to do, works."""

import re

import pytest


@pytest.fixture
def guide(root):
    return (root / "docs" / "room.md").read_text(encoding="utf-8")


def test_paper_ballots_can_be_counted_as_the_guide_says(guide, capsys):
    blocks = re.findall(r"```python\n(.*?)```", guide, re.S)
    (code,) = (block for block in blocks if "institutions.body" in block)
    exec(compile(code, "docs/room.md", "exec"), {})
    said = capsys.readouterr().out
    assert "EST:conference: not adopted; blocked by Belmark." in said
    assert "EST:extraordinary: adopted" in said


def test_the_steps_and_minutes_of_the_guide_are_those_of_the_case(guide):
    from course.room import scenario

    case = scenario("play")
    table = guide.partition("## The ninety minutes")[2].partition("After each vote")[0]
    minutes = [int(n) for n in re.findall(r"\| (\d+) \|", table)]
    assert sum(minutes) == case.minutes == 90
    for stage in case.stages:
        if stage.rung:
            assert stage.title in table


def test_the_guide_names_no_option_that_the_command_does_not_know(guide):
    from course.room.command import _parser

    known = _parser().format_help()
    for option in set(re.findall(r"(?<![-\w])--[a-z][a-z-]+", guide)):
        assert option in known, option
