"""The decision rules, one function each, written so that it can be read beside its article.

Every function takes the members, the excluded votes and the options, and returns the clauses that
must all be met. The ids ("unsc-veto" ...) lead to data/institutions/rules.json and treaty.json,
where the wording, the status and the sources stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from .ballots import ABSENT, ABSTAIN, CONSTRUCTIVE, NO, SILENT, YES
from .catalogue import entry, number
from .clauses import AtLeast, Clause, MostOfThoseVoting, NotTooMany, Unopposed, quorum

__all__ = ["PERMANENT", "RULES", "Rule"]

Members = tuple[str, ...]
Excluded = frozenset[str]
Options = Mapping[str, object]
Rule = Callable[[Members, Excluded, Options], tuple[Clause, ...]]

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "SUN", "USA")
"""Permanent members of the Security Council; RUS follows SUN in December 1991."""


# United Nations


def unsc_substantive(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """UN Charter, Article 27(3): nine votes, "including the concurring votes" of the permanent five.

    By practice abstention and absence of a permanent member don't block; the options show the
    stricter reading of the words.
    """
    permanent = frozenset(members) & frozenset(PERMANENT)
    abstaining = {ABSTAIN, CONSTRUCTIVE} if options["abstention"] == "blocks" else set()
    missing = {ABSENT, SILENT} if options["absence"] == "blocks" else set()
    nine = number("unsc-majority", "votes_needed")
    enough = AtLeast("unsc-majority", nine, uncounted=excluded)
    return (
        enough,
        Unopposed(
            "unsc-veto",
            permanent,
            broken="institutions.veto",
            unbroken="institutions.no_veto_cast",
            after=enough,
        ),
        *_stricter(
            "unsc-abstention", "abstention", abstaining, permanent, "institutions.not_concurring"
        ),
        *_stricter("unsc-absence", "absence", missing, permanent, "institutions.not_concurring"),
    )


def unsc_procedural(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """UN Charter, Article 27(2): nine votes on procedure, and no veto.

    Calling an emergency special session of the General Assembly (Uniting for Peace, resolution
    377 A (V)) is such a vote.
    """
    return (AtLeast("unsc-procedural", number("unsc-procedural", "votes_needed")),)


def unsc_chapter_vi(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """UN Charter, Article 27(3), last words: under Chapter VI a party to the dispute abstains.

    The parties are the excluded votes; the rest is the rule on substance.
    """
    return unsc_substantive(members, excluded, options)


def unga_important(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """UN Charter, Article 18(2): two thirds of the members present and voting."""
    return (MostOfThoseVoting("unga-important", Fraction(2, 3)),)


# OSCE


def osce_consensus(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """OSCE Rules of Procedure 2006: consensus is "the absence of any objection"."""
    return (Unopposed("osce-consensus"),)


def osce_minus_one(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Prague Document 1992: consensus, if need be without the State concerned."""
    return (Unopposed("osce-minus-one"),)


def osce_minus_two(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Stockholm 1992: consensus without the two States in dispute; it can only send them to talk."""
    return (Unopposed("osce-minus-two"),)


def osce_berlin(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Berlin 1991: twelve States are enough to convene an emergency meeting."""
    return (_supporters("osce-berlin", excluded),)


def osce_moscow_six(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Moscow 1991: one State and five others send rapporteurs where no mission was invited."""
    return (_supporters("osce-moscow-6", excluded),)


def osce_moscow_ten(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Moscow 1991, paragraph 12: one State and nine others, on a particularly serious threat."""
    return (_supporters("osce-moscow-10", excluded),)


def osce_vienna(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Vienna Document, chapter III: one State may ask for an explanation, then for a meeting."""
    return (_supporters("osce-vienna", excluded),)


# Alliances and partners


def nato_council(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """NATO: consensus by practice; no vote is taken, and silence counts as consent."""
    missing = {ABSENT} if options["absence"] == "blocks" else set()
    return (
        Unopposed("nato-consensus"),
        *_stricter("nato-consensus", "absence", missing, None, "institutions.empty_seat"),
    )


def nato_article_4(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """North Atlantic Treaty, Article 4: one Ally's opinion that it is threatened is enough to meet."""
    return (_supporters("nato-article-4", excluded),)


def nrc_consensus(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Rome Declaration 2002: the NATO-Russia Council decides by consensus."""
    return (Unopposed("nrc-consensus"),)


def nrc_meeting(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Whether an extraordinary meeting can be refused: one request is enough, or consensus is."""
    if options["meeting"] == "consensus":
        return (Unopposed("nrc-meeting", option="meeting"),)
    return (AtLeast("nrc-meeting", 1, frozenset({YES}), "requests", option="meeting"),)


def eu_foreign_policy(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Treaty on European Union, Article 23(1) (from Lisbon: 31(1)).

    Unanimity; abstention of those present does not prevent it; a qualified (constructive)
    abstention frees the State from applying the decision, unless too many do so.
    """
    missing = {ABSENT} if options["absence"] == "blocks" else set()
    return (
        Unopposed("eu-unanimity"),
        *_stricter("eu-unanimity", "absence", missing, None, "institutions.not_represented"),
        *_one_third(members, options),
    )


def _one_third(members: Members, options: Options) -> tuple[Clause, ...]:
    """The test of one third, for the version of the treaty in force; empty where it can't be run."""
    if options["treaty"] == "lisbon":
        if options["population"] == "below one third":
            return ()
        limit = -(-len(members) // 3) - 1
        each = dict.fromkeys(members, 1)
        words = "institutions.qualified.states"
        return (NotTooMany("eu-third-lisbon", limit, each, words=words, option="population"),)
    weights = entry("eu-third-nice")["weights"].get(str(len(members)))
    if options["treaty"] != "nice" or not weights or set(weights) != set(members):
        return ()
    return (NotTooMany("eu-third-nice", sum(weights.values()) // 3, weights),)


def csto_council(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """CSTO Charter, Article 12: consensus."""
    return (Unopposed("csto-consensus"),)


def csto_session(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """CSTO: two members may call an extraordinary session."""
    return (_supporters("csto-session", excluded),)


def cis_council(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """CIS Charter, Article 23: common consent; declared lack of interest (abstain) doesn't block."""
    return (Unopposed("cis-consensus"),)


# The draft European Security Treaty


def est_consultations(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Draft treaty, Article 5: any one Party may ask for consultations; nobody can refuse them."""
    return (_supporters("est-5", excluded),)


def est_conference(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Draft treaty, Article 6: two thirds of the Parties present, then consensus."""
    against = {NO, *({ABSTAIN, CONSTRUCTIVE} if options["abstention"] == "blocks" else ())}
    return (
        quorum("est-6-quorum", _share("est-6-quorum"), members),
        Unopposed("est-6-consensus", against=frozenset(against), option=_if(against, "abstention")),
    )


def est_extraordinary(members: Members, excluded: Excluded, options: Options) -> tuple[Clause, ...]:
    """Draft treaty, Article 8: four fifths of the Parties present, then unanimity.

    The vote of the Party that attacks or threatens is left out of the total (as reported from
    memory: marked so in the trace). Whether that Party still counts towards the quorum is not said.
    """
    apart = options["excluded_in_quorum"] == "left out" and excluded
    strict = {ABSTAIN, CONSTRUCTIVE, SILENT}
    against = {NO, *(strict if options["abstention"] == "blocks" else ())}
    return (
        quorum(
            "est-8-quorum",
            _share("est-8-quorum"),
            members,
            uncounted=excluded if apart else frozenset(),
            option="excluded_in_quorum" if excluded else None,
        ),
        Unopposed(
            "est-8-unanimity",
            against=frozenset(against),
            option=_if(against, "abstention"),
            broken="institutions.no_yes",
            unbroken="institutions.nobody_stood",
        ),
    )


# Small tools


def _supporters(rule: str, excluded: Excluded) -> AtLeast:
    """A mechanism set off by a number of States; no vote is taken and nobody can object."""
    return AtLeast(rule, number(rule, "supporters"), what="supporters", uncounted=excluded)


def _stricter(rule, option, against, holders, broken) -> tuple[Clause, ...]:
    """An extra clause, present only where the stricter option is chosen."""
    if not against:
        return ()
    passed = "institutions.stricter_met"
    return (Unopposed(rule, holders, frozenset(against), option, broken, passed),)


def _share(rule: str) -> Fraction:
    return Fraction(number(rule, "share"))


def _if(against: set[str], option: str) -> str | None:
    return option if len(against) > 1 else None


RULES: Mapping[str, Rule] = {
    "UNSC": unsc_substantive,
    "UNSC:procedural": unsc_procedural,
    "UNSC:chapter-vi": unsc_chapter_vi,
    "UNGA": unga_important,
    "OSCE": osce_consensus,
    "OSCE:minus-one": osce_minus_one,
    "OSCE:minus-two": osce_minus_two,
    "OSCE:berlin": osce_berlin,
    "OSCE:moscow-6": osce_moscow_six,
    "OSCE:moscow-10": osce_moscow_ten,
    "OSCE:vienna": osce_vienna,
    "NATO": nato_council,
    "NATO:article-4": nato_article_4,
    "NRC": nrc_consensus,
    "NRC:meeting": nrc_meeting,
    "EU": eu_foreign_policy,
    "CSTO": csto_council,
    "CSTO:session": csto_session,
    "CIS": cis_council,
    "EST:consultations": est_consultations,
    "EST:conference": est_conference,
    "EST:extraordinary": est_extraordinary,
}
