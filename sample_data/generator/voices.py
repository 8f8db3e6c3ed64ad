"""What patients say: survey answers and complaints."""

from datetime import date, timedelta
from random import Random

from .days import MONTHS, clinic_days, last_day
from .draw import chance, pick, stream, weighted, whole
from .plan import Plan

Row = list[str]

SURVEY_HEADER = [
    "response_id", "question", "score", "scale_min", "scale_max", "sent_on", "answered_on",
]  # fmt: skip
COMPLAINT_HEADER = ["complaint_id", "received_on", "resolved_on", "category"]

# How answers spread from the lowest score to the highest, at a practice patients are unhappy
# with and at one that they like.
_OVERALL = ((0.20, 0.22, 0.24, 0.22, 0.12), (0.01, 0.01, 0.05, 0.21, 0.72))
_ACCESS = ((0.24, 0.30, 0.28, 0.18), (0.01, 0.03, 0.21, 0.75))
_RECOMMEND = (
    (0.10, 0.05, 0.07, 0.08, 0.09, 0.12, 0.12, 0.12, 0.11, 0.08, 0.06),
    (0.00, 0.00, 0.01, 0.01, 0.01, 0.02, 0.03, 0.06, 0.15, 0.26, 0.45),
)
_QUESTIONS = (("overall_rating", 1, _OVERALL), ("access", 1, _ACCESS), ("recommend", 0, _RECOMMEND))

_CATEGORIES = (
    "Waiting time, front desk", "Waiting time, exam room", "Telephone", "Billing", "Courtesy",
    "Appointment moved",
)  # fmt: skip


def survey_rows(plan: Plan) -> dict[int, list[Row]]:
    """By month of the invitation: a row an answer, a row an invitation nobody answered."""
    found: dict[int, list[Row]] = {}
    number = 10_000
    for index in range(MONTHS):
        rng, story = stream(plan.id, "surveys", index), plan.story(index)
        days = clinic_days(index)
        rows: list[Row] = []
        for _ in range(story.invited + whole(rng, -6, 6)):
            number += 1
            sent = pick(rng, days)
            answered = sent + timedelta(days=whole(rng, 0, 6))
            if answered > last_day(index):
                answered = sent
            ident = f"{plan.prefix}S{number}"
            if not chance(rng, story.answering):
                rows.append([ident, "", "", "", "", sent.isoformat(), ""])
                continue
            rows.extend(_answers(rng, story.mood, ident, sent, answered))
        rows.sort(key=lambda row: row[5])
        found[index] = rows
    return found


def _answers(rng: Random, mood: float, ident: str, sent: date, answered: date) -> list[Row]:
    rows = []
    # Somebody who is content with one thing is rather content with all.
    own = min(1.0, max(0.0, mood + (0.12 if chance(rng, 0.5) else -0.12)))
    dates = [sent.isoformat(), answered.isoformat() if chance(rng, 0.98) else ""]
    for question, lowest, (unhappy, happy) in _QUESTIONS:
        if chance(rng, 0.06):
            continue
        weights = [(1 - own) * low + own * high for low, high in zip(unhappy, happy, strict=True)]
        score = lowest + weighted(rng, range(len(weights)), weights)
        highest = lowest + len(weights) - 1
        rows.append([ident, question, str(score), str(lowest), str(highest), *dates])
    return rows or [[ident, "", "", "", "", sent.isoformat(), ""]]


def complaint_rows(plan: Plan) -> dict[int, list[Row]]:
    """By month: complaints, with the day on which each was settled, where it was."""
    found: dict[int, list[Row]] = {}
    number = 100
    for index in range(MONTHS):
        rng, story = stream(plan.id, "complaints", index), plan.story(index)
        days = sorted(pick(rng, clinic_days(index)) for _ in range(whole(rng, *story.complaints)))
        rows = []
        for received in days:
            number += 1
            late = chance(rng, story.late_answers)
            resolved = received + timedelta(days=whole(rng, 8, 25) if late else whole(rng, 0, 7))
            settled = "" if late and chance(rng, 0.2) else resolved.isoformat()
            rows.append([f"{plan.prefix}K{number}", received.isoformat(), settled,
                         pick(rng, _CATEGORIES)])  # fmt: skip
        found[index] = rows
    return found
