"""The two practices. Every name is made up."""

from datetime import date

from .plan import SEASON, Employee, Payer, Plan, Provider, Story, ramp

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
        hangs_up=0.034,
        rings=31,
        third_next=2,
        strain=0.0,
        untrained=0.04,
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
        hangs_up=0.055 + 0.050 * desk,
        rings=round(44 + 60 * desk),
        third_next=4 + round(3 * desk),
        strain=2.2 * desk,
        untrained=0.08 + 0.20 * desk,
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
    staff=(
        Employee(11, "Office Manager", date(2019, 4, 1)),
        Employee(12, "Front Desk", date(2021, 9, 13)),
        Employee(13, "Front Desk", date(2022, 2, 7), date(2024, 8, 16)),
        Employee(14, "Biller", date(2018, 6, 4)),
        Employee(15, "Medical Assistant", date(2020, 1, 20)),
        Employee(16, "Medical Assistant", date(2023, 5, 15)),
        Employee(17, "Medical Records Clerk", date(2022, 10, 3), hours=48, overtime=0),
        Employee(18, "Front Desk", date(2024, 8, 26)),
        Employee(31, "Physician", date(2015, 1, 5), provider=True),
        Employee(32, "Nurse Practitioner", date(2020, 8, 3), provider=True),
        Employee(33, "Physician", date(2017, 7, 10), provider=True),
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
    staff=(
        Employee(21, "Office Manager", date(2020, 3, 2)),
        Employee(22, "Front Desk", date(2019, 11, 4), date(2025, 6, 13)),
        Employee(23, "Front Desk", date(2021, 5, 17), date(2025, 7, 3)),
        Employee(24, "Front Desk", date(2023, 1, 9)),
        Employee(25, "Medical Assistant", date(2018, 9, 4)),
        Employee(26, "Medical Assistant", date(2024, 2, 5), date(2026, 2, 20)),
        Employee(27, "Front Desk", date(2025, 10, 6), hours=60),
        Employee(41, "Physician", date(2016, 2, 1), provider=True),
        Employee(42, "Physician", date(2019, 6, 3), provider=True),
    ),
    wages=15_500,
    story=_hillcrest,
)
