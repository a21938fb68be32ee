"""The plan for cutting the maps: every participating State by name, or a refusal."""

from pathlib import Path

import pytest

from course import data
from course.publish import maps


def _atlas(codes):
    shapes = [{"id": str(i), "properties": {"a3": code}} for i, code in enumerate(sorted(codes))]
    return {"objects": {"countries": {"geometries": shapes}}}


def test_the_plan_names_every_participating_state_as_the_record_does():
    names = {r["iso3"]: r["name"] for r in data.rows("states") if r["standing"] == "participating"}
    plan = maps.plan(_atlas({*names, "CHN"}), Path("modules"))
    planned = {s["iso3"]: s["name"] for key, s in plan["shapes"].items() if key not in maps.PARTS}
    assert planned == names
    assert set(maps.MICROSTATES) <= set(names)


def test_an_atlas_without_a_participating_state_is_refused():
    codes = set(data.members("OSCE", "2024-12-31")) - {"SMR"}
    with pytest.raises(ValueError, match="SMR"):
        maps.plan(_atlas(codes), Path("modules"))


def test_disputed_shapes_are_marked_and_parts_carry_the_code_of_their_state():
    assert {part["name"] for part in maps.PARTS.values() if part.get("disputed")} == {
        "Kosovo",
        "Northern Cyprus",
    }
    known = {row["iso3"] for row in data.rows("states")}
    assert {part["iso3"] for part in maps.PARTS.values()} <= known
