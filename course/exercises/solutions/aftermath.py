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
