"""One small control that hands out a page's tables and charts as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboards.frame import Here
from kpi.access.exports import note_export
from kpi.months import Month

_MIME = {"csv": "text/csv", "svg": "image/svg+xml", "zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class File:
    """What the button says, the file's name, and what makes it once it is asked for."""

    label: str
    name: str
    make: Callable[[], bytes]


def take_away(here: Here, files: Sequence[File], subject: str, first: Month, last: Month) -> None:
    """The control. Who sees a page may take what stands on it: whoever is signed in when a button
    is pressed is asked for again, and it is noted before the file is made."""
    with st.popover("Download tables and charts", key="take_away"):
        for file in files:
            _button(here, file, subject, (first, last))


def _button(here: Here, file: File, subject: str, months: tuple[Month, Month]) -> None:
    stem, _, kind = file.name.rpartition(".")

    def made() -> bytes:
        actor = here.session.now()  # the page may be an hour old when the button is pressed
        note_export(
            here.engine, actor, here.assignment.practice.id, subject,
            manager=here.assignment.manager.id, months=[str(each) for each in months],
            files=[file.name],
        )  # fmt: skip
        return file.make()

    st.download_button(
        file.label,
        made,
        file_name=f"{stem}_{months[0]}_{months[1]}.{kind}",
        mime=_MIME[kind],
        on_click="ignore",
        key=f"take_away_{file.name}",
        width="stretch",
    )
