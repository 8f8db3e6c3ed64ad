"""Pairs for the rules on targets and coverage."""

from tests.role.rules.pair import Changes, Pair, once

SATISFACTION = """\
    - kpi: satisfaction_score
      weight: 20
      floor: 65
      target: 84
"""
COMPLAINTS = """\
    - kpi: complaints_resolved_in_7_days
      weight: 10
      floor: 60%
      target: 90%
"""
NAMES_COMPLAINTS = "    kpis: [satisfaction_score, complaints_resolved_in_7_days]\n"
HIPAA = """\
    - kpi: hipaa_violations
      weight: 10
      target: 0
      gate: 60
"""
OVERHEAD = """\
    - kpi: overhead_ratio
      weight: 10
      floor: 68%
      target: 58%
      stretch: 53%
"""
NAMES_OVERHEAD = "    kpis: [days_in_ar, overhead_ratio]\n"
SEVEN_MORE = "".join(
    f"    - kpi: {kpi}\n      weight: 1\n      floor: {floor}\n      target: {target}\n"
    for kpi, floor, target in (
        ("denial_rate", "12%", "5%"),
        ("charge_lag_days", "7 days", "2 days"),
        ("bad_debt_rate", "5%", "2%"),
        ("call_abandonment_rate", "9%", "4%"),
        ("training_on_time", "80%", "100%"),
    )
)
THIRTEENTH = (
    "    - {mark}kpi: staff_turnover\n      weight: 1\n      floor: 40%\n      target: 15%\n"
)


def replaced(old: str, new: str, kpi: str) -> Changes:
    """One KPI of the role replaced by another, which a duty names in its place."""
    old_kpi = old.split("kpi: ", 1)[1].partition("\n")[0]
    names = {"overhead_ratio": NAMES_OVERHEAD, "complaints_resolved_in_7_days": NAMES_COMPLAINTS}
    line = names[old_kpi]
    return ((old, new), (line, line.replace(old_kpi, kpi)))


PAIRS = (
    once(
        "cliff",
        "scheduling_accuracy\n      weight: 15\n      floor: 90%\n",
        "◆scheduling_accuracy\n      weight: 15\n",
        "no floor",
        "scheduling_accuracy\n      weight: 15\n      gate: 70\n",
    ),
    Pair(
        "too-many-kpis",
        (
            (HIPAA, HIPAA.replace("10", "4") + SEVEN_MORE + THIRTEENTH.format(mark="◆")),
            (
                "Opens the office at 7:30.",
                "{text: Opens at 7:30., kpis: [denial_rate, charge_lag_days,"
                " bad_debt_rate, call_abandonment_rate, training_on_time, staff_turnover]}",
            ),
        ),
        "has 13 KPIs",
        (
            (HIPAA, HIPAA.replace("10", "5") + SEVEN_MORE),
            (
                "Opens the office at 7:30.",
                "{text: Opens at 7:30., kpis: [denial_rate, charge_lag_days,"
                " bad_debt_rate, call_abandonment_rate, training_on_time]}",
            ),
        ),
    ),
    Pair(
        "heavy-kpi",
        (
            ("days_in_ar\n      weight: 20", "days_in_ar\n      weight: ◆25.5"),
            ("satisfaction_score\n      weight: 20", "satisfaction_score\n      weight: 14.5"),
        ),
        "25.5% of the weight",
        (
            ("days_in_ar\n      weight: 20", "days_in_ar\n      weight: 25"),
            ("satisfaction_score\n      weight: 20", "satisfaction_score\n      weight: 15"),
        ),
    ),
    Pair(
        "family-absent",
        (
            (HIPAA, ""),
            ("    requires: [hipaa_violations]\n", ""),
            ("    kpis: [hipaa_violations]\n", ""),
            (
                "  kpis:\n    - kpi: days_in_ar\n      weight: 20",
                "  ◆kpis:\n    - kpi: days_in_ar\n      weight: 25",
            ),
            ("satisfaction_score\n      weight: 20", "satisfaction_score\n      weight: 25"),
        ),
        "the family compliance",
    ),
    Pair(
        "same-thing",
        replaced(
            OVERHEAD,
            "    - kpi: ◆ar_turnover\n      weight: 10\n      floor: 7 a year\n"
            "      target: 9 a year\n      stretch: 11 a year\n",
            "ar_turnover",
        ),
        "the same as days_in_ar on line 44",
        replaced(
            OVERHEAD,
            "    - kpi: net_collection_rate\n      weight: 10\n      floor: 88%\n"
            "      target: 95%\n      stretch: 98%\n",
            "net_collection_rate",
        ),
    ),
    Pair(
        "same-thing",
        replaced(
            COMPLAINTS,
            "    - kpi: ◆top_box_share\n      weight: 10\n      floor: 50%\n      target: 70%\n",
            "top_box_share",
        ),
        "the same as satisfaction_score",
    ),
    Pair(
        "volume-without-counterweight",
        (
            *replaced(
                OVERHEAD,
                "    - kpi: ◆revenue_growth\n      weight: 10\n      floor: 0%\n"
                "      target: 5%\n      stretch: 8%\n",
                "revenue_growth",
            ),
            (
                SATISFACTION,
                "    - kpi: survey_response_rate\n      weight: 20\n      floor: 10%\n"
                "      target: 25%\n",
            ),
            (
                "[satisfaction_score, complaints_resolved_in_7_days]",
                "[survey_response_rate, complaints_resolved_in_7_days]",
            ),
        ),
        "revenue_growth rewards volume",
        replaced(
            OVERHEAD,
            "    - kpi: revenue_growth\n      weight: 10\n      floor: 0%\n"
            "      target: 5%\n      stretch: 8%\n",
            "revenue_growth",
        ),
    ),
    Pair(
        "punishes-reporting",
        replaced(
            COMPLAINTS,
            "    - kpi: ◆osha_recordables\n      weight: 10\n      floor: 2\n      target: 0\n",
            "osha_recordables",
        ),
        "counts injuries",
        replaced(
            COMPLAINTS,
            "    - kpi: training_on_time\n      weight: 10\n      floor: 80%\n      target: 100%\n",
            "training_on_time",
        ),
    ),
    Pair(
        "punishes-reporting",
        (
            (
                "hipaa_violations\n      weight: 10\n      target: 0\n      gate: 60",
                "◆hipaa_violations\n      weight: 10\n      target: 0\n      floor: 3",
            ),
        ),
        "falls when less is reported",
        (
            (
                HIPAA,
                HIPAA.replace("gate: 60", "floor: 3").replace("10", "5")
                + "    - kpi: late_incident_reports\n      weight: 5\n"
                "      target: 0\n      floor: 2\n",
            ),
            (
                "    kpis: [hipaa_violations]\n",
                "    kpis: [hipaa_violations, late_incident_reports]\n",
            ),
        ),
    ),
    once(
        "rating-out-of-reach",
        "{exceeds: 103, meets: 90}",
        "{exceeds: ◆110, meets: 90}",
        "the highest score that can be reached is 109",
        "{exceeds: 109, meets: 90}",
    ),
    once(
        "rating-out-of-reach",
        "  ratings: {exceeds: 103, meets: 90}\n",
        "",
        "'outstanding' begins at 112 (the usual ratings hold",
        at="performance_metrics:",
    ),
    Pair(
        "duty-without-kpi",
        (
            (
                "  - id: access\n",
                "  - id: staff\n    text: ◆Reviews each of the staff twice a year.\n"
                "    kpis: [staff_turnover]\n  - id: access\n",
            ),
        ),
        "'staff' (it names staff_turnover, without a target)",
        (
            (
                "  - id: access\n",
                "  - id: staff\n    text: Reviews each of the staff twice a year.\n"
                "    kpis: [staff_turnover, no_show_rate]\n  - id: access\n",
            ),
        ),
    ),
    Pair(
        "kpi-without-duty",
        (
            (
                "    - kpi: hipaa_violations\n      weight",
                "    - kpi: ◆hipaa_violations\n      weight",
            ),
            ("    kpis: [hipaa_violations]\n", ""),
        ),
        "No duty of this role names hipaa_violations",
        (
            ("    kpis: [hipaa_violations]\n", ""),
            (
                "  - Opens the office at 7:30.",
                "  - {text: Opens at 7:30., kpis: [hipaa_violations]}",
            ),
        ),
    ),
)
