"""The two practices. Every name is made up."""

from .plan import SEASON, Payer, Plan, Provider, Story, ramp

_LAKESIDE_WAITS = (0, 2, 5, 9, 14, 19, 27, 45)
_HILLCREST_WAITS = (0, 3, 7, 11, 16, 23, 34, 60)


def _lakeside(index: int) -> Story:
    """A practice that runs well, and since October 2025 has shorter waits still."""
    better = ramp(index, 20, 22)
    return Story(
        booked=0.70 * SEASON[index % 12] * (1 + 0.0022 * index),
        no_show=0.046 - 0.006 * better,
        patient_cancels=0.055,
        practice_moves=0.014,
        waits=tuple(minutes * (1 - 0.14 * better) for minutes in _LAKESIDE_WAITS),
        double_booked=0.012,
        booking_error=0.011,
        fees=1 + 0.03 * ((index + 6) // 12),
        extra_lag=0,
        denied=0.055,
        copaid=0.45,
        unpaid=0.10,
        invited=105,
        answering=0.46,
        mood=0.94 + 0.03 * better,
        complaints=(2, 3),
        late_answers=0.08,
        costs=1 + 0.0020 * index,
    )


def _hillcrest(index: int) -> Story:
    """A practice that was middling and slides: claims since April 2025, the desk since July.

    In April 2025 it changed its billing company, so insurers pay later and deny more. In July
    two of three people at the front desk had left: waits and no-shows rise, patients say so,
    complaints pile up and agency staff cost more.
    """
    claims, desk = ramp(index, 14, 22), ramp(index, 17, 26)
    return Story(
        booked=0.77 * SEASON[index % 12] * (1 + 0.003 * index - 0.07 * desk),
        no_show=0.055 + 0.030 * desk,
        patient_cancels=0.062 + 0.01 * desk,
        practice_moves=0.020 + 0.016 * desk,
        waits=tuple(minutes * (1 + 0.42 * desk) for minutes in _HILLCREST_WAITS),
        double_booked=0.016 + 0.014 * desk,
        booking_error=0.013 + 0.010 * desk,
        fees=1 + 0.03 * ((index + 6) // 12),
        extra_lag=round(6 * claims),
        denied=0.06 + 0.05 * claims,
        copaid=0.40 - 0.12 * desk,
        unpaid=0.15 + 0.10 * claims,
        invited=125,
        answering=0.37 - 0.05 * desk,
        mood=0.81 - 0.28 * desk,
        complaints=(2 + round(2 * desk), 4 + round(3 * desk)),
        late_answers=0.12 + 0.26 * desk,
        costs=1 + 0.0022 * index + 0.06 * desk,
    )


LAKESIDE = Plan(
    id="lakeside",
    name="Lakeside Family Medicine (sample)",
    prefix="L",
    providers=(
        Provider("Dr. Alder", "Main Street"),
        Provider("Brook, Lena NP", "Main Street"),
        Provider("Dr. Cove", "Harbor"),
    ),
    payers=(
        Payer("Medicare", 0.24, 0.41, 16, (1, 3)),
        Payer("Northshore Health, PPO", 0.30, 0.34, 24, (0, 2, 4)),
        Payer("Evergreen Mutual", 0.22, 0.36, 27, (2,)),
        Payer("State Medicaid", 0.13, 0.48, 30, (4,)),
        Payer("Bluewater Plan", 0.11, 0.33, 34, (1,)),
    ),
    wages=21_800,
    story=_lakeside,
)

HILLCREST = Plan(
    id="hillcrest",
    name="Hillcrest Internal Medicine (sample)",
    prefix="H",
    providers=(Provider("Dr. Dale", ""), Provider("Dr. Elm", "")),
    payers=(
        Payer("Medicare", 0.38, 0.42, 18, (1, 3)),
        Payer("Northshore Health, PPO", 0.26, 0.35, 29, (0, 3)),
        Payer("Evergreen Mutual", 0.20, 0.37, 33, (2,)),
        Payer("State Medicaid", 0.16, 0.49, 34, (4,)),
    ),
    wages=15_500,
    story=_hillcrest,
)
