"""The engine's own words: every sentence a learner can read that is not in a catalogue.

A translation replaces this table and the catalogues, and touches no code.
"""

from __future__ import annotations

__all__ = ["say"]

_WORDS = {
    # the four verdicts of a check, and the one for answers that nobody can mark
    "not yet": "Not yet.",
    "keep going": "Keep going.",
    "almost": "Almost.",
    "right": "Right.",
    "kept": "Saved.",
    # empty answers
    "empty": "Nothing to check yet.",
    "empty.single": "Choose one answer first.",
    "empty.multiple": "Tick at least one answer first.",
    "empty.items": "Choose something for at least one line first.",
    "empty.estimate": "Give two numbers first: the lowest and the highest you would believe.",
    "empty.words": "Write a sentence or two first.",
    "empty.code": "Put your result where the stub says, run the cell, and the check will read it.",
    "empty.contested": "Choose the answer you lean to, and give your reason.",
    "empty.predict": "Commit yourself first: any answer will do, none is marked.",
    # counts
    "items.part": "{right} of {all} lines stand; look again at the others.",
    "items.blank": "{count} of {all} lines have no answer yet.",
    "order.part": "{right} of {all} neighbours are in the right order.",
    "multiple.part": "{right} of {all} boxes are as they should be.",
    # estimates
    "estimate.in": "Your interval holds the figure: {value} {unit}.",
    "estimate.point": "One number claims certainty; 90 % sure means leaving room on both sides.",
    "estimate.wide": (
        "It is wide: {times} times the figure itself. Nine such intervals in ten should hold their "
        "figure, so you can afford to be bolder."
    ),
    "estimate.low": "The figure is higher than your interval allows.",
    "estimate.high": "The figure is lower than your interval allows.",
    # words
    "words.few": "That is {count} words; it takes at least {least} to give a reason.",
    "words.many": "That is {count} words; cut it to {most} at most, and keep the strongest.",
    "words.copy": "This is still the claim as it stands. Change what the record does not bear.",
    "words.saved": (
        "Your text is saved. Now be its first reader: tick each line of the list that it "
        "does, then compare it with the model text."
    ),
    "rubric.all": "By your own reading it does all that was asked. Compare it with the model text.",
    "contested.kept": "This question is contested: no answer is marked. Your reason is saved.",
    "contested.for": "The best reasons for “{side}”:",
    "contested.reason": "An answer without a reason settles nothing. Say why, in one sentence.",
    "predict.kept": "Your prediction is saved. It comes back at the end.",
    "predict.range": "Give a number from {lowest} to {highest}.",
    # code
    "code.type": "The result should be {expected}; yours is {actual}.",
    "code.error": "The check could not read this result: {error}.",
    "code.callable": "Hand over the function itself, without brackets: check(id, {name}).",
    "code.raises": "With {arguments} your function stops: {error}.",
    "code.case": "With {arguments}: {line}",
    "code.more": "The right shape; look again at the values.",
    # unreadable answers
    "bad.option": "{given!r} is not one of the answers; {near}",
    "bad.near": "did you mean {near!r}?",
    "bad.list": "choose from {options}.",
    "bad.single": "This question has one answer; you gave {count}.",
    "bad.items": "Give a choice for each line, as {{line: choice}}.",
    "bad.order": "Give the lines in order, as a list of {options}.",
    "bad.estimate": "Give the lowest and the highest number, as (low, high).",
    "bad.finite": "Both ends of the interval must be ordinary numbers.",
    "bad.swapped": "The lowest number comes first: you gave {low} and then {high}.",
    "bad.range": "Stay between {lowest} and {highest} {unit}.",
    "bad.words": "Give your answer as a text in quotation marks.",
    "bad.long": "That is longer than {most} characters; keep to what the question asks.",
    "bad.side": "Say for which side you write; {near}",
    "bad.number": "Give a number.",
    # hints, solutions, progress
    "hint.none": "There is no further hint; ask for the solution, or try again.",
    "hint.nothing": "This one has no hints.",
    "hint.step": "Hint {step} of {all}. {hint}",
    "solution.first": (
        "Try it first: a wrong try teaches more than a read answer. Ask once more to see it anyway."
    ),
    "solution.open": "Nobody can write this for you; here is what a good answer would hold.",
    "solution.none": "A prediction has no solution: the notebook is the answer.",
    "recall.none": "You made no prediction here. What would you have said?",
    "recall.yours": "At the beginning you said: {answer}.",
    "reread": "Read again: {places}.",
    # what stands on and around the panel
    "panel.kicker": "Your turn · {minutes}",
    "panel.predict": "Predict · {minutes}",
    "panel.recall": "What you expected",
    "panel.minutes": "{count:g} min",
    "panel.answer": "Your answer",
    "panel.ticks": "Tick all that hold",
    "panel.place": "Place {number}",
    "panel.choose": "choose …",
    "panel.low": "At least ({unit})",
    "panel.high": "At most ({unit})",
    "panel.interval": "The figure lies between two numbers; be 90 % sure.",
    "panel.text": "Your text ({least} to {most} words)",
    "panel.words": "In your own words",
    "panel.number": "Your number{unit}",
    "panel.rubric": "Then be your own reader: tick what your text does",
    "panel.side": "The side you write for",
    "panel.lean": "The answer you lean to",
    "panel.reason": "Your reason",
    "panel.why": "Why, in a line (if you like)",
    "panel.now": "What do you say now, and why?",
    "panel.claim": "The claim, in our words:",
    "panel.stub": "Begin from this, in the next cell:",
    "panel.items": "Lines",
    "panel.choices": "Choose from",
    "panel.good": "A good answer",
    "panel.earlier": "Your earlier answer stands here.",
    "panel.memory": "This session keeps no record: export it before you leave.",
    "panel.later": "When you have come this far:",
    "panel.asked": "You were asked at the beginning:",
    "button.check": "Check",
    "button.save": "Save",
    "button.hint": "Hint",
    "button.solution": "Solution",
    "card.who": "Who",
    "card.when": "When",
    "card.audience": "For whom",
    "card.can": "It can show {what}.",
    "card.cannot": "It cannot show {what}.",
    "solution.title": "Solution",
    "solution.any": "or",
    "solution.figure": "{value} {unit}",
    "progress.title": "Where you are",
    "progress.lead": "{done} of {all} exercises are done.",
    "progress.again": "To look at again",
    "progress.nothing": "Nothing waits to be looked at again.",
    "progress.calibration": "How well your confidence fits",
    "progress.none": "No estimate and no verdict yet: this fills as you go.",
    "progress.hits": (
        "{hits} of your {all} intervals hold their figure; of intervals that are 90 % sure, "
        "nine in ten should. Mean interval score {score}, in multiples of the figure: smaller is "
        "better."
    ),
    "progress.brier": (
        "Brier score of your {all} verdicts on settled claims, compared with the course's: {brier} "
        "(0 is sure and alike, 0.25 is a coin's toss). The course's verdict can be wrong too."
    ),
    "portfolio.memory": (
        "This session keeps no record, so no portfolio was written; "
        'portfolio("portfolio.html") writes one all the same.'
    ),
    "portfolio.done": "{file} holds your portfolio: open it in a browser, or print it to PDF. {out}",
}


def say(key: str, **values: object) -> str:
    """Return the sentence with this key, with its blanks filled."""
    return _WORDS[key].format(**values)
