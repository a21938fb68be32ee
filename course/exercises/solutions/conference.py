"""Reference solutions of the code exercises of notebook 08, The Conference of the Parties."""

import course


def chances():
    """Chance that 56 States all say yes, each for itself."""
    return [0.99**56, 0.999**56]


def chances__one():
    """The chance of one State."""
    return [0.99, 0.999]


def chances__none():
    """The chance that at least one refuses."""
    return [1 - chance for chance in chances()]


def outcomes():
    """One objection under consensus, and under consensus minus one."""
    osce = course.institutions.body("OSCE", on="2008-08-08")
    minus_one = course.institutions.body("OSCE:minus-one", on="2008-08-08")
    first = osce.decide({"RUS": "no"}, default="yes")
    second = minus_one.decide({"RUS": "no"}, default="yes", excluded=["RUS"])
    return [first.adopted, second.adopted]


def outcomes__both():
    """The objection forgotten."""
    return [True, True]


def outcomes__objects():
    """Outcomes in place of what they say."""
    osce = course.institutions.body("OSCE", on="2008-08-08")
    return [osce.decide({"RUS": "no"}, default="yes")] * 2
