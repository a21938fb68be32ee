"""Reference solutions of the code exercises of notebook 07, Answers and aftermath."""

from course.data import table


def stances():
    """Answers before the article, by stance."""
    responses = table("responses")
    earlier = responses[responses["date"] < "2010-05-01"]
    return earlier["stance"].value_counts()


def stances__all():
    """Answers of all years."""
    return table("responses")["stance"].value_counts()


def stances__after():
    """Answers after the article."""
    responses = table("responses")
    return responses[responses["date"] >= "2010-05-01"]["stance"].value_counts()


def assembly():
    """Share of yes among yes and no, in 2014 and in 2022."""
    un = table("un_documents").set_index("document")
    rows = un.loc[["A/RES/68/262", "A/RES/ES-11/1"]]
    return list(rows["votes_for"] / (rows["votes_for"] + rows["votes_against"]))


def assembly__abstentions():
    """Abstentions counted in."""
    un = table("un_documents").set_index("document")
    rows = un.loc[["A/RES/68/262", "A/RES/ES-11/1"]]
    cast = rows["votes_for"] + rows["votes_against"] + rows["abstentions"]
    return list(rows["votes_for"] / cast)


def assembly__against():
    """The share of the noes."""
    return [1 - share for share in assembly()]
