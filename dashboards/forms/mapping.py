"""Mapping a file that nothing known fits: what its columns are and its words mean, said once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards import data, frame
from dashboards.forms import questions
from dashboards.forms.mapping_answers import (
    chosen,
    draw_columns,
    draw_ways,
    draw_words,
    meanings,
    ways,
)
from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.mapping import columns_block, rehearsal_block, to_say_block
from dashboards.markup.text import block, note, small
from dashboards.views.answers import sentence_of
from dashboards.views.mapping import (
    changed,
    controls_of,
    layout_name,
    not_kept,
    rehearsal_view,
    still_to_say,
)
from dashboards.views.words import name_of
from kpi.datasets import all_datasets
from kpi.errors import FileRefused
from kpi.ingest.files.naming import shown_name
from kpi.ingest.mapping.again import as_before
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.offer import offer_of
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.mapping.unknown import mapped_before
from kpi.ingest.own_profiles import save_profile
from kpi.ingest.proposing import Rehearsal, proposals_of, rehearse
from kpi.ingest.questions import FileAsks, Question

_PROPOSED = "mapping_proposed"
_REHEARSED = "mapping_rehearsed"


@st.fragment
def draw(here: Here, file: UploadedFile, asked: list[Question]) -> None:
    """The wizard of one file. Only it runs again while choices are made. ``asked``: what stands
    above it to be answered; what the mapping itself asks is added."""
    with guarded():
        _draw(frame.anew(here), file, asked)


def forget() -> None:
    """Forgets the samples of all files."""
    for name in (_PROPOSED, _REHEARSED):
        st.session_state.pop(name, None)


def _draw(here: Here, file: UploadedFile, asked: list[Question]) -> None:
    st.html(
        block(
            "<h3>Map its columns once</h3>",
            small("Files with the same header are read without a question from then on."),
        )
    )
    own = data.own_layouts(here.engine, here.assignment)
    found = _proposal(file, own)
    if found is None:
        return
    proposal, before = found
    key = f"map_{file.file_id}_{proposal.table}_{proposal.dataset.name}"
    controls = controls_of(proposal, offer_of(proposal))
    stands = chosen(key, controls)
    said = with_answers(proposal, changed(controls, stands))
    words = offer_of(said).words
    said = with_answers(said, words=meanings(key, words))
    said = with_answers(said, how=ways(key, said))
    offer = offer_of(said)
    st.html(columns_block(offer.columns, offer.rows))
    to_say = still_to_say(offer)
    if to_say:
        st.html(to_say_block(to_say))
    draw_columns(key, controls, stands)
    draw_words(key, words, offer.more_words)
    draw_ways(key, said, offer)
    for sentence in (not_kept(offer), *offer.settings):
        st.html(block(small(sentence)))
    if not offer.missing and not offer.undecided:
        _draw_rehearsal(here, file, said, asked)
    _save(here, file, said, own, before)


# -- the proposal ------------------------------------------------------------------------------


def _proposal(file: UploadedFile, own: Sequence[Profile]) -> tuple[Proposal, Profile | None] | None:
    """The proposal for the table and dataset that are chosen, and the layout that it was before
    it changed, if it is one of the practice's own; None, with a sentence, until one is chosen."""
    names = [each.name for each in all_datasets()]
    why = ""
    try:
        best = {each.table: each for each in _proposals(file, None)}
    except FileRefused as refusal:
        best, why = {}, sentence_of(refusal)
    # A table has the same header whatever it is taken for.
    tables = best or {each.table: each for each in _proposals(file, names[0])}
    left, right = st.columns(2)
    table = next(iter(tables))
    if len(tables) > 1:
        table = right.selectbox("Table", list(tables), key=f"map_table_{file.file_id}")
    before = mapped_before(tables[table].header, own)
    likely = best[table].dataset.name if best else ""
    if before is not None and before.feeds:
        likely = next(iter(before.feeds))
    options = names if likely else ["", *names]
    wanted = left.selectbox(
        "What the file holds",
        options,
        options.index(likely),
        format_func=lambda name: name_of(name) if name else "Not chosen",
        key=f"map_dataset_{file.file_id}_{table}",
    )
    if not wanted:
        st.html(note(why, "worse"))
        return None
    found = {each.table: each for each in _proposals(file, wanted)}
    proposal = found.get(table, next(iter(found.values())))
    return (proposal if before is None else as_before(proposal, before)), before


def _proposals(file: UploadedFile, wanted: str | None) -> list[Proposal]:
    known: dict[tuple[str, str | None], list[Proposal]]
    known = st.session_state.setdefault(_PROPOSED, {})
    if (file.file_id, wanted) not in known:
        known[file.file_id, wanted] = proposals_of(_rewound(file), file.name, wanted)
    return known[file.file_id, wanted]


def _rewound(file: UploadedFile) -> BinaryIO:
    source = cast(BinaryIO, file)
    source.seek(0)
    return source


# -- the preview and the end -------------------------------------------------------------------


def _draw_rehearsal(
    here: Here, file: UploadedFile, proposal: Proposal, asked: list[Question]
) -> None:
    """What would be loaded, or why the file would be refused: the mapping may be right all the
    same, and only the months still to be said."""
    try:
        st.html(rehearsal_block(rehearsal_view(_rehearsed(here, file, proposal))))
    except FileAsks as refusal:
        if refusal.question is not Question.COVERS:
            raise
        if refusal.question not in asked:
            asked.append(refusal.question)
            st.rerun()
        st.html(note(f"{refusal} Say above which months it covers.", "worse"))


def _rehearsed(here: Here, file: UploadedFile, proposal: Proposal) -> Rehearsal:
    covers = questions.answers(file.file_id).covers
    key = (file.file_id, proposal.table, proposal.profile_text(""), covers)
    known: dict[object, Rehearsal] = st.session_state.get(_REHEARSED, {})
    if key not in known:
        profile = proposal.profile("this mapping")
        known = {
            key: rehearse(
                _rewound(file), file.name, profile, here.assignment.practice, covers,
                proposal.table,
            )
        }  # fmt: skip
        st.session_state[_REHEARSED] = known
    return known[key]


def _save(
    here: Here,
    file: UploadedFile,
    proposal: Proposal,
    own: Sequence[Profile],
    before: Profile | None,
) -> None:
    taken = [each.name for each in own]
    given = before.name if before else layout_name(shown_name(file.name), taken)
    name = st.text_input(
        "Name of this layout", given, max_chars=80, key=f"map_name_{file.file_id}",
        help="Receipts say by which layout a file was read. One of the same name is replaced.",
    ).strip()  # fmt: skip
    if st.button(
        "Save the mapping and read the file",
        type="primary",
        disabled=not (proposal.complete and name),
        key=f"map_save_{file.file_id}",
    ):
        text = proposal.profile_text(name)
        save_profile(here.engine, here.actor, here.assignment.practice.id, name, text)
        forget()
        say(f"The layout is saved as '{name}': files like it are read without a question now.")
