"""From visits to charges, from charges to postings, and what is owed in between. In cents."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .days import after_clinic_days, index_of, next_clinic_day
from .draw import between, chance, pick, stream, weighted, whole
from .plan import Payer, Plan, Story
from .schedule import Booking

_VISITS = (("99213", 18_500), ("99214", 26_300), ("99203", 23_600), ("99212", 12_400))
_VISIT_WEIGHTS = (0.44, 0.38, 0.10, 0.08)
_EXTRAS = (("36415", 1_900), ("85025", 3_400), ("93000", 5_600), ("90471", 4_100))
_COPAYS = (2_000, 2_500, 3_000, 4_000)


@dataclass(slots=True)
class Charge:
    """One charge line."""

    id: str
    posted: date
    amount: int
    service: date
    location: str
    code: str


@dataclass(slots=True)
class Posting:
    """One posting to an account; ``at_visit`` is None where it says nothing."""

    id: str
    posted: date
    amount: int
    kind: str
    source: str
    payer: str
    location: str
    at_visit: bool | None


@dataclass(slots=True)
class Account:
    """What one day's visits of one payer at one location owe, and how it is paid off."""

    service: date
    posted: date
    payer: Payer
    location: str
    gross: int = 0
    copaid: int = 0
    paid_off: list[tuple[date, int]] = field(default_factory=list)

    def open_on(self, day: date) -> int:
        """What is still owed at the end of a day."""
        if day < self.posted:
            return 0
        return self.gross - sum(amount for when, amount in self.paid_off if when <= day)


@dataclass(slots=True)
class Books:
    """All charges and postings of a practice, and the accounts behind them."""

    charges: list[Charge] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    net: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """By month index: what was charged less what insurers write off, the accrued revenue."""


def books(plan: Plan, visits: list[Booking]) -> Books:
    """Everything that the completed visits bring about, the warm-up months among them."""
    found = Books()
    rng = stream(plan.id, "money")
    accounts: dict[tuple[date, str, str], Account] = {}
    for visit in visits:
        if visit.status == "completed":
            _charge(rng, plan, visit, found, accounts)
    found.accounts = list(accounts.values())
    totals: dict[tuple[date, str, str, str, str], int] = defaultdict(int)
    for account in found.accounts:
        _settle(rng, plan.story(index_of(account.service)), account, found, totals)
    for (day, kind, source, payer, location), amount in totals.items():
        found.postings.append(Posting("", day, amount, kind, source, payer, location, None))
    _refunds(plan, found)
    found.charges.sort(key=lambda each: (each.posted, each.service))
    found.postings.sort(key=lambda each: (each.posted, each.location, each.payer, each.kind))
    for number, charge in enumerate(found.charges):
        charge.id = f"{plan.prefix}C{10_001 + number}"
    for number, posting in enumerate(found.postings):
        posting.id = f"{plan.prefix}P{10_001 + number}"
    return found


def _charge(
    rng: Random,
    plan: Plan,
    visit: Booking,
    found: Books,
    accounts: dict[tuple[date, str, str], Account],
) -> None:
    story = plan.story(index_of(visit.day))
    payer = weighted(rng, plan.payers, [each.share for each in plan.payers])
    lag = weighted(rng, (0, 1, 2, 4), (0.25, 0.50, 0.18, 0.07))
    posted = after_clinic_days(visit.day, lag)
    lines = [weighted(rng, _VISITS, _VISIT_WEIGHTS)]
    if chance(rng, 0.18):
        lines.append(pick(rng, _EXTRAS))
    key = (visit.day, payer.name, visit.location)
    if key not in accounts:
        accounts[key] = Account(visit.day, posted, payer, visit.location)
    account = accounts[key]
    for code, price in lines:
        amount = int(price * story.fees / 100) * 100
        found.charges.append(Charge("", posted, amount, visit.day, visit.location, code))
        account.gross += amount
        found.net[index_of(posted)] += round(amount * (1 - payer.contractual))
    if chance(rng, story.copaid):
        copay = pick(rng, _COPAYS)
        account.copaid += copay
        account.paid_off.append((visit.day, copay))
        found.postings.append(
            Posting("", visit.day, copay, "payment", "patient", "", visit.location, True)
        )


def _settle(
    rng: Random,
    story: Story,
    account: Account,
    found: Books,
    totals: dict[tuple[date, str, str, str, str], int],
) -> None:
    """The insurer's part, what it writes off, and what patients still owe after it."""
    contractual = round(account.gross * account.payer.contractual)
    insured = round((account.gross - contractual) * 0.82)
    owed = account.gross - contractual - insured - account.copaid
    lag = account.payer.lag_days + story.extra_lag + whole(rng, -4, 8)
    denied = chance(rng, story.denied)
    if denied:
        lag += whole(rng, 40, 95)
    paid_on = _remittance(account.posted + timedelta(days=lag), account.payer)
    never = denied and chance(rng, 0.22)
    if never:
        paid_on = next_clinic_day(account.posted + timedelta(days=whole(rng, 150, 200)))
    if owed < 0:  # copays took more than the patients' part; the insurer pays that much less
        insured, owed = insured + owed, 0
    kind = "bad_debt" if never else "payment"
    for amount, what in ((contractual, "contractual"), (insured, kind)):
        totals[paid_on, what, "insurance", account.payer.name, account.location] += amount
        account.paid_off.append((paid_on, amount))
    if owed:
        billed = next_clinic_day(paid_on + timedelta(days=whole(rng, 12, 60)))
        bad = chance(rng, story.unpaid)
        if bad:
            billed = next_clinic_day(paid_on + timedelta(days=whole(rng, 110, 150)))
        account.paid_off.append((billed, owed))
        what = "bad_debt" if bad else "payment"
        found.postings.append(
            Posting("", billed, owed, what, "patient", "", account.location, False)
        )


def _remittance(day: date, payer: Payer) -> date:
    """The first day from that day on on which the payer's remittances are posted."""
    while day.weekday() not in payer.weekdays or next_clinic_day(day) != day:
        day += timedelta(days=1)
    return day


def _refunds(plan: Plan, found: Books) -> None:
    """One posting in a hundred was too much and goes back some weeks later."""
    rng = stream(plan.id, "refunds")
    for posting in list(found.postings):
        if posting.kind == "payment" and chance(rng, 0.012):
            back = -int(min(posting.amount, 12_000) * between(rng, 0.2, 0.9))
            day = next_clinic_day(posting.posted + timedelta(days=whole(rng, 10, 40)))
            found.postings.append(
                Posting("", day, back, "refund", posting.source, posting.payer, posting.location,
                        posting.at_visit)
            )  # fmt: skip


def aged(found: Books, day: date) -> dict[tuple[str, str], list[int]]:
    """What is owed at the end of a day, by payer and location, in the five buckets of age."""
    balances: dict[tuple[str, str], list[int]] = {}
    for account in found.accounts:
        owed = account.open_on(day)
        if owed <= 0:
            continue
        age = (day - account.service).days
        bucket = 0 if age <= 30 else 1 if age <= 60 else 2 if age <= 90 else 3 if age <= 120 else 4
        key = (account.payer.name, account.location)
        balances.setdefault(key, [0] * 5)[bucket] += owed
    return dict(sorted(balances.items()))
