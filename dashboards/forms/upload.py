"""Uploading: a month's files in one go, a preview that changes nothing, then one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards import data
from dashboards.forms import mapping, questions
from dashboards.forms.offered import Offered, read
from dashboards.forms.progress import telling
from dashboards.forms.take_away import File, listed
from dashboards.frame import Here
from dashboards.markup.month_end import receipt_block, summary_block
from dashboards.markup.moves import moves_block
from dashboards.markup.text import block, safe, small
from dashboards.views.answers import Answers
from dashboards.views.batch import asks, is_refused, preview_words, summary
from dashboards.views.moves import moves_views, moving
from dashboards.views.receipt import LINES, RECEIPTS, receipt_cells, receipt_lines, receipt_view
from dashboards.views.words import count_of, name_of
from dashboards.web.serving import UPLOAD_MEGABYTES
from kpi.datasets import dataset as dataset_named
from kpi.ingest.questions import Question

_ROUND = "upload_round"  # a new round empties the uploader
_OFFERED = "upload_offered"
_ASKED = "upload_asked"
_BATCH = "upload_batch"


@dataclass(slots=True)
class _Batch:
    """What one click loaded: the round of the uploader, the board before it, and what came."""

    turn: int
    before: Sequence[Mapping[str, Any]]
    loaded: list[Offered] = field(default_factory=list)


def draw(here: Here, board: Sequence[Mapping[str, Any]], still: str) -> list[File]:
    """The uploader; what its files would do, or what those that were loaded did.

    ``board``: all months of the practice; ``still``: what is missing, in a sentence. Gives the
    receipts of what was loaded to take away.
    """
    st.html(block("<h2>Upload</h2>"))
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "All files of the month at once, as the systems wrote them",
        accept_multiple_files=True,
        key=f"files_{turn}",
        help=f"Text, CSV, Excel or HTML, of up to {UPLOAD_MEGABYTES} MB each; a folder can be "
        "dropped whole. Files are read on this computer and not kept; their SHA-256 is.",
    )
    batch: _Batch | None = st.session_state.get(_BATCH)
    if not files:
        _forget(_OFFERED, _ASKED)
        if batch is None:
            return []
        _draw_batch(here, batch, board, still)
        return _receipts(batch.loaded)
    if batch is not None and batch.turn != turn:
        _forget(_BATCH)  # a new month's files take the place of what the last ones did
        batch = None
    done = {each.file.file_id for each in batch.loaded} if batch is not None else set()
    left = [file for file in files if file.file_id not in done]
    if not left:
        _empty(turn)
    if batch is not None:  # somebody clicked elsewhere before all were loaded
        _draw_batch(here, batch, board, still)
    _preview(here, left, board, turn)
    return [] if batch is None else _receipts(batch.loaded)


def _receipts(loaded: Sequence[Offered]) -> list[File]:
    """What the receipts say, a row each; and the rows that they name, without what may identify."""
    found = [receipt for each in loaded for receipt in each.receipts]
    files = [listed("Receipts", "receipts", RECEIPTS, map(receipt_cells, found))]
    lines = [line for each in found for line in receipt_lines(each)]
    if lines:
        files.append(listed("Rows of the receipts", "receipt_rows", LINES, lines))
    return files


def forget() -> None:
    """Forgets all that was dropped and what came of it, refused rows' cells among it."""
    _forget(_OFFERED, _ASKED, _BATCH)


def _forget(*names: str) -> None:
    for name in names:
        st.session_state.pop(name, None)
    mapping.forget()


def _empty(turn: int) -> None:
    st.session_state[_ROUND] = turn + 1
    _forget(_OFFERED, _ASKED)
    st.rerun()


def _preview(
    here: Here, files: Sequence[UploadedFile], board: Sequence[Mapping[str, Any]], turn: int
) -> None:
    """What each file would do; those that ask something come first."""
    st.html(block("<h3>Preview: nothing is loaded yet</h3>"))
    said = {file.file_id: questions.answers(file.file_id) for file in files}
    offered = _offers(here, files, said)
    words = preview_words([each.receipts for each in offered])
    st.html(block(f'<p role="status">{safe(words)}</p>'))
    good = [each for each in offered if not is_refused(each.receipts)]
    if good and st.button(f"Load {count_of(len(good), 'file')}", type="primary"):
        _load(here, [each.file for each in good], said, board, turn)
    asked: dict[str, list[Question]] = st.session_state.setdefault(_ASKED, {})
    for each in sorted(offered, key=_urgency):
        known = asked.setdefault(each.file.file_id, [])
        known += [question for question in each.questions if question not in known]
        _draw_offered(here, each, preview=True)
        questions.draw(each.file.file_id, known)
        if Question.MAPPING in each.questions:
            mapping.draw(here, each.file, known)


def _urgency(offered: Offered) -> int:
    return 0 if asks(offered.receipts) else 1 if is_refused(offered.receipts) else 2


def _offers(
    here: Here, files: Sequence[UploadedFile], said: Mapping[str, Answers]
) -> list[Offered]:
    """Dry runs, each made once for a file, its answers and the state of the practice's data."""
    known: dict[object, Offered] = st.session_state.get(_OFFERED, {})
    rests_on = (
        here.assignment.number,
        data.revision(here.engine, here.assignment.practice),
        data.own_layouts(here.engine, here.assignment),
    )
    keys = [(file.file_id, str(rests_on), said[file.file_id]) for file in files]
    if any(key not in known for key in keys):
        names = [file.name for file in files]
        with telling("Reading", names) as told:
            for at, (file, key) in enumerate(zip(files, keys, strict=True)):
                if key not in known:
                    progress = told.file(at)
                    known[key] = read(here, file, said[file.file_id], progress, dry_run=True)
    found = {key: known[key] for key in keys}
    st.session_state[_OFFERED] = found
    return list(found.values())


def _load(
    here: Here,
    files: Sequence[UploadedFile],
    said: Mapping[str, Answers],
    board: Sequence[Mapping[str, Any]],
    turn: int,
) -> None:
    """Loads files, each in a transaction of its own; what one of them refuses leaves the others."""
    batch = st.session_state.setdefault(_BATCH, _Batch(turn, board))
    with telling("Loading", [file.name for file in files]) as told:
        for at, file in enumerate(files):
            answers = said[file.file_id]
            batch.loaded.append(read(here, file, answers, told.file(at), dry_run=False))
    _empty(turn)


def _draw_batch(here: Here, batch: _Batch, board: Sequence[Mapping[str, Any]], still: str) -> None:
    """One summary, then a receipt a file."""
    files = [each.receipts for each in batch.loaded]
    st.html(summary_block(summary(files, batch.before, board, still)))
    for each in sorted(batch.loaded, key=_urgency):
        _draw_offered(here, each, preview=False)


def _draw_offered(here: Here, offered: Offered, preview: bool) -> None:
    """A file's receipts, its refused rows to take away, and what it would move."""
    for receipt in offered.receipts:
        st.html(receipt_block(receipt_view(receipt, preview)))
    for dataset in offered.given_back.datasets:
        # Made when it is asked for, and never written by us.
        st.download_button(
            f"Download the refused rows of {name_of(dataset)}",
            partial(_refused_rows, here, offered, dataset),
            f"{dataset} refused rows.csv",
            "text/csv",
            key=f"refused_{preview}_{offered.file.file_id}_{dataset}",
            on_click="ignore",
        )
        if not dataset_named(dataset).by_key:
            st.html(
                block(
                    small(
                        f"{name_of(dataset)} is replaced as a whole: these rows are to be mended "
                        "in the export, and that dropped again. They cannot be loaded alone."
                    )
                )
            )
    if preview and offered.moves:
        corrected = any(each.changed or each.removed for each in offered.receipts)
        count = moving(offered.moves)
        words = f"{count_of(count, 'KPI')} would move" if count else "The score would move"
        st.html(moves_block(words, moves_views(offered.moves), corrected))


def _refused_rows(here: Here, offered: Offered, dataset: str) -> bytes:
    here.session.now()  # raises where nobody is signed in any more
    return offered.given_back.as_csv(dataset).encode("utf-8-sig")
