"""Reference solutions of the code exercises of notebook 03, The OSCE."""

from course.data import table


def binding():
    """Texts by their force, without those that nobody has seen."""
    texts = table("indivisibility_texts")
    seen = texts[texts["verification"] != "unverified"]
    return seen["binding"].value_counts()


def binding__all():
    """The unverified rows counted too."""
    return table("indivisibility_texts")["binding"].value_counts()


def binding__documents():
    """Another column counted."""
    texts = table("indivisibility_texts")
    return texts[texts["verification"] != "unverified"]["document"].value_counts()


def east():
    """Field operations, and those of them east of Vienna."""
    operations = table("field_operations")
    return [len(operations), operations["east_of_vienna"].sum()]


def east__west():
    """Those that are not east of Vienna."""
    operations = table("field_operations")
    return [len(operations), int((~operations["east_of_vienna"].astype(bool)).sum())]
