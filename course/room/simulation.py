"""The simulation's content as plain, frozen values: role cards, stages, injects and the debrief.

The files are `data/simulation/*.toml`: an invented crisis to play and real cases to test. Nothing
here knows about a network, a participant or a vote; a printed handout can be made from it as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from course import data
from course.words import say

__all__ = [
    "BALLOTS",
    "CASES",
    "Role",
    "Scenario",
    "Stage",
    "UnknownScenario",
    "deal",
    "scenario",
]

CASES = ("play", "georgia_2008", "kosovo_1999")
"""The cases that can be run: one invented, two real."""

BALLOTS = ("yes", "no", "abstain", "absent")
"""What a seat may cast."""

SEAT_KINDS = ("party", "depositary", "mediator", "press", "observer")
STAGE_KINDS = (
    "brief",
    "inject",
    "round",
    "attacker",
    "mediation",
    "poll",
    "leave-role",
    "debrief",
)
VOTED = frozenset({"round", "attacker", "mediation", "poll"})


class UnknownScenario(ValueError):
    """No simulation has that name."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role card.

    Parameters
    ----------
    id : str
        Short name.
    name : str
        What the room calls it.
    kind : str
        ``party`` (has a ballot), ``depositary``, ``mediator``, ``press`` or ``observer``.
    code : str
        What the institutions call the Party: its name, or the alpha-3 code of a real State.
    stance : str
        One sentence that everybody may read.
    interests, red_lines : tuple of str
        What the holder of the card alone reads.
    desk : str
        Heading of the text that this role may put before the room, or empty.
    """

    id: str
    name: str
    kind: str
    code: str
    stance: str
    interests: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the workshop: a text to read, a question to answer, or a draft to vote on."""

    id: str
    kind: str
    title: str
    minutes: int
    text: tuple[str, ...] = ()
    question: str = ""
    draft: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    body: str = ""
    default: str = "silent"
    contrast: tuple[str, ...] = ()
    voters: tuple[str, ...] = ()
    excludes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rung: int = 0
    happened: str = ""
    source_ids: tuple[str, ...] = ()
    guide: str = ""

    @property
    def voted(self) -> bool:
        """Whether the stage is opened, answered and closed."""
        return self.kind in VOTED


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case that a room can play from first page to debrief.

    ``on`` is the date whose memberships count in a real case; an invented case has none, and its
    Parties are the seats that are taken. ``accuser`` is the Party that reports the attack in this
    case, ``accused`` the Parties that it names; where an alliance acted, ``accused_members`` is
    the organisation whose other members are meant as well.
    """

    id: str
    title: str
    summary: str
    on: str
    roles: tuple[Role, ...]
    deal: tuple[str, ...]
    stages: tuple[Stage, ...]
    bodies: tuple[tuple[str, str], ...]
    ladder: tuple[str, ...]
    accuser: str
    accused: tuple[str, ...]
    accused_members: str
    ethics: tuple[str, ...]
    debrief: tuple[str, ...]
    happened: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def real(self) -> bool:
        """Whether the case happened."""
        return bool(self.on)

    def role(self, role_id: str) -> Role:
        """The role card with that id."""
        for role in self.roles:
            if role.id == role_id:
                return role
        near = _nearest(role_id, [r.id for r in self.roles])
        raise ValueError(say("room.case.role", id=role_id, near=near))

    def stage(self, stage_id: str) -> Stage:
        """The stage with that id."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        near = _nearest(stage_id, [s.id for s in self.stages])
        raise ValueError(say("room.case.stage", id=stage_id, near=near))

    @property
    def minutes(self) -> int:
        """Planned length in minutes: the sum of the stages."""
        return sum(stage.minutes for stage in self.stages)


def scenario(name: str) -> Scenario:
    """Read one case.

    Parameters
    ----------
    name : str
        ``play`` (invented), ``georgia_2008`` or ``kosovo_1999``.

    Returns
    -------
    Scenario

    Raises
    ------
    UnknownScenario
        If no case has that name; the message names the nearest.
    """
    if name not in CASES:
        raise UnknownScenario(say("room.case", id=name, near=_nearest(name, CASES)))
    common = data.document("simulation/common")
    raw = data.document(f"simulation/{name}")
    roles = tuple(_role(r) for r in (*raw["roles"], *common["roles"]))
    return Scenario(
        id=name,
        title=raw["title"],
        summary=raw["summary"],
        on=raw.get("on", ""),
        roles=roles,
        deal=tuple(raw["deal"]),
        stages=tuple(_stage(s, raw, common) for s in (*raw["stages"], *common["closing"])),
        bodies=tuple((b["id"], b["name"]) for b in raw["bodies"]),
        ladder=tuple(common["ladder"]),
        accuser=raw["accuser"],
        accused=tuple(raw["accused"]),
        accused_members=raw.get("accused_members", ""),
        ethics=tuple(common["ethics"]),
        debrief=tuple(common["debrief"]),
        happened=tuple(raw.get("happened", ())),
        source_ids=tuple(raw.get("source_ids", ())),
    )


def deal(case: Scenario, taken: dict[str, int], refused: frozenset[str] = frozenset()) -> str:
    """The role for whoever arrives next.

    The scenario lists roles in the order in which a growing room needs them: the Parties to the
    dispute first, then the others; a role that is listed twice is a seat for a pair. After the
    list everybody is an observer, so no room is too big.

    Parameters
    ----------
    case : Scenario
    taken : dict
        Role id to the number of participants who hold it now.
    refused : frozenset of str
        Roles that this participant does not want to play.

    Returns
    -------
    str
        A role id.
    """
    places: dict[str, int] = {}
    for role_id in case.deal:
        places[role_id] = places.get(role_id, 0) + 1
        if places[role_id] > taken.get(role_id, 0) and role_id not in refused:
            return role_id
    return "observer"


def _role(raw: dict) -> Role:
    kind = raw["kind"]
    if kind not in SEAT_KINDS:
        raise ValueError(f"Role {raw['id']!r} has the kind {kind!r}; use one of {SEAT_KINDS}.")
    return Role(
        id=raw["id"],
        name=raw["name"],
        kind=kind,
        code=raw.get("code", raw["name"].removeprefix("the ")),
        stance=raw["stance"],
        interests=tuple(raw.get("interests", ())),
        red_lines=tuple(raw.get("red_lines", ())),
        desk=raw.get("desk", ""),
    )


def _stage(raw: dict, case: dict, common: dict) -> Stage:
    if raw["kind"] not in STAGE_KINDS:
        raise ValueError(f"Stage {raw['id']!r} has the kind {raw['kind']!r}; use {STAGE_KINDS}.")
    contrast = raw.get("contrast", case["contrast"] if raw["kind"] == "round" else ())
    choices = raw.get("choices", ())
    if raw["kind"] == "poll" and raw.get("scale"):
        choices = common["scales"][raw["scale"]]
    return Stage(
        id=raw["id"],
        kind=raw["kind"],
        title=raw["title"],
        minutes=raw["minutes"],
        text=tuple(raw.get("text", ())),
        question=raw.get("question", ""),
        draft=raw.get("draft", ""),
        choices=tuple((c["id"], c["label"]) for c in choices),
        body=raw.get("body", ""),
        default=raw.get("default", case.get("default", "silent")),
        contrast=tuple(contrast),
        voters=tuple(raw.get("voters", ())),
        excludes=tuple((c, tuple(out)) for c, out in raw.get("excludes", {}).items()),
        rung=raw.get("rung", 0),
        happened=raw.get("happened", ""),
        source_ids=tuple(raw.get("source_ids", ())),
        guide=raw.get("guide", ""),
    )


def _nearest(word: str, known) -> str:
    close = get_close_matches(word, list(known), n=1)
    if close:
        return say("room.case.near", match=close[0])
    return say("room.case.known", known=", ".join(known))
