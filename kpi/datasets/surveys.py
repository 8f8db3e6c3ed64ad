"""Surveys: one answer, or one invitation that was not answered."""

from kpi.datasets.hearsay import Hearsay
from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="surveys",
    row="one answer, or one unanswered invitation",
    columns=(
        Column("response_id", Kind.ID, "the response's number", required=True, space="response",
               example="S-4001",
               aliases=("survey id", "response id", "responseid", "respondent id",
                        "respondentid")),
        Column("question", Kind.TEXT, "short code of the question; needed with a score",
               example="overall_rating",
               aliases=("question text", "item", "measure cd", "measure")),
        Column("score", Kind.DECIMAL, "the answer; empty: invited, not answered", example="5",
               aliases=("mean score", "rating")),
        Column("scale_min", Kind.DECIMAL, "worst answer of the scale", example="1"),
        Column("scale_max", Kind.DECIMAL, "best answer of the scale", example="5"),
        Column("sent_on", Kind.DATE, "day of the invitation", example="2026-01-07",
               aliases=("date sent", "sent date", "mailed date", "invited on")),
        Column("answered_on", Kind.DATE, "day of the answer", example="2026-01-09",
               aliases=("received date", "date received", "response date", "completed date",
                        "recorded date", "end date"),
               hearsay=Hearsay(doubtful={
                   "visit date": "the day of the visit, which may lie in an earlier month"})),
        Column("instrument", Kind.TEXT, "questionnaire",
               aliases=("survey type", "survey name", "survey")),
        Column("provider", Kind.TEXT, "clinician",
               aliases=("provider name", "doctor", "rendering provider")),
        LOCATION,
    ),
    month=("answered_on", "sent_on"),
    key=("response_id", "question"),
)  # fmt: skip
