"""A layout of the practice's own that changed: what was said of it once is proposed again."""

from __future__ import annotations

from io import BytesIO

from kpi.ingest.mapping.again import as_before
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.mapping.unknown import mapped_before
from kpi.ingest.proposing import proposals_of

FIRST = "Visit No,Client,Seen On,Hour,How It Went\n"
ROWS = "".join(
    f"V{day}{at},Someone {at},01/{day:02d}/2026,{9 + at:02d}:00,{('Kept', 'Blew off')[at == 2]}\n"
    for day in range(13, 20)
    for at in range(3)
)


def proposal(text: str) -> Proposal:
    return proposals_of(BytesIO(text.encode()), "visits.csv", "appointments")[0]


def saved() -> Profile:
    """The first layout as a person mapped it."""
    found = with_answers(
        proposal(FIRST + ROWS),
        columns={
            "appointment_id": "Visit No",
            "start_at": {"columns": ["Seen On", "Hour"]},
            "status": "How It Went",
        },
        words={"status": {"Blew off": "no_show"}},
        how={"start_at": {"dates": "month first"}},
    )
    assert found.complete
    return found.profile("visits")


def test_a_layout_is_known_again_by_most_of_its_columns() -> None:
    own = saved()
    wider = proposal(FIRST.replace("\n", ",Room\n") + ROWS.replace("\n", ",2\n"))
    assert mapped_before(wider.header, [own]) is own
    other = proposal("A,B,C,D,E\n" + ROWS)
    assert mapped_before(other.header, [own]) is None
    assert mapped_before(wider.header, []) is None


def test_what_was_said_is_said_again() -> None:
    wider = proposal(FIRST.replace("\n", ",Room\n") + ROWS.replace("\n", ",2\n"))
    found = as_before(wider, saved())
    assert found.guesses["appointment_id"].headings == ("Visit No",)
    assert found.guesses["start_at"].headings == ("Seen On", "Hour")
    assert found.guesses["start_at"].written["dates"] == "month first"
    assert found.guesses["status"].words.meanings["Blew off"] == "no_show"
    assert found.complete


def test_a_column_that_is_gone_is_asked_for_again() -> None:
    narrower = proposal("Visit No,Seen On,Hour\n" + "V1,01/13/2026,09:00\nV2,01/14/2026,09:00\n")
    found = as_before(narrower, saved())
    assert "status" in found.missing
    assert found.guesses["start_at"].headings == ("Seen On", "Hour")


def test_a_new_word_is_asked_for_again() -> None:
    found = as_before(proposal(FIRST + ROWS.replace("Kept", "Came by bike", 1)), saved())
    assert found.unknown == {"status": ("Came by bike",)}


def test_a_column_that_was_left_out_stays_out() -> None:
    own = saved()
    feeds = {"appointments": {name: entry for name, entry in own.feeds["appointments"].items()
                              if name != "status"}}  # fmt: skip
    without = Profile(own.name, own.title, header=own.header, feeds=feeds, own=True)
    text = FIRST.replace("How It Went", "Status") + ROWS
    guessed = proposal(text)
    assert "status" in guessed.guesses
    named = Profile(
        without.name, without.title, header=(*own.header[:-1], "Status"), feeds=feeds, own=True
    )
    assert "status" not in as_before(guessed, named).guesses
