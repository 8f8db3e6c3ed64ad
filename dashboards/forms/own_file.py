"""A manager's own file: all that practices hold about her, made when its button is pressed."""

from __future__ import annotations

from tempfile import TemporaryFile

import streamlit as st

from dashboards.frame import Here
from kpi.access.managers import Manager
from kpi.report.archive import archive
from kpi.report.own_file import own_file
from kpi.review.frozen.own_file import take_own_file


def own_file_button(here: Here, manager: Manager, label: str) -> None:
    """A button that downloads the ZIP; whoever is signed in then is asked for, and noted."""
    st.download_button(
        label,
        lambda: _zipped(here, manager),
        file_name=f"own_file_{manager.id}.zip",
        mime="application/zip",
        help="Role versions, acknowledgements, scorecards, comments and exclusions, as a ZIP.",
        on_click="ignore",
        key="download_own_file",
    )


def _zipped(here: Here, manager: Manager) -> bytes:
    with TemporaryFile() as file:
        archive(file, own_file(take_own_file(here.engine, here.session.now(), manager.id)))
        file.seek(0)
        return file.read()
