"""Bodies that decide, and the draft treaty as a procedure.

    >>> from course import institutions
    >>> body = institutions.body("OSCE", on="2008-08-08")
    >>> body.decide({"RUS": "no"}, default="yes").blockers
    ('RUS',)

The parts: `bodies` (who sits where, and `decide`), `rules` (one function a rule, to read beside its
article), `clauses` (what blocks, what counts), `ballots`, `outcome`, `options` (what the texts leave
open), `treaty` and `accusation` (the draft European Security Treaty step by step), `ladder` (how
far each body can go), `power` (probability, boycott, blocking, voting power), `scenarios`
(Kosovo 1999, Georgia 2008-2009 and two invented crises) and `batch` (NumPy, imported on use).
"""

from . import batch, power
from .accusation import WAYS, Claim, Finding, find_attacker
from .ballots import BALLOTS
from .bodies import BODIES, Body, assembly, body
from .errors import (
    BallotError,
    DateError,
    InstitutionError,
    MembershipError,
    OptionError,
    OrderError,
    UnknownBody,
    UnknownState,
)
from .ladder import Climb, Reach, climb, reach, rungs
from .options import Option, options_of
from .outcome import Outcome, Shortfall, Step
from .scenarios import Question, Scenario, scenario, scenarios
from .treaty import Treaty, treaty

__all__ = [
    "BALLOTS",
    "BODIES",
    "WAYS",
    "BallotError",
    "Body",
    "Claim",
    "Climb",
    "DateError",
    "Finding",
    "InstitutionError",
    "MembershipError",
    "Option",
    "OptionError",
    "OrderError",
    "Outcome",
    "Question",
    "Reach",
    "Scenario",
    "Shortfall",
    "Step",
    "Treaty",
    "UnknownBody",
    "UnknownState",
    "assembly",
    "batch",
    "body",
    "climb",
    "find_attacker",
    "options_of",
    "power",
    "reach",
    "rungs",
    "scenario",
    "scenarios",
    "treaty",
]
