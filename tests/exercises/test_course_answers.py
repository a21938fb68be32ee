"""The course's own exercises: what a careful reader may write there, and how little is counted."""

import pytest

from course import data
from course.exercises import catalogue, check, exercise, ids, triples

WORDS = [
    key for key in ids() if exercise(key).rubric and any(m.contains for m in exercise(key).mistakes)
]
SOBER = [entry["id"] for entry in data.document("notebooks")["notebook"] if entry.get("sober")]


def whole(entry, text):
    """An answer in which every line of the rubric is ticked."""
    return {**triples.solved(entry), "text": text}


DENIED = {
    "kosovo.repair": "No Finnish text confirmed that most of the dead were members of armed groups.",
    "kosovo.judgement": "Not everything in it is false, and three of its statements have to be kept apart "
    "before anybody can say what stands: the vote, the withdrawal of the mission and the cause of the war; each has a fate of its own.",
    "europe.repair": "Not in all respects, but since 2004 European security has declined in trust.",
    "conference.repair": "The treaty would not solve all the problems of security in Europe.",
    "source.repair": "Threats that cross borders are countered not only through collective efforts.",
    "osce.repair": "It is not true that no other State had recalled the comprehensive approach.",
}


@pytest.mark.parametrize("key", DENIED)
def test_a_phrase_that_is_denied_is_no_mistake(key):
    entry = exercise(key)
    assert not {m.id for m in entry.mistakes} & set(check(entry, DENIED[key]).mistakes)
    assert check(entry, whole(entry, DENIED[key])).level == "right"


@pytest.mark.parametrize("key", WORDS)
def test_a_phrase_counts_only_where_the_text_says_it_itself(key):
    entry = exercise(key)
    for mistake in entry.mistakes:
        for phrase in mistake.contains:
            said = (
                f"Some people may hold this: {phrase} and so it goes on for a while in many words"
            )
            assert check(entry, said).mistakes == (mistake.id,), phrase
            for harmless in (f"It is not the case that {phrase}", f"They wrote “{phrase}” there"):
                assert mistake.id not in check(entry, f"{harmless}, we read.").mistakes, phrase
            far = f"It is not so. {phrase} and so it goes on for a while in many words"
            assert check(entry, far).mistakes == (mistake.id,), phrase


@pytest.mark.parametrize("key", WORDS)
def test_a_sign_of_a_mistake_is_a_remark_to_a_text_that_holds_all_that_was_asked(key):
    entry = exercise(key)
    for mistake in entry.mistakes:
        longer = f"{mistake.example} {entry.solution or entry.sides[0].model}"
        feedback = check(entry, whole(entry, longer))
        if len(longer.split()) <= entry.settings["max_words"]:
            assert feedback.level == "kept"
        assert feedback.level != "right"
        assert any(line.endswith(mistake.feedback) for line in feedback.lines)
        assert check(entry, whole(entry, mistake.example)).level in (
            "not yet",
            "keep going",
            "almost",
        )


def test_kosovo_and_georgia_are_sober():
    assert SOBER == ["kosovo", "georgia"]
    assert not exercise("treaty.repair").sober


@pytest.mark.parametrize(
    "key", [key for nb in SOBER for key in catalogue.load(nb) if exercise(key).kind != "estimate"]
)
def test_no_feedback_about_killings_counts_what_was_right(key):
    entry = exercise(key)
    assert entry.sober
    lists = (*entry.options, *entry.items)
    for case in triples.wrong(entry) if lists else ():
        told = check(entry, case.answer).lines
        own = [line for line in told if not line.endswith(case.sentence)]
        assert not any(letter.isdigit() for line in own for letter in line), own


def test_other_notebooks_say_how_much_stands():
    pairs = [exercise(key) for key in ids() if exercise(key).kind in ("match", "order")]
    for entry in (entry for entry in pairs if not entry.sober):
        told = check(entry, triples.wrong(entry)[0].answer).lines[1]
        assert any(letter.isdigit() for letter in told), entry.id
