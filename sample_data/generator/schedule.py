"""Booked visits: who comes, when they are seen, and what goes wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from .days import MONTHS, WARM_UP, clinic_days
from .draw import between, chance, from_quantiles, pick, stream, whole
from .plan import Plan, Provider, Story

_MORNING, _LUNCH, _AFTERNOON, _EVENING = 510, 720, 780, 990
_LENGTHS = (20, 20, 30, 40)


@dataclass(slots=True)
class Booking:
    """One booked visit as the scheduling system knows it. Times are the practice's own."""

    id: str
    start: datetime
    minutes: int
    provider: str
    location: str
    status: str
    changed_by: str = ""
    cancelled: datetime | None = None
    error: bool = False
    arrived: datetime | None = None
    seen: datetime | None = None
    departed: datetime | None = None

    @property
    def day(self) -> date:
        return self.start.date()


def bookings(plan: Plan) -> list[Booking]:
    """Every booked visit of a practice, the warm-up months among them, in order of time."""
    found: list[Booking] = []
    for index in range(-WARM_UP, MONTHS):
        story, rng = plan.story(index), stream(plan.id, "schedule", index)
        for day in clinic_days(index):
            for provider in plan.providers:
                found.extend(_provider_day(rng, story, provider, day))
    found.sort(key=lambda each: (each.start, each.provider))
    for number, booking in enumerate(found):
        booking.id = f"{plan.prefix}{10_001 + number}"
    return found


def _provider_day(rng: Random, story: Story, provider: Provider, day: date) -> list[Booking]:
    found: list[Booking] = []
    minute = _MORNING
    while minute < _EVENING:
        length = pick(rng, _LENGTHS)
        if minute < _LUNCH < minute + length or _LUNCH <= minute < _AFTERNOON:
            minute = _AFTERNOON
        if chance(rng, story.booked):
            found.append(_booking(rng, story, provider, day, minute, length))
            if chance(rng, story.double_booked):
                # Squeezed in: half of them overlap by five minutes only, which is no error.
                shift = length - 5 if chance(rng, 0.5) else length // 2
                found.append(_booking(rng, story, provider, day, minute + shift, 15))
        minute += length
    return found


def _booking(
    rng: Random, story: Story, provider: Provider, day: date, minute: int, length: int
) -> Booking:
    start = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    booking = Booking("", start, length, provider.name, provider.location, "completed")
    booking.error = chance(rng, story.booking_error)
    limits = (
        ("no_show", story.no_show),
        ("patient", story.patient_cancels),
        ("practice", story.practice_moves),
        ("scheduled", 0.002),
    )
    left = rng.random()
    for outcome, share in limits:
        left -= share
        if left < 0:
            return _not_kept(rng, booking, outcome)
    _flow(rng, story, booking)
    return booking


def _not_kept(rng: Random, booking: Booking, outcome: str) -> Booking:
    if outcome in ("patient", "practice"):
        booking.changed_by = outcome
        booking.status = "cancelled" if chance(rng, 0.55) else "rescheduled"
        hours = between(rng, 1, 120 if outcome == "patient" else 60)
        notice = timedelta(minutes=int(hours * 60))
        booking.cancelled = booking.start - notice
        if chance(rng, 0.04):
            booking.changed_by = ""
    else:
        booking.status = outcome
    return booking


def _flow(rng: Random, story: Story, booking: Booking) -> None:
    """Arrival, clinician and leaving. A few visits nobody tracked, a few clocks were wrong."""
    early = -whole(rng, 1, 12) if chance(rng, 0.14) else whole(rng, 0, 22)
    arrived = booking.start - timedelta(minutes=early)
    wait = from_quantiles(rng, story.waits)
    seconds = int(wait * 60)
    if chance(rng, 0.97):
        seconds -= seconds % 60
    seen = max(arrived, booking.start) + timedelta(seconds=seconds)
    if chance(rng, 0.04):
        seen = min(seen, max(arrived, booking.start - timedelta(minutes=3)))
    booking.arrived, booking.seen = arrived, seen
    booking.departed = seen + timedelta(minutes=whole(rng, 10, booking.minutes + 8))
    trouble = rng.random()
    if trouble < 0.035:
        booking.arrived = booking.seen = booking.departed = None
    elif trouble < 0.045:
        booking.seen = None
    elif trouble < 0.050:
        booking.seen = arrived - timedelta(minutes=4)
    elif trouble < 0.052:
        booking.seen = arrived + timedelta(hours=9)
