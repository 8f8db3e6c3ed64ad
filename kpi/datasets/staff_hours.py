"""Staff hours: one employee's pay period, its hours spread evenly over its days."""

from kpi.datasets.hearsay import NO_RECORD, Hearsay, Split
from kpi.datasets.model import LOCATION, PART, Column, Dataset, Kind

DAY_OF_PAY = dict.fromkeys(
    ("check date", "pay date"),
    "the day of pay: the period that was paid ended some days before it, and the file does not "
    "say when",
)

# What is paid for hours that nobody worked, or for no hours, is no work time.
COMPONENTS = {
    "regular_hours": ("regular", "reg", "regular pay", "regular hours", "hourly", "worked"),
    "overtime_hours": ("overtime", "ot", "o/t", "overtime pay", "overtime hours", "double time",
                       "doubletime", "double overtime", "dt"),
    NO_RECORD: ("pto", "vacation", "vac", "sick", "holiday", "hol", "bonus", "bereavement",
                "jury duty", "reimbursement", "commission", "tips"),
}  # fmt: skip

DATASET = Dataset(
    name="staff_hours",
    row="one employee's pay period",
    columns=(
        Column("employee_id", Kind.ID, "the employee's number", required=True, space="employee",
               example="E-12",
               aliases=("file #", "file number", "worker id", "employee number", "employee #",
                        "employeeid", "emp id")),
        Column("period_end", Kind.DATE, "last day of the pay period", required=True,
               example="2026-01-17",
               aliases=("pay period end", "period ending", "other end date", "end date"),
               hearsay=Hearsay(doubtful=DAY_OF_PAY)),
        Column("regular_hours", Kind.DECIMAL, "hours at the regular rate", required=True,
               example="78.5",
               aliases=("reg hours", "regular hours (hourly)", "hours", "regular")),
        Column("period_start", Kind.DATE,
               "first day of the pay period; blank: the 14 days that end on period_end",
               example="2026-01-04",
               aliases=("pay period start", "period beginning", "other begin date", "begin date",
                        "start date")),
        Column("overtime_hours", Kind.DECIMAL, "hours of overtime", blank_is_zero=True,
               example="2",
               aliases=("o/t hours", "ot hours", "overtime (hourly)", "overtime"),
               hearsay=Hearsay(sums=(("overtime (hourly)", "double overtime (hourly)"),
                                     ("overtime (hourly)", "double overtime"),
                                     ("overtime", "double overtime")))),
        Column("job", Kind.TEXT, "job", aliases=("title", "job title", "position", "department")),
        Column("is_provider", Kind.BOOLEAN, "a clinician who bills; blank: not",
               aliases=("provider",)),
        LOCATION,
        PART,
    ),
    month=("period_end",),
    period="period_end",
    identity=("employee_id",),
    spread=True,
    split=Split(
        by=("pay component", "pay code", "hours code", "earnings code", "pay type"),
        amount=("hours",),
        likely=COMPONENTS,
    ),
)  # fmt: skip
