"""Reference solutions of the code exercises of notebook 01, The source and its argument."""

from course.data import table


def names():
    """How often the article names NATO, and the OSCE."""
    counts = table("word_counts")
    nato = counts[counts["lemma"] == "nato"]["count"].sum()
    osce = counts[counts["lemma"] == "osce"]["count"].sum()
    return [nato, osce]


def names__rows():
    """In how many paragraphs each name stands."""
    counts = table("word_counts")
    return [int((counts["lemma"] == word).sum()) for word in ("nato", "osce")]


def names__swapped():
    """The two sums the other way round."""
    return names()[::-1]


def sections():
    """Claims that can be checked fully, by section."""
    claims = table("claims")
    checkable = claims[claims["checkable"] == "yes"]
    return checkable["section"].value_counts().sort_index()


def sections__all():
    """All claims, by section."""
    return table("claims")["section"].value_counts().sort_index()


def sections__paragraphs():
    """Checkable claims by paragraph."""
    claims = table("claims")
    return claims[claims["checkable"] == "yes"]["paragraph"].value_counts().sort_index()
