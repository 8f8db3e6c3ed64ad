"""What a refused file asks: it can be loaded once a person has said it."""

from __future__ import annotations

from enum import StrEnum

from kpi.errors import FileRefused


class Question(StrEnum):
    """What has to be said of a file, and by which word of ``ingest`` it is said."""

    OLD_EXPORT = "old_export"  # are these older values right after all? allow_old
    REMOVED_ROWS = "removed_rows"  # are the rows that it lacks to go? replace
    UNUSUAL = "unusual"  # are figures so far from all other months right? allow_unusual
    BAD_ROWS = "bad_rows"  # shall the good rows be loaded without the bad ones? allow_bad
    COVERS = "covers"  # which months does it cover? covers
    DATASET = "dataset"  # which of several datasets does it hold? dataset
    MAPPING = "mapping"  # which column is which, and what do its words mean? a profile, saved once
    NO_ROWS = "no_rows"  # was there truly nothing in its month? declared, not loaded


class FileAsks(FileRefused):
    """A file that is refused until its ``question`` is answered.

    The sentence says what is the matter, and nothing of how to answer: a page has a box for it
    and a command a flag, and each adds its own words. ``likely``: the answer that the file lets
    guess, months or the name of a dataset; of MAPPING the dataset whose columns are nearest.
    """

    def __init__(self, question: Question, sentence: str, likely: str = "") -> None:
        super().__init__(sentence)
        self.question = question
        self.likely = likely
