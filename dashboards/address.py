"""The page's address: whose score, which period, which KPI.

The address is the only memory of what is chosen, so a link, a bookmark, back and forward all give
what they gave. It holds an assignment's number and never a person's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlencode

from dashboards.views.periods import SO_FAR, Period, from_address, in_address
from kpi.catalogue.splits import SPLITS, Split

Order = Literal["lost", "role"]
Against = Literal["before", "year"]

AGAINST: tuple[Against, ...] = get_args(Against)


@dataclass(frozen=True, slots=True)
class Address:
    """What the address says; None where it says nothing that can be used."""

    assignment: int | None = None
    period: str | None = None
    kpi: str | None = None
    order: Order = "lost"
    page: int = 1  # of the records behind a KPI
    against: Against = "before"  # the period that a KPI's is compared with
    by: Split | None = None  # None: whatever can be split
    since: date | None = None  # from when on a KPI's changes are told
    practice: str | None = None  # whose role is written
    role: str | None = None
    version: str | None = None  # of the role that is read
    part: str | None = None  # of the editor
    review: int | None = None  # by its number

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Address:
        """The address from its query; what is not understood is passed over."""
        order, period = query.get("order", ""), query.get("period", "")
        return cls(
            assignment=_whole(query.get("assignment", "")),
            period=period if period == SO_FAR or from_address(period) else None,
            kpi=query.get("kpi") or None,
            order="role" if order == "role" else "lost",
            page=_whole(query.get("page", "")) or 1,
            against="year" if query.get("against") == "year" else "before",
            by=next((each for each in SPLITS if each == query.get("by")), None),
            since=_day(query.get("since", "")),
            practice=query.get("practice") or None,
            role=query.get("role") or None,
            version=query.get("version") or None,
            part=query.get("part") or None,
            review=_whole(query.get("review", "")),
        )

    def query(self) -> dict[str, str]:
        """The query that gives this address back; defaults are left out."""
        found = {
            "assignment": str(self.assignment) if self.assignment else None,
            "period": self.period,
            "kpi": self.kpi or None,
            "order": self.order if self.order != "lost" else None,
            "page": str(self.page) if self.page > 1 else None,
            "against": self.against if self.against != "before" else None,
            "by": self.by,
            "since": self.since.isoformat() if self.since else None,
            "practice": self.practice,
            "role": self.role,
            "version": self.version,
            "part": self.part,
            "review": str(self.review) if self.review else None,
        }
        return {name: value for name, value in found.items() if value is not None}

    def to_kpi(self, id: str) -> str:
        """A link to a KPI's page, relative to any page."""
        return f"kpi?{urlencode(replace(self, kpi=id, page=1).query())}"

    def to_figures(self, assignment: int, period: Period, kpi: str = "") -> str:
        """A link to the overview of an assignment's period, or to the page of one of its KPIs."""
        query = Address(assignment=assignment, period=in_address(*period), kpi=kpi or None).query()
        return f"{'kpi' if kpi else './'}?{urlencode(query)}"

    def to_catalogue(self, id: str | None) -> str:
        """A link to a KPI's entry in the catalogue, to all of them without an id."""
        return f"catalogue?{urlencode(replace(self, kpi=id, page=1).query())}"

    def to_month_end(self) -> str:
        """A link to the page that shows which month of which dataset is there."""
        return f"month-end?{urlencode(replace(self, page=1).query())}"

    def to_role(self, assignment: int) -> str:
        """A link to the role that somebody is scored by."""
        return f"role?{urlencode(Address(assignment=assignment).query())}"

    def to_editor(self, practice: str, role: str) -> str:
        """A link to where a practice's role is written."""
        where = Address(assignment=self.assignment, practice=practice, role=role)
        return f"editor?{urlencode(where.query())}"

    def to_roles(self) -> str:
        """A link to the list of all roles."""
        return f"roles?{urlencode(Address(assignment=self.assignment).query())}"

    def to_reviews(self) -> str:
        """A link to the list of reviews."""
        return f"reviews?{urlencode(Address(assignment=self.assignment).query())}"

    def to_review(self, number: int, assignment: int) -> str:
        """A link to one review."""
        return f"review?{urlencode(Address(assignment=assignment, review=number).query())}"

    def to_plan(self, assignment: int) -> str:
        """A link to somebody's development plan."""
        return f"plan?{urlencode(Address(assignment=assignment).query())}"

    def to_people(self, assignment: int) -> str:
        """A link to where an assignment, its leave and what is left out are kept."""
        return f"people?{urlencode(Address(assignment=assignment).query())}"

    def to_overview(self, assignment: int) -> str:
        """A link to the overview of somebody's score in the same period."""
        return f"./?{urlencode(replace(self, assignment=assignment, kpi=None, page=1).query())}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
