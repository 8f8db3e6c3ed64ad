"""The front desk: the telephone of each day, and how full each clinician's day was."""

from collections import defaultdict
from datetime import date

from .days import clinic_days
from .draw import between, stream, whole
from .files import Row, Table
from .plan import Plan
from .schedule import Booking

_OPEN = 420  # minutes of a clinician's day
_KEPT = ("completed", "no_show", "scheduled")


def calls(plan: Plan, months: range) -> Table:
    """A row a clinic day; on a few the telephone system gave no waiting times."""
    rows = []
    for index in months:
        rng, story = stream(plan.id, "calls", index), plan.story(index)
        for day in clinic_days(index):
            busy = 1.35 if day.weekday() == 0 else 1.0
            offered = round((14 * len(plan.providers) + whole(rng, 0, 16)) * busy)
            abandoned = round(offered * story.hangs_up * between(rng, 0.4, 1.6))
            answered = offered - abandoned
            seconds = round(answered * story.rings * between(rng, 0.7, 1.3))
            timed = whole(rng, 1, 40) > 1
            waited = [str(answered), str(seconds)] if timed else ["", ""]
            rows.append([f"{day}", str(offered), str(abandoned), *waited])
    return ["day", "offered", "abandoned", "answered", "wait_seconds"], rows


def availability(plan: Plan, bookings: list[Booking], months: range) -> Table:
    """A row a clinician and day; on Mondays somebody looks up the third next open visit."""
    booked: dict[tuple[date, str], int] = defaultdict(int)
    for each in bookings:
        if each.status in _KEPT:
            booked[each.day, each.provider] += each.minutes
    header = ["day", "provider", "minutes_open", "minutes_booked", "third_next_available_days"]
    located = any(each.location for each in plan.providers)
    rows: list[Row] = []
    for index in months:
        rng, story = stream(plan.id, "availability", index), plan.story(index)
        for day in clinic_days(index):
            for provider in plan.providers:
                looked = str(max(0, story.third_next + whole(rng, -2, 2)))
                row = [f"{day}", provider.name, str(_OPEN), str(booked[day, provider.name]),
                       looked if day.weekday() == 0 else ""]  # fmt: skip
                rows.append([*row, provider.location] if located else row)
    return [*header, "location"] if located else header, rows
