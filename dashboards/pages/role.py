"""Role: the job description that somebody is scored by, its versions, and who has read them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import clock, frame
from dashboards.forms.results import said, say
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.document import document_block
from dashboards.markup.role import head_block, versions_block
from dashboards.markup.text import block, empty, note, small, title
from dashboards.markup.words import words_line
from dashboards.views.direction import isolated
from dashboards.views.role import (
    VERSION_HEADINGS,
    VersionLine,
    own_to_acknowledge,
    read_blocks,
    shown_version,
    version_cells,
    version_lines,
)
from kpi.access.actor import may
from kpi.access.exports import note_export
from kpi.review.basis.versions import PublishedVersion, published_versions
from kpi.review.roles.acknowledging import ToAcknowledge, acknowledge, acknowledgements
from kpi.role.rendering import Format, render_role
from kpi.role.rendering.blocks import Block, Table
from kpi.role.rendering.description import job_description

_MIME: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}
_NAMES: dict[Format, str] = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", "md": "Markdown"}


def draw() -> None:
    """The version that is asked for, then all of them."""
    here = frame.here("Role")
    practice, role = here.assignment.practice, here.assignment.role
    versions = published_versions(here.engine, here.actor, practice.id, role)
    if not versions:
        st.html(title("Role", practice.name))
        _none(here)
        return
    found = [
        each for each in acknowledgements(here.engine, here.actor, practice.id) if each.role == role
    ]
    shown = shown_version(versions, here.address.version, clock.today())
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.html(title(shown.role.title, here.assignment.manager.name, practice.name))
    with right:
        names = [each.role.version for each in reversed(versions)]
        frame.choose("Version", names, shown.role.version, str, "version")
    said()
    lines = {each.version: each for each in version_lines(versions, found)}
    waiting = own_to_acknowledge(shown, found, here.actor.manager)
    if waiting is not None:
        st.html(note("You have not acknowledged this version yet: read it, then say so below it."))
    st.html(head_block(lines[shown.role.version]))
    with guarded():
        _downloads(here, shown)
    st.html(versions_block(list(lines.values())))
    st.html(
        words_line(
            "role", "role_version", "weight", "floor", "target", "stretch", "gate", "baseline",
            "minimum",
        )
    )  # fmt: skip
    baselines = {kpi: float(each["value"]) for kpi, each in shown.baselines.items()}
    document = job_description(shown.role, baselines)
    blocks = read_blocks(document.blocks)
    st.html(document_block(blocks))
    _take_away(here, shown, blocks, list(lines.values()))
    if waiting is not None:
        with guarded():
            _acknowledge(here, waiting)


def _take_away(
    here: Here, shown: PublishedVersion, blocks: Sequence[Block], lines: Sequence[VersionLine]
) -> None:
    """The version's own tables, and the list of all versions."""
    files = [
        listed(each.caption, name, each.head, each.rows)
        for each in blocks
        if isinstance(each, Table) and (name := each.caption.lower().replace(" ", "_"))
    ]
    files.append(listed("Versions", "versions", VERSION_HEADINGS, map(version_cells, lines)))
    about = f"tables of role {shown.role.role} {shown.role.version}"
    take_away(here.session, files, Export(about, "read_roles", here.assignment.practice.id))


def _none(here: Here) -> None:
    role, name = here.assignment.role, isolated(here.assignment.practice.name)
    who = isolated(here.assignment.manager.name)
    st.html(
        empty(
            "No role is published yet",
            f"{who} is to be scored by the role '{role}', and {name} has "
            "none of that name. HR writes and publishes it on the page Roles.",
        )
    )


def _downloads(here: Here, shown: PublishedVersion) -> None:
    """The version as a file in each format; for HR as a posting for applicants as well."""
    with st.container(horizontal=True):
        for form in _NAMES:
            _download(here, shown, form, posting=False)
    if may(here.actor, "publish_role", here.assignment.practice.id):
        st.html(block(small("For applicants, with pay range and benefits and without targets:")))
        with st.container(horizontal=True):
            for form in _NAMES:
                _download(here, shown, form, posting=True)


def _download(here: Here, shown: PublishedVersion, form: Format, posting: bool) -> None:
    practice = here.assignment.practice
    kind = "posting" if posting else "role"

    def content() -> bytes:
        actor = here.session.now()  # the page may be an hour old when the button is pressed
        about = f"{kind} {shown.role.role} {shown.role.version} as {form.upper()}"
        note_export(here.engine, actor, practice.id, about)
        baselines = {kpi: float(each["value"]) for kpi, each in shown.baselines.items()}
        return render_role(shown.role, form, posting=posting, baselines=baselines)

    st.download_button(
        f"Posting as {_NAMES[form]}" if posting else _NAMES[form],
        content,
        file_name=f"{shown.role.role}_{shown.role.version}_{kind}.{form}",
        mime=_MIME[form],
        on_click="ignore",
        key=f"download_{kind}_{form}",
    )


def _acknowledge(here: Here, waiting: ToAcknowledge) -> None:
    st.html(
        block(
            "<h2>Acknowledge</h2>",
            small(
                "Your name, the day and the SHA-256 of this text are kept. It says that you have "
                "read it, not that you agree."
            ),
        )
    )
    key = f"acknowledge_{waiting.sha256[:16]}"
    if st.button(f"I have read version {waiting.version}", key=key, type="primary"):
        done = acknowledge(
            here.engine, here.actor, waiting.practice.id, waiting.role, waiting.sha256,
            waiting.newest,
        )  # fmt: skip
        say(f"Acknowledged by {done.by} at {done.at.replace('T', ' ').removesuffix('Z')} UTC.")


draw()
