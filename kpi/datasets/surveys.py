"""Surveys: one answer, or one invitation that was not answered."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="surveys",
    row="one answer, or one unanswered invitation",
    columns=(
        Column("response_id", Kind.ID, "the response's number", required=True, space="response",
               example="S-4001"),
        Column("question", Kind.TEXT, "short code of the question; needed with a score",
               example="overall_rating"),
        Column("score", Kind.DECIMAL, "the answer; empty: invited, not answered", example="5"),
        Column("scale_min", Kind.DECIMAL, "worst answer of the scale", example="1"),
        Column("scale_max", Kind.DECIMAL, "best answer of the scale", example="5"),
        Column("sent_on", Kind.DATE, "day of the invitation", example="2026-01-07"),
        Column("answered_on", Kind.DATE, "day of the answer", example="2026-01-09"),
        Column("instrument", Kind.TEXT, "questionnaire"),
        Column("provider", Kind.TEXT, "clinician"),
        LOCATION,
    ),
    month=("answered_on", "sent_on"),
    key=("response_id", "question"),
)  # fmt: skip
