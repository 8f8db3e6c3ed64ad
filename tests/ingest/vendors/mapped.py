"""Maps a sample file as a person would and reads it through the reader by the profile saved."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kpi.datasets import Kind, dataset
from kpi.datasets.stored import DECIMAL_SCALE, date_of, time_of
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.proposing import proposals_of
from tests.ingest.opened import Taken, opened, taken

FILES = Path(__file__).parent / "files"

# What a person has to correct in the proposal for each file: at most one thing.
CORRECTIONS: Mapping[str, Mapping[str, Any]] = {
    "adp_timecard.csv": {},
    "advancedmd_ar_aging.xls": {},
    "athenahealth_appointments.csv": {},
    "drchrono_appointments.csv": {"words": {"status": {"": "scheduled"}}},
    "eclinicalworks_appointments.csv": {"words": {"status": {"LWBS": "completed"}}},
    "gusto_payroll_journal.csv": {},
    "nextgen_appointments.csv": {"words": {"status": {"": "no_show"}}},
    "opendental_aging.txt": {"columns": {"days_over_120": {"constant": "0"}}},
    "paychex_flex.csv": {"words": {"regular_hours": {"On Call": "no record"}}},
    "press_ganey.csv": {},
    "tebra_ar_aging_by_insurance.csv": {},
}


def proposed(name: str) -> Proposal:
    """The proposal for a sample's only table."""
    (proposal,) = proposals_of(FILES / name, name)
    return proposal


def confirmed(name: str) -> Proposal:
    """The same after the one correction of a person, where one is needed."""
    return with_answers(proposed(name), **CORRECTIONS[name])


def read_by(proposal: Proposal, content: Path | str | bytes) -> Taken:
    """What the reader takes from a file of that layout, by the profile that would be saved."""
    (only,) = taken(opened(content, own=[proposal.profile("mine")])).values()
    return only


def plain(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored rows as people would write them: days, times, dollars, hours; no keys and lines."""
    kinds = {column.name: column.kind for column in dataset(name).columns}
    return [
        {key: _plain(kinds[key], value) for key, value in row.items()
         if key in kinds and kinds[key] is not Kind.ID and value is not None}
        for row in rows
    ]  # fmt: skip


def _plain(kind: Kind, value: Any) -> date | datetime | float | int | str:
    if kind is Kind.DATE:
        return date_of(value)
    if kind is Kind.TIME:
        return time_of(value)
    if kind is Kind.MONEY:
        return float(value) / 100
    if kind is Kind.DECIMAL:
        return float(value) / DECIMAL_SCALE
    return value  # type: ignore[no-any-return]
