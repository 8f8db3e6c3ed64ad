"""A file on its way into a practice's records, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from kpi.access.actor import Actor
from kpi.access.practices import Practice
from kpi.datasets import Dataset
from kpi.ingest.given_back import GivenBack
from kpi.ingest.incident_deeds import Incidents
from kpi.ingest.load.refusals import Options
from kpi.ingest.load.stage import Stage
from kpi.ingest.load.straight import Straight
from kpi.ingest.load.tally import Tally
from kpi.ingest.model import Reading
from kpi.ingest.progress import Steps
from kpi.measures.figures import Figures
from kpi.months import Month


@dataclass(frozen=True, slots=True)
class Load:
    """The file, who brings it, and how it is to be taken."""

    connection: Connection
    actor: Actor
    practice: Practice
    file: Reading
    options: Options
    given_back: GivenBack | None
    steps: Steps

    @property
    def covers(self) -> tuple[Month, ...]:
        return self.options.covers or self.file.covers


@dataclass(frozen=True, slots=True)
class Share:
    """What the file feeds into one dataset: its entry of the log, its rows, its counts, and what
    its receipt says of how it meets what was there."""

    dataset: Dataset
    upload: int
    arriving: Stage | Straight
    tally: Tally
    conditions: Figures  # by which the dataset's months were judged before
    incidents: Incidents | None  # that stood before, where what is done to them waits
    sealed: int  # the month before which the dataset's are sealed; 0: none is
    notes: list[str] = field(default_factory=list)
