"""One small control that hands out a page's tables and charts as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

import streamlit as st

from dashboards.session import Session
from dashboards.views.cards import Card
from dashboards.views.files import cards_csv, table_csv
from kpi.access.actor import Action
from kpi.access.exports import note_export
from kpi.months import Month
from kpi.report.archive import archive

_MIME = {"csv": "text/csv", "svg": "image/svg+xml", "zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class File:
    """What the button says, the file's name, and what makes it once it is asked for."""

    label: str
    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """What the trail calls it, what one must be allowed to see, and where; ``period``: of what is
    of a period, which its files are named by."""

    subject: str
    action: Action
    practice: str | None = None
    manager: str | None = None
    period: tuple[Month, Month] | None = None


def listed(label: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> File:
    """A table of texts as a CSV file."""
    found = [tuple(row) for row in rows]
    return File(f"{label} as CSV", f"{name}.csv", lambda: table_csv(headings, found))


def carded(label: str, name: str, headings: Sequence[str], lines: Iterable[Card]) -> File:
    """A list of cards as a CSV file."""
    found = list(lines)
    return File(f"{label} as CSV", f"{name}.csv", lambda: cards_csv(headings, found))


def drawn(files: Callable[[], Iterable[tuple[str, bytes]]], name: str = "charts") -> File:
    """Charts as one ZIP; ``files`` gives the name and content of each."""

    def zipped() -> bytes:
        with TemporaryFile() as file:
            archive(file, files())
            file.seek(0)
            return file.read()

    return File("Charts as SVG, in a ZIP", f"{name}.zip", zipped)


def take_away(who: Session, files: Sequence[File], export: Export) -> None:
    """The control; nothing without a file. Who sees a page may take what stands on it: whoever is
    signed in when a button is pressed is asked for again, and it is noted before the file is
    made."""
    if not files:
        return
    charts = any(not file.name.endswith(".csv") for file in files)
    label = "Download tables and charts" if charts else "Download tables"
    with st.popover(label, key="take_away"):
        for file in files:
            _button(who, file, export)


def _button(who: Session, file: File, export: Export) -> None:
    stem, _, kind = file.name.rpartition(".")
    span = "" if export.period is None else "_".join(["", *map(str, export.period)])

    def made() -> bytes:
        actor = who.now()  # the page may be an hour old when the button is pressed
        details: dict[str, Any] = {"files": [file.name]}
        if export.period is not None:
            details["months"] = [str(each) for each in export.period]
        note_export(
            who.engine, actor, export.practice, export.subject, export.action, export.manager,
            **details,
        )  # fmt: skip
        return file.make()

    st.download_button(
        file.label,
        made,
        file_name=f"{stem}{span}.{kind}",
        mime=_MIME[kind],
        on_click="ignore",
        key=f"take_away_{file.name}",
        width="stretch",
    )
