"""Texts, choices and identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from kpi.datasets import Column
from kpi.ingest.clean.identifiers import looks_like_identifier
from kpi.ingest.clean.values import Cleaned
from kpi.ingest.fold import fold_value
from kpi.ingest.protect import fold_ids
from kpi.ingest.reasons import BLANK, NUMBER_OF

_LONGEST = 300
_LONGEST_OF = {"location": 200, "part": 200}  # they are keys of computed tables, which are narrower
_SHORTENED = re.compile(r"\d(\.\d+)?e\+\d{1,3}", re.ASCII)


def clean_texts(texts: Sequence[str], column: Column) -> Cleaned:
    """Texts with outer blanks cut off and inner ones made single; never shortened."""
    longest = _LONGEST_OF.get(column.name, _LONGEST)
    values = np.empty(len(texts), dtype=object)
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        bare = " ".join(text.split())
        if not bare:
            faults[place] = BLANK
        elif len(bare) > longest:
            faults[place] = NUMBER_OF["too_long"]
        elif looks_like_identifier(bare, column.name):
            faults[place] = NUMBER_OF["looks_like_identifier"]
        elif bare == "*" and column.name == "location":
            faults[place] = NUMBER_OF["reserved"]
        else:
            values[place] = bare
    return Cleaned(values, faults)


def clean_choices(texts: Sequence[str], column: Column) -> Cleaned:
    """The dataset's own spelling of each choice."""
    known = _spellings(tuple(column.choices), tuple(column.choices.values()))
    values = np.empty(len(texts), dtype=object)
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        folded = fold_value(text)
        if folded in known:
            values[place] = known[folded]
        else:
            faults[place] = NUMBER_OF["unknown_value"] if folded else BLANK
    return Cleaned(values, faults)


def clean_ids(texts: Sequence[str], float_ids: bool = False) -> Cleaned:
    """Folded identifiers, still readable: they are hashed next and never kept. ``float_ids``: a
    ``.0`` behind each was added by a program that took them for numbers."""
    folded = fold_ids(texts)
    if float_ids:
        folded = [text.removesuffix(".0") for text in folded]
    values = np.empty(len(texts), dtype=object)
    values[:] = folded
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(folded):
        if not text:
            faults[place] = BLANK
        elif len(text) > _LONGEST:
            faults[place] = NUMBER_OF["too_long"]
        elif "e+" in text and _SHORTENED.fullmatch(text):
            faults[place] = NUMBER_OF["shortened_by_excel"]
        elif text[0] == "#" and text.endswith(("!", "?", "#n/a")):
            faults[place] = NUMBER_OF["excel_error"]
    return Cleaned(values, faults)


@cache
def _spellings(choices: tuple[str, ...], others: tuple[tuple[str, ...], ...]) -> Mapping[str, str]:
    known = {}
    for choice, spellings in zip(choices, others, strict=True):
        for spelling in (choice, *spellings):
            known[fold_value(spelling)] = choice
    return known
