"""Claims: one for each day, payer and place, decided as the payments say."""

from datetime import timedelta

from .days import LAST_DAY, after_clinic_days, index_of, next_clinic_day
from .draw import chance, stream
from .files import Table
from .money import Account, Books
from .plan import Plan, Story

_HEADER = ["claim_id", "submitted_date", "payer", "first_pass", "outcome", "outcome_date"]
_LATE = 30  # days after which a payment was a second decision


def claims(plan: Plan, found: Books, months: range) -> Table:
    """Claims sent in the months, in order of the day."""
    rows = []
    for number, account in enumerate(found.accounts):
        sent = after_clinic_days(account.posted, 1)
        if index_of(sent) not in months:
            continue
        story = plan.story(index_of(account.service))
        rng = stream(plan.id, "claim", number)
        clean = not chance(rng, 0.5 * story.denied)
        first_pass = "" if chance(rng, 0.02) else str(clean).lower()
        rows.append([f"{plan.prefix}M{10_001 + number}", f"{sent}", account.payer.name, first_pass,
                     *_outcome(story, account)])  # fmt: skip
    return _HEADER, sorted(rows, key=lambda row: row[1])


def _outcome(story: Story, account: Account) -> list[str]:
    """Outcome and its day; nothing yet where no payment is known."""
    usual = account.payer.lag_days + story.extra_lag
    paid = next(when for when, _ in account.paid_off if when != account.service)
    if (paid - account.posted).days > usual + _LATE:
        outcome, decided = "denied", next_clinic_day(account.posted + timedelta(days=usual))
    else:
        part = account.copaid and account.gross % 4 == 0
        outcome = "partial" if part else "paid"
        decided = next_clinic_day(paid - timedelta(days=2))
    return [outcome, f"{decided}"] if decided <= LAST_DAY else ["pending", ""]
