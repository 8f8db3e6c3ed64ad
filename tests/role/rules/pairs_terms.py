"""Pairs for the rules on reporting, compensation, benefits, compliance and statements."""

from tests.role.rules.pair import Pair, once
from tests.role.rules.pairs_targets import OVERHEAD, replaced

BONUS = "      - {score: 100, share: 100%}\n"
OVERTIME = """\
    - kpi: {mark}overtime_share
      weight: 10
      floor: 12%
      target: 5%
      stretch: 3%
"""

PAIRS = (
    once(
        "no-supervisor",
        "  reports_to: Managing physician\n",
        "",
        "No direct supervisor",
        at="reporting:",
    ),
    once(
        "no-supervised-roles",
        "  supervises: [Front-desk staff]\n",
        "",
        "No role is named",
        at="reporting:",
    ),
    once(
        "no-supervised-roles",
        "  supervises: [Front-desk staff]\n",
        "  ◆supervises: []\n",
        "No role is named",
    ),
    once(
        "no-channels",
        '  channels: ["Managing physician: weekly, 30 minutes."]\n',
        "",
        "No meeting or report",
        at="reporting:",
    ),
    once(
        "no-authority-limits",
        "    needs_approval:\n"
        "      - Purchases above $2,500, or outside the budget.\n"
        "      - Hiring, dismissal and changes of pay.\n",
        "",
        "what needs approval",
        at="  authority:",
    ),
    once(
        "decision-on-both-sides",
        "Work schedules and overtime of the staff supervised.",
        "Overtime of the staff, and hiring.",
        "on line 36",
        at="      - Hiring, dismissal",
    ),
    once(
        "decision-on-both-sides",
        "Purchases above $2,500, or outside the budget.",
        "◆Purchases of more than $1,000.",
        "on line 35",
        "Purchases of $2,500 or more.",
    ),
    Pair(
        "no-pay-range",
        (('  range: ["$62,000", "$84,000"]\n  per: year\n', ""),),
        "No range of pay",
        at="compensation:",
    ),
    once("no-pay-period", "  per: year\n", "", "for a year or for an hour", at="compensation:"),
    once("no-flsa-status", "  flsa: exempt\n", "", "Fair Labor Standards Act", at="compensation:"),
    once(
        "no-overtime-statement",
        "  overtime: The job is exempt from overtime.\n",
        "",
        "said of overtime",
        at="compensation:",
    ),
    once(
        "no-bonus-statement",
        "  bonus:\n    target: 8%\n    schedule:\n"
        "      - {score: 90, share: 50%}\n" + BONUS + "    requires: [hipaa_violations]\n",
        "",
        "said of a bonus",
        at="compensation:",
    ),
    once(
        "bonus-order",
        BONUS,
        "      - {score: ◆85, share: 100%}\n",
        "comes after the one at 90",
        "      - {score: 95, share: 50%}\n",
    ),
    once("bonus-order", BONUS, "      - {score: 100, share: ◆40%}\n", "less than the 50%"),
    once(
        "bonus-out-of-reach",
        BONUS,
        "      - {score: ◆109.5, share: 100%}\n",
        "is 109",
        "      - {score: 109, share: 100%}\n",
    ),
    once(
        "bonus-requires",
        "    requires: [hipaa_violations]",
        "    requires: [◆denial_rate]",
        "'denial_rate', which has no target here",
        "    requires: [days_in_ar]",
    ),
    Pair(
        "off-the-clock",
        (
            *replaced(OVERHEAD, OVERTIME.format(mark="◆"), "overtime_share"),
            ("flsa: exempt", "flsa: nonexempt"),
            ("The job is exempt from overtime.", "The supervisor approves overtime."),
        ),
        "nobody works off the clock",
        (
            *replaced(OVERHEAD, OVERTIME.format(mark=""), "overtime_share"),
            ("flsa: exempt", "flsa: nonexempt"),
            (
                "The job is exempt from overtime.",
                "Approved by the supervisor; nobody works off the clock to meet a target.",
            ),
        ),
    ),
    once(
        "no-benefits",
        "benefits:\n  health: Medical plan; the practice pays 80 percent.",
        "◆benefits:\n  health: Not offered.\n  pto: none",
        "offers none",
        "benefits:\n  health: Not offered.\n  pto: 20 days a year",
    ),
    once(
        "standard-missing",
        "  - standard: osha\n    duty: Keeps",
        "  - standard: other\n    duty: Keeps",
        "said of OSHA",
        at="compliance:",
    ),
    once(
        "standard-missing",
        "  - standard: hipaa\n    duty: Trains",
        "  - standard: other\n    duty: Trains",
        "said of HIPAA",
        at="compliance:",
    ),
    once(
        "no-patients-rights",
        "  - standard: other\n    duty: Posts patients' rights at the front desk.\n",
        "",
        "patients' rights",
        "  - {standard: other, duty: Calls an interpreter in ten minutes.}\n",
        at="compliance:",
    ),
    once(
        "no-equal-opportunity",
        "statements:\n  equal_opportunity: The practice hires by what the work needs.\n",
        "◆statements:\n",
        "equal opportunity",
    ),
    once(
        "no-accommodation",
        "statements:\n  equal_opportunity: The practice hires by what the work "
        "needs.\n  accommodation: The practice makes reasonable accommodation.\n",
        "◆statements:\n  equal_opportunity: The practice hires by what the work needs.\n",
        "reasonable accommodation",
    ),
    once(
        "no-contract-line",
        "  not_a_contract: This is not a contract of employment.\n",
        "",
        "not a contract",
        at="statements:",
    ),
)
