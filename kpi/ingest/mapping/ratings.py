"""Which columns of a survey's export are ratings, and on what scale: told by what they hold.

In such an export every question is a column, and every practice asks other questions. A column is
a rating where its answers are words of a usual scale, numbers with the scale's words beside them
("5 - Excellent"), or numbers to a question that asks for a rating. Bare numbers to another
question may be codes of choices or years: they are left out, and the receipt says so, as it says
of each rating what it was taken for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpi.ingest.files.grid import Grid
from kpi.ingest.fold import fold_answer, fold_header
from kpi.ingest.layout.header import Header
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.showing import shown_heading

_SCALES: tuple[tuple[str, ...], ...] = (
    ("strongly disagree", "disagree", "neutral|neither agree nor disagree|undecided", "agree",
     "strongly agree"),
    ("strongly disagree", "somewhat disagree", "neutral|neither agree nor disagree",
     "somewhat agree", "strongly agree"),
    ("strongly disagree", "disagree", "somewhat disagree", "neutral|neither agree nor disagree",
     "somewhat agree", "agree", "strongly agree"),
    ("very dissatisfied", "dissatisfied", "neutral|neither satisfied nor dissatisfied",
     "satisfied", "very satisfied"),
    ("very dissatisfied", "somewhat dissatisfied", "neutral|neither satisfied nor dissatisfied",
     "somewhat satisfied", "very satisfied"),
    ("extremely dissatisfied", "somewhat dissatisfied", "neither satisfied nor dissatisfied",
     "somewhat satisfied", "extremely satisfied"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("very poor", "poor", "fair|average|acceptable", "good", "very good"),
    ("very unlikely", "unlikely", "neutral|neither likely nor unlikely", "likely", "very likely"),
    ("never", "sometimes", "usually", "always"),
    ("definitely no", "probably no", "probably yes", "definitely yes"),
    ("no", "yes, somewhat", "yes, definitely"),
)  # fmt: skip
"""Scales in words, the worst answer first; ``|`` stands between words for the same answer."""

_NO_ANSWER = frozenset(
    {"", "-", "n/a", "na", "not applicable", "does not apply", "don't know", "no opinion",
     "prefer not to answer", "not sure"}
)  # fmt: skip
_NUMBER_SCALES = ((1, 5), (0, 10), (0, 100))
_MOST_ANSWERS = 110  # different ones in a column; more are no scale
_LONGEST = 200
_NUMBER = re.compile(r"(\d{1,3})(?:\.0+| ?(?:[-\u2013=:.)]|\() ?[^\W\d].*)?", re.ASCII | re.DOTALL)
"""A number, as Excel may have saved it, or with words behind it."""

_SCALE_WORD = re.compile(
    r"satisf|agree|likely|excellent|good|poor|fair|best|worst|never|always|not at all|extremely"
)
_ASKS = re.compile(
    r"\b(?:rat(?:e|ed|ing)|satisf|recommend|likely|likelihood|scale|stars?\b|agree|"
    r"how (?:well|easy|good|helpful|courteous|clean)\b)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\b([01])\s*(?:-|\u2013|to|through)\s*(4|5|6|7|10|100)\b", re.IGNORECASE)
_BEST_IS_LEAST = re.compile(
    r"\b1\s*(?:=|\(|:|-|\u2013|is|being)\s*(?:the )?(?:best|excellent|very (?:satisfied|good)|"
    r"strongly agree|highest)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rating:
    """A column of ratings: ``words`` are the answers that are not plainly numbers, or count from
    the other end, each with its number, or nothing where it is no answer."""

    heading: str
    question: str
    low: int
    high: int
    words: Mapping[str, str]
    grounds: str

    @property
    def made(self) -> dict[str, str]:
        """The columns that stand beside each answer."""
        return {
            "question": self.question,
            "scale_min": str(self.low),
            "scale_max": str(self.high),
        }

    @property
    def sentence(self) -> str:
        """What the receipt says of it."""
        recommends = "; it is the question on recommending" * (self.question == "recommend")
        return (
            f"'{shown_heading(self.heading)}' is taken for a rating from {self.low} to "
            f"{self.high}, because {self.grounds}{recommends}."
        )


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings by the place of their column; ``unsure``: sentences on columns that may be."""

    found: Mapping[int, Rating]
    unsure: tuple[str, ...] = ()


def find_ratings(grid: Grid, header: Header, profile: Profile) -> Ratings:
    """The columns of ratings, decided from all their answers; columns that the profile names are
    none."""
    named = {fold_header(name) for name in _named(profile)}
    places = [place for place, name in enumerate(header.folded) if name and name not in named]
    answers = _answers(grid, header, places)
    found: dict[int, Rating] = {}
    unsure = []
    for place in places:
        heading = " ".join(header.cells[place].split())[:_LONGEST].rstrip()
        under = header.under[place] if place < len(header.under) else ""
        rating = _rating(heading, f"{heading} {under}", answers[place])
        if isinstance(rating, str):
            unsure.append(rating)
        elif rating is not None:
            found[place] = rating
    return Ratings(_told_apart(found), tuple(unsure))


def holds_ratings(heading: str, cells: Iterable[str]) -> bool:
    """Whether a column of that heading surely holds ratings, by some of its answers."""
    return isinstance(_rating(heading, heading, set(map(fold_answer, cells))), Rating)


def _named(profile: Profile) -> Iterable[str]:
    """Columns that a profile names for something else. One of a practice's own is recognised by
    all of its columns, the ratings among them."""
    if profile.own:
        yield from (name for columns in profile.feeds.values() for name in _taken(columns))
    else:
        yield from profile.names
    yield from profile.melt.get("beside", ())
    yield from (rule["column"] for rule in profile.leave_out)


def _taken(columns: Mapping[str, Any]) -> Iterable[str]:
    for entry in columns.values():
        if isinstance(entry, str):
            yield entry
            continue
        for key in ("column", "turned"):
            yield from [entry[key]] if key in entry else []
        for key in ("columns", "first_of", "sum", "flags", "when", "unless"):
            yield from entry.get(key, ())


def _answers(grid: Grid, header: Header, places: Sequence[int]) -> dict[int, set[str]]:
    """The different answers in each column, outer blanks and case aside."""
    answers: dict[int, set[str]] = {place: set() for place in places}
    with grid.records() as records:
        for line, cells in records:
            if line <= header.last:
                continue
            for place, seen in answers.items():
                if place < len(cells) and len(seen) <= _MOST_ANSWERS:
                    seen.add(fold_answer(cells[place]))
    return answers


def _rating(heading: str, text: str, seen: set[str]) -> Rating | str | None:
    """The rating that a column holds; a sentence where it may be one; None where it is none."""
    answers = seen - _NO_ANSWER
    if not answers or len(answers) > _MOST_ANSWERS:
        return None
    nothing = {word: "" for word in seen & _NO_ANSWER if word}
    asks = _ASKS.search(text) is not None
    most = 0
    for scale in _SCALES:
        words = {
            word: str(number)
            for number, same in enumerate(scale, start=1)
            for word in same.split("|")
        }
        if answers <= words.keys():
            if len(answers) == 1 and " " not in min(answers) and not asks:
                return _left_out(heading, "holds one word that may be of a scale or a comment")
            grounds = "its answers are words of that scale"
            return Rating(heading, heading, 1, len(scale), {**words, **nothing}, grounds)
        most = max(most, len(answers & words.keys()))
    numbers = {answer: int(found[1]) for answer in answers if (found := _NUMBER.fullmatch(answer))}
    if len(numbers) == len(answers):
        return _numbers(heading, text, numbers, nothing)
    if most > 1 or (asks and numbers):
        return _left_out(heading, "has answers of a scale beside others of none")
    return None


def _numbers(
    heading: str, text: str, numbers: Mapping[str, int], nothing: Mapping[str, str]
) -> Rating | str:
    """The rating that a column of numbers holds, or why it may be none."""
    worded = any(map(_SCALE_WORD.search, numbers))
    if not worded and not _ASKS.search(text):
        return _left_out(heading, "holds numbers, but its text does not ask for a rating")
    low, high = min(numbers.values()), max(numbers.values())
    said = _FROM_TO.search(text)
    usual = [(int(said[1]), int(said[2]))] if said else _NUMBER_SCALES
    scale = next((each for each in usual if each[0] <= low and high <= each[1]), None)
    if scale is None:
        return _left_out(heading, "holds numbers outside of its scale, or of every usual one")
    turned = _BEST_IS_LEAST.search(text) is not None
    words = {
        answer: str(sum(scale) - number if turned else number)
        for answer, number in numbers.items()
        if turned or not answer.isdigit()
    }
    which = "words stand beside its numbers" if worded else "its text asks for one"
    fits = "the text names the scale" if said else f"answers from {low} to {high} were seen"
    best = "1 is the best" if turned else "the higher the better"
    recommends = "recommend" in text.casefold() and scale == (0, 10)
    question = "recommend" if recommends else heading
    grounds = f"{which} and {fits}; {best}"
    return Rating(heading, question, *scale, {**words, **nothing}, grounds)


def _left_out(heading: str, why: str) -> str:
    return (
        f"'{shown_heading(heading)}' {why}, so it is left out. If it is a rating, say so once, "
        "with its scale, in a profile of the practice's own."
    )


def _told_apart(found: Mapping[int, Rating]) -> dict[int, Rating]:
    """The same ratings, none with the name of another question: a response answers each once."""
    names: set[str] = set()
    apart = {}
    for place, rating in found.items():
        name = rating.question
        if name.casefold() in names:
            name = f"{name} (column {place + 1})"
        names.add(name.casefold())
        apart[place] = replace(rating, question=name)
    return apart
