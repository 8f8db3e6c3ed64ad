"""The model of the log: what the tables hold is what loading the standing files in order gives."""

from dataclasses import dataclass, field
from itertools import count

from kpi.months import Month

Cells = dict[str, str | None]
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class File:
    """A file as people wrote it: a cell is a text, None where blank, or UNREADABLE."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    replaces: tuple[Month, ...] = ()
    number: int = field(default_factory=count().__next__, compare=False)


def by_key(standing: list[File], key: str, required: str, month: str) -> dict[str, Cells]:
    """Records by key, column by column, the last standing file first heard."""
    held: dict[str, Cells] = {}
    for file in standing:
        good = [row for row in file.rows if row.get(required) not in (None, UNREADABLE)
                or required not in file.columns]  # fmt: skip
        named = {str(row[key]) for row in file.rows}
        for row in {str(row[key]): row for row in good}.values():
            read = {name: row[name] for name in file.columns if row[name] != UNREADABLE}
            held[str(row[key])] = {**held.get(str(row[key]), {}), **read}
        places = {row["location"] for row in good} if "location" in file.columns else None
        for name in [name for name, cells in held.items() if name not in named]:
            when, place = held[name].get(month), held[name].get("location")
            in_months = when is not None and Month.parse(when[:7]) in file.replaces
            if in_months and (places is None or place in places):
                del held[name]
    return held


def by_period(standing: list[File], period: str, identity: tuple[str, ...]) -> list[Cells]:
    """Rows of the last file that speaks for their period, location and part."""
    held: list[Cells] = []
    for file in standing:
        spoken = [(row[period], row.get("location"), row.get("part")) for row in file.rows]
        held = [
            row
            for row in held
            if not any(
                row[period] == when
                and (place is None or row.get("location") in (None, place))
                and (part is None or row.get("part") in (None, part))
                for when, place, part in spoken
            )
        ] + list(file.rows)
    return held
