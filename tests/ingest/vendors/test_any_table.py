"""Whatever a table holds, a mapping is proposed or refused in a sentence, and names nobody."""

import csv
import io
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.datasets import all_datasets
from kpi.errors import FileRefused
from kpi.ingest.mapping.names import all_names
from kpi.ingest.mapping.offer import offer_of
from kpi.ingest.proposing import proposals_of, rehearse
from tests.ingest.opened import PRACTICE

# What a column may hold of people, whatever its name promises.
PLANTED = (
    ("Planted, Polly", "Planted, Peter", "Planted, Paula", "Planted, Pia"),
    ("Polly Planted", "Peter Planted", "Paula Planted", "Pia Planted"),
    ("Ms Planted no show", "moved by Polly Planted", "Mr Planted cancelled", "Dr Planted called"),
    ("123-45-6789", "123-45-6780", "123-45-6781", "123-45-6782"),
    ("212-555-0101", "(212) 555-0102", "212-555-0103", "212-555-0104"),
    ("polly@planted.example", "peter@planted.example", "paula@planted.example"),
    ("02/23/1951", "05/26/1962", "07/28/1988", "08/29/2003"),
    ("1951-02-23", "1962-05-26", "1988-07-28", "2003-08-29"),
    ("4470001928", "4470001929", "4470001930", "4470001931"),
)
TELLING = ("planted", "123-45", "555-01", "1951", "1962", "1988", "447000")

HEADINGS = st.one_of(
    st.sampled_from(sorted(all_names())),
    st.sampled_from(sorted(each.name for each in all_datasets())),
    st.text(string.ascii_letters + " #/_-()", min_size=1, max_size=12),
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "0", "1.50", "$2,000.00", "(3.00)", "01/25/2026", "2026-01-25T09:00:00", "9:05A",
         "830", "20260125", "Y", "N", "N/S", "x", "Checked Out", "Total", "87.5*", "REG", "OT"]
    ),
    st.text(max_size=8),
)  # fmt: skip


def written(headings: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode("utf-8", "replace")


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    headings = draw(st.lists(HEADINGS, min_size=1, max_size=9))
    width = len(headings)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=9))
    return written(headings, rows)


@st.composite
def peopled(draw: st.DrawFn) -> bytes:
    headings = draw(st.lists(HEADINGS, min_size=2, max_size=7))
    columns = [draw(st.permutations(draw(st.sampled_from(PLANTED)))) for _ in headings]
    return written(headings, [list(row) for row in zip(*columns, strict=False)])


QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


@QUIET
@given(tables(), st.sampled_from([None, *(each.name for each in all_datasets())]))
def test_every_table_is_mapped_or_refused(content: bytes, wanted: str | None) -> None:
    try:
        proposals = proposals_of(io.BytesIO(content), "table.csv", wanted)
    except FileRefused as refusal:
        proposals = []
        said = str(refusal)
    else:
        said = "."
    assert said.endswith(".")
    for proposal in proposals:
        offer = offer_of(proposal)
        assert {each.column for each in offer.guesses} | set(offer.free) == set(
            proposal.dataset.names
        )
        profile = proposal.profile("mine")
        try:
            found = rehearse(io.BytesIO(content), "table.csv", profile, PRACTICE)
        except FileRefused:
            continue
        assert found.read == found.loaded + sum(found.left_out.values()) + sum(
            found.refused.values()
        )


@QUIET
@given(peopled(), st.sampled_from([None, "appointments", "payments"]))
def test_no_cell_that_names_somebody_is_shown_or_saved(content: bytes, wanted: str | None) -> None:
    said: list[str] = []
    try:
        for proposal in proposals_of(io.BytesIO(content), "table.csv", wanted):
            said += [repr(offer_of(proposal)), proposal.profile_text("mine")]
            profile = proposal.profile("mine")
            said.append(repr(rehearse(io.BytesIO(content), "table.csv", profile, PRACTICE)))
    except FileRefused as refusal:
        said.append(str(refusal))
    shown = " ".join(said).casefold()
    assert not [each for each in TELLING if each in shown]
