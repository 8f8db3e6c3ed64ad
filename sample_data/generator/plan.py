"""What a sample practice is like, month by month: the only place where its story is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Provider:
    """A clinician and where they work."""

    name: str
    location: str


@dataclass(frozen=True, slots=True)
class Payer:
    """An insurer: its share of visits, what it writes off, how soon and when it pays."""

    name: str
    share: float
    contractual: float
    lag_days: int
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody on the payroll; ``overtime``: hours of it in a usual pay period."""

    number: int
    job: str
    hired: date
    left: date | None = None
    hours: int = 80  # of a pay period of two weeks
    overtime: float = 1.5
    provider: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """How one month goes. Shares are fractions; ``waits`` are minutes at ``draw.STEPS``."""

    booked: float  # share of the slots that is booked
    no_show: float
    patient_cancels: float
    practice_moves: float
    waits: tuple[float, ...]
    double_booked: float
    booking_error: float
    fees: float  # level of the fee schedule, 1 in January 2024
    extra_lag: int  # days that insurers' payments come later
    denied: float
    copaid: float  # share of visits with a copay at the desk
    unpaid: float  # share of patients' balances that is written off in the end
    invited: int
    answering: float
    mood: float  # 1: patients are as content as can be, 0: as at a bad practice
    complaints: tuple[int, int]
    late_answers: float  # share of complaints that is not settled within a week
    costs: float  # level of running costs, 1 in January 2024
    hangs_up: float  # share of callers who do not wait for an answer
    rings: int  # seconds until a call is answered
    third_next: int  # days until the third next open visit
    strain: float  # how much more overtime is worked than usual
    untrained: float  # share of courses that are done late or not at all


@dataclass(frozen=True, slots=True)
class Plan:
    """One sample practice."""

    id: str
    name: str
    prefix: str  # first letter of its numbers
    providers: tuple[Provider, ...]
    payers: tuple[Payer, ...]
    staff: tuple[Employee, ...]
    wages: float  # monthly staff wages in January 2024, the measure of its other costs
    story: Callable[[int], Story]


SEASON = (1.0, 1.01, 1.01, 1.0, 1.0, 0.99, 0.97, 0.98, 1.0, 1.01, 1.01, 1.0)
"""How busy each calendar month is."""


def ramp(index: int, first: int, last: int) -> float:
    """0 up to the month ``first``, 1 from the month ``last`` on, straight between."""
    return min(1.0, max(0.0, (index - first) / (last - first)))
