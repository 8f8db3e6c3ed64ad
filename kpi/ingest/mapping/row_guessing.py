"""Which rows of an unknown table are no records, and what stands only in the first of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kpi.datasets import Dataset, Kind
from kpi.ingest.fold import fold_header, fold_value
from kpi.ingest.layout.shape import is_test_patient
from kpi.ingest.mapping.guess import Guess
from kpi.ingest.mapping.guessing import once_named
from kpi.ingest.mapping.people import PATIENT
from kpi.ingest.mapping.sampling import Sample

NO_PATIENT = "no patient"
_YES = ("Y", "Yes", "True", "T", "1", "X")
_MOST_FILLED = 0.5  # of a column that stands only in the first row of each group


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are no records: those with one of ``words`` in a column, ``""`` for a blank."""

    heading: str
    words: tuple[str, ...]
    reason: str

    @property
    def entry(self) -> dict[str, Any]:
        """The rule as a profile writes it."""
        return {"column": self.heading, "words": list(self.words), "reason": self.reason}

    @property
    def sentence(self) -> str:
        """The rule in words."""
        words = " or ".join(f"'{word}'" if word else "blank" for word in self.words)
        said = "says yes" if self.words == _YES else f"is {words}"
        return f"Rows whose '{self.heading}' {said} are left out ({self.reason})."


@dataclass(frozen=True, slots=True)
class RowRules:
    """``fill_down``: columns whose blank cells mean the same as above. ``left_out``: rows that are
    no records. ``test_patients``: the column by which test patients are told, ``""`` for none.
    ``aging``: the columns of an amount and of its age. ``checks``: what must hold in a row.
    ``ratings``: columns of which each answer becomes a row."""

    fill_down: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    test_patients: str = ""
    aging: Mapping[str, str] | None = None
    checks: tuple[Mapping[str, Any], ...] = ()
    ratings: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The rules in words, for the person who confirms them."""
        said = [f"A blank '{name}' means the same as in the row above." for name in self.fill_down]
        said += [rule.sentence for rule in self.left_out]
        if self.test_patients:
            said.append(f"Test patients are left out, by '{self.test_patients}'.")
        if self.aging:
            said.append(
                f"'{self.aging['amount']}' goes to the bucket that '{self.aging['days']}' says."
            )
        said += [f"{' '.join(each['sum'])} = {each['equals']} is checked." for each in self.checks]
        if self.ratings:
            names = ", ".join(f"'{name}'" for name in self.ratings)
            said.append(f"Each answer to {names} becomes a row of its own, on its usual scale.")
        return tuple(said)


NO_RULES = RowRules()


def guess_rows(dataset: Dataset, samples: Sequence[Sample], found: Mapping[str, Guess]) -> RowRules:
    """The rules for a table's rows, from its first ones."""
    fill_down = _groups(dataset, samples, found)
    patient = patient_of(samples)
    left_out = [*_voids(dataset, samples), *_no_records(dataset, samples, found)]
    if patient is not None and patient.heading not in fill_down and dataset.quiet:
        blank = len(patient.cells) - len(patient.filled)
        if 0 < blank * 2 < len(patient.cells):
            left_out.append(LeftOut(patient.heading, ("",), NO_PATIENT))
    return RowRules(fill_down, tuple(left_out), patient.heading if patient else "")


def patient_of(samples: Sequence[Sample]) -> Sample | None:
    """The column that says who the patient is, by name before number: tests are told by names."""
    names = [fold_header(name) for name in ("patient name", "patient", *PATIENT)]
    by_name = {each.folded: each for each in samples}
    return next((by_name[name] for name in names if name in by_name), None)


def as_read(samples: Sequence[Sample], rules: RowRules) -> tuple[Sample, ...]:
    """The samples as a reader with the rules sees them: groups filled, no rows left out."""
    filled = [
        replace(each, cells=_filled(each.cells)) if each.heading in rules.fill_down else each
        for each in samples
    ]
    kept = [True] * len(samples[0].cells)
    for each in samples:
        words = {fold_value(word) for rule in rules.left_out if rule.heading == each.heading
                 for word in rule.words}  # fmt: skip
        tests = each.heading == rules.test_patients
        for row, cell in enumerate(each.cells):
            if (words and fold_value(cell) in words) or (tests and is_test_patient(cell)):
                kept[row] = False
    return tuple(
        replace(each, cells=tuple(c for c, keep in zip(each.cells, kept, strict=True) if keep))
        for each in filled
    )


def _filled(cells: Sequence[str]) -> tuple[str, ...]:
    above, filled = "", []
    for cell in cells:
        above = cell or above
        filled.append(above)
    return tuple(filled)


def _groups(
    dataset: Dataset, samples: Sequence[Sample], found: Mapping[str, Guess]
) -> tuple[str, ...]:
    """The first columns of a grouped table: most cells blank, the first one filled, and no value
    written twice running. A column of another kind ends them."""
    mapped = {
        heading: dataset.column(name) for name, guess in found.items() for heading in guess.headings
    }
    groups: list[str] = []
    for each in samples:
        column = mapped.get(each.heading)
        groupable = column is not None and column.kind in (Kind.TEXT, Kind.DATE, Kind.TIME)
        runs = any(one == two for one, two in pairwise(each.cells) if one)
        few = len(each.filled) <= _MOST_FILLED * len(each.cells)
        if not (groupable and few and each.cells[:1] != ("",) and each.filled) or runs:
            break
        groups.append(each.heading)
    return tuple(groups)


def _voids(dataset: Dataset, samples: Sequence[Sample]) -> list[LeftOut]:
    reasons = {fold_header(name): reason for name, reason in dataset.voids.items()}
    return [
        LeftOut(each.heading, _YES, reasons[each.folded])
        for each in once_named(samples)
        if each.folded in reasons and each.is_yes_no
    ]


def _no_records(
    dataset: Dataset, samples: Sequence[Sample], found: Mapping[str, Guess]
) -> list[LeftOut]:
    """Words of free columns with which a row is no record; those of choices are translated."""
    by_heading = {each.heading: each for each in samples}
    rules = []
    for name, guess in found.items():
        column = dataset.column(name)
        words = {fold_value(word) for word in column.hearsay.no_record}
        if not words or column.kind is Kind.CHOICE or len(guess.headings) != 1:
            continue
        cells = by_heading[guess.headings[0]].filled
        seen = tuple(sorted({cell for cell in cells if fold_value(cell) in words}))
        if seen:
            rules.append(LeftOut(guess.headings[0], seen, "blocked slot"))
    return rules
