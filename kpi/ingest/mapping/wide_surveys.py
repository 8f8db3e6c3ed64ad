"""A survey with a column a question: each answer becomes a row, with its question and scale."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.datasets import Dataset
from kpi.ingest.mapping.guess import MADE, Guess
from kpi.ingest.mapping.guessing import once_named
from kpi.ingest.mapping.ratings import holds_ratings
from kpi.ingest.mapping.sampling import Sample

OF_RATINGS = {
    "score": "the answers of its ratings, each a row of its own",
    "question": "the heading of each rating",
    "scale_min": "the worst answer of each rating's scale",
    "scale_max": "the best answer of each rating's scale",
}
"""What is made of the ratings, and on which grounds."""


def read_ratings(
    dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]
) -> tuple[str, ...]:
    """The columns of a survey that are ratings, where it has no column of questions or scores: its
    guesses are added then. Empty where there is none."""
    if any(not dataset.has(name) or name in found for name in ("question", "score")):
        return ()
    taken = {heading for guess in found.values() for heading in guess.headings}
    headings = tuple(
        each.heading
        for each in once_named(samples)
        if each.heading not in taken and holds_ratings(each.heading, each.cells)
    )
    if headings:
        for name, grounds in OF_RATINGS.items():
            found[name] = Guess(name, name, headings if name == "score" else (), grounds, MADE)
    return headings
