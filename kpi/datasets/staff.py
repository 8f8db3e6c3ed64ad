"""Staff: one employee on a day."""

from kpi.datasets.model import LOCATION, PART, Column, Dataset, Kind

DATASET = Dataset(
    name="staff",
    row="one employee on a day",
    columns=(
        Column("as_of", Kind.DATE, "day of the list", required=True, example="2026-01-31",
               aliases=("as of", "list date", "report date")),
        Column("employee_id", Kind.ID, "the employee's number", required=True, space="employee",
               example="E-12",
               aliases=("file #", "worker id", "employee number", "employee #", "employeeid")),
        Column("job", Kind.TEXT, "job", required=True, example="Medical assistant",
               aliases=("title", "job title", "position")),
        Column("hired_on", Kind.DATE, "first day of work", required=True, example="2023-05-01",
               aliases=("hire date", "date hired", "start date", "date of hire")),
        Column("left_on", Kind.DATE, "last day of work",
               aliases=("termination date", "term date", "end date", "separation date")),
        Column("is_provider", Kind.BOOLEAN, "a clinician who bills; blank: not",
               aliases=("provider",)),
        LOCATION,
        PART,
    ),
    month=("as_of",),
    period="as_of",
    identity=("employee_id",),
    by_hand=True,
)  # fmt: skip
