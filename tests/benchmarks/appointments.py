"""Makes a file of appointments of any size: the same draws every time."""

import csv
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

HEADER = (
    "appointment_id", "start_at", "status", "scheduled_minutes", "booked_at", "arrived_at",
    "roomed_at", "seen_at", "departed_at", "provider", "location", "payer",
)  # fmt: skip
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)
VISITS_A_DAY = 20  # of one provider: twenty minutes each, one after the other


def write_appointments(
    path: Path, count: int, first_day: date = FIRST_DAY, last_day: date = LAST_DAY
) -> None:
    """A canonical file of two years or of other days: more rows are more providers, not more
    days."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_rows(count, first_day, last_day))


def _rows(count: int, first_day: date, last_day: date) -> Iterator[list[str]]:
    draw = random.Random(20260101)
    days = [
        first_day + timedelta(days=at)
        for at in range((last_day - first_day).days + 1)
        if (first_day + timedelta(days=at)).weekday() < 5
    ]
    for number in range(count):
        # Days in order, the day's providers one after the other, as a schedule is exported.
        at = number * len(days) // count
        within = number - -(-at * count // len(days))
        provider, slot = divmod(within, VISITS_A_DAY)
        start = datetime.combine(days[at], datetime.min.time()) + timedelta(
            minutes=8 * 60 + 20 * slot
        )
        yield _row(draw, number, start, provider)


def _row(draw: random.Random, number: int, start: datetime, provider: int) -> list[str]:
    status = draw.choices(
        ("completed", "no_show", "cancelled", "rescheduled"), weights=(85, 6, 7, 2)
    )[0]
    booked = start - timedelta(days=draw.randint(1, 40))
    flow = ["", "", "", ""]
    if status == "completed":
        arrived = start + timedelta(minutes=draw.randint(-15, 10))
        roomed = max(start, arrived) + timedelta(minutes=draw.randint(0, 25))
        seen = roomed + timedelta(minutes=draw.randint(0, 15))
        flow = [_time(each) for each in (arrived, roomed, seen, seen + timedelta(minutes=20))]
    return [
        f"A-{number:07d}", _time(start), status, "20", _time(booked), *flow,
        f"Provider {provider:03d}", ("Main Street", "Harbor")[provider % 2],
        ("Medicare", "Blue Shield", "Self-pay")[number % 3],
    ]  # fmt: skip


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
