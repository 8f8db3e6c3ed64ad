"""Uploading: several files, a preview that changes nothing, then the real thing and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO, cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards.frame import Here
from dashboards.markup.month_end import receipt_block
from dashboards.markup.text import block, note
from dashboards.views.receipt import receipt_view
from dashboards.views.words import count_of, name_of
from kpi.datasets import all_datasets
from kpi.errors import InputError
from kpi.ingest.ingestion import ingest
from kpi.ingest.receipt import Receipt
from kpi.months import Month, span

_RECEIPTS = "upload_receipts"
_ROUND = "upload_round"  # a new round empties the uploader
_PREVIEWS = "upload_previews"


def draw(here: Here) -> None:
    """The uploader, the preview of what it holds, and the receipts of what was loaded."""
    st.html(block("<h2>Upload</h2>"))
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "Exports of the month (CSV or text; several at once)",
        type=["csv", "txt", "tsv"],
        accept_multiple_files=True,
        key=f"files_{turn}",
        help="Files are read on this computer and not kept; their SHA-256 is.",
    )
    if not files:
        _loaded()
        return
    st.session_state.pop(_RECEIPTS, None)
    options = _options()
    if options is None:
        return
    previews = _previews(here, files, options)
    st.html(block("<h3>Preview: nothing is loaded yet</h3>"))
    _show(previews, preview=True)
    good = [
        file
        for file, receipts in zip(files, previews, strict=True)
        if all(each.status != "refused" for each in receipts)
    ]
    if not good:
        st.html(note("No file can be loaded as it is; the receipts above say what to do."))
        return
    if st.button(f"Load {count_of(len(good), 'file')}", type="primary"):
        with st.spinner("Loading"):
            st.session_state[_RECEIPTS] = [_read(here, file, options, False) for file in good]
        st.session_state[_ROUND] = turn + 1
        st.session_state.pop(_PREVIEWS, None)
        st.rerun()


def _loaded() -> None:
    receipts: Sequence[list[Receipt]] = st.session_state.get(_RECEIPTS, [])
    if receipts:
        _show(receipts, preview=False)


def _show(receipts: Sequence[list[Receipt]], preview: bool) -> None:
    for file in receipts:
        for receipt in file:
            st.html(receipt_block(receipt_view(receipt, preview)))


def _options() -> dict[str, Any] | None:
    """What to say about the files beside them; None, with a sentence, where it makes no sense."""
    with st.expander("Say more about these files"):
        names = [each.name for each in all_datasets()]
        dataset = st.selectbox(
            "Dataset",
            ["", *names],
            format_func=lambda name: name_of(name) if name else "As the file's header says",
            key="upload_dataset",
        )
        left, right = st.columns(2)
        first = left.text_input("Covers from (YYYY-MM)", key="upload_from")
        last = right.text_input("to (YYYY-MM)", key="upload_to")
        replace = st.checkbox(
            "Rows of the covered months that the file lacks are to go", key="upload_replace"
        )
        allow_bad = st.checkbox(
            "Load the good rows of a file with many bad ones", key="upload_allow_bad"
        )
    try:
        covers = _covers(first, last)
    except InputError as error:
        st.html(note(str(error), "worse"))
        return None
    return {
        "dataset": dataset or None,
        "covers": covers,
        "replace": replace,
        "allow_bad": allow_bad,
    }


def _covers(first: str, last: str) -> tuple[Month, ...]:
    if not first.strip() and not last.strip():
        return ()
    months = span(Month.parse(first or last), Month.parse(last or first))
    if not months:
        raise InputError(f"What a file covers ends in {last}, before it starts in {first}.")
    return months


def _previews(
    here: Here, files: Sequence[UploadedFile], options: dict[str, Any]
) -> list[list[Receipt]]:
    """Dry runs, each made once for a file and its options."""
    known: dict[object, list[Receipt]] = st.session_state.get(_PREVIEWS, {})
    said = tuple(sorted((name, str(value)) for name, value in options.items()))
    found: dict[object, list[Receipt]] = {}
    for file in files:
        key = (file.file_id, here.assignment.number, said)
        found[key] = known.get(key) or _read(here, file, options, True)
    st.session_state[_PREVIEWS] = found
    return list(found.values())


def _read(here: Here, file: UploadedFile, options: dict[str, Any], dry_run: bool) -> list[Receipt]:
    source: BinaryIO = cast(BytesIO, file)
    source.seek(0)
    practice = here.assignment.practice.id
    return ingest(here.engine, here.actor, practice, source, file.name, dry_run=dry_run, **options)
