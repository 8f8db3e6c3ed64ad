"""A survey of no known vendor with a column a question is proposed, saved and read again."""

from __future__ import annotations

from io import BytesIO

from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.profile import read_profile
from kpi.ingest.proposing import proposals_of, rehearse
from tests.ingest.opened import PRACTICE, opened, taken

HEADER = (
    "Response ID,Response Date,How would you rate your visit?,Would you recommend us?,Remarks\n"
)
VOICES = HEADER + (
    "R-1,2026-01-05,Excellent,9 - very likely,kind\n"
    "R-2,2026-01-06,Fair,7,\n"
    "R-3,2026-01-07,,10 - extremely likely,slow\n"
)
NEXT = HEADER + "R-8,2026-02-02,Poor,3,\nR-9,2026-02-03,,10,\n"


def test_each_rating_becomes_a_question_with_its_scale() -> None:
    (proposal,) = proposals_of(BytesIO(VOICES.encode()), "voices.csv")
    assert proposal.dataset.name == "surveys"
    assert proposal.complete
    profile = proposal.profile("voices")
    assert profile.melt["columns"] == "ratings"
    found = rehearse(BytesIO(VOICES.encode()), "voices.csv", profile, PRACTICE)
    # Three answers to the second question, two to the first.
    assert (found.loaded, sum(found.refused.values())) == (5, 0)


def test_the_saved_profile_reads_the_next_file() -> None:
    (proposal,) = proposals_of(BytesIO(VOICES.encode()), "voices.csv")
    own = [read_profile("voices", proposal.profile_text("voices"), own=True)]
    reading = opened(NEXT, own=own)
    assert reading.profile == "voices"
    rows = taken(reading)["surveys"].rows
    # Poor is 1 of 1 to 5; 3 and 10 are of 0 to 10. Kept in ten-thousandths.
    names = ("question", "score", "scale_min", "scale_max")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("How would you rate your visit?", 10_000, 10_000, 50_000),
        ("recommend", 30_000, 0, 100_000),
        ("recommend", 100_000, 0, 100_000),
    ]


def test_a_score_that_somebody_names_takes_their_place() -> None:
    content = "Response ID,Response Date,Asked,How would you rate us?\nR-1,2026-01-05,desk,4\n"
    (proposal,) = proposals_of(BytesIO(content.encode()), "voices.csv", "surveys")
    assert proposal.rules.ratings == ("How would you rate us?",)
    said = with_answers(proposal, {"question": "Asked", "score": "How would you rate us?"})
    assert not said.rules.ratings
    profile = said.profile("voices")
    assert not profile.melt
    (row,) = taken(opened(content, own=[profile]))["surveys"].rows
    assert (row["question"], row["score"]) == ("desk", 40_000)
