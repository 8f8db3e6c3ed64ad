"""Training: one assigned course."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="training",
    row="one assigned course",
    columns=(
        Column("employee_id", Kind.ID, "the employee's number", required=True, space="employee",
               example="E-12", aliases=("worker id", "employee number", "employee #")),
        Column("course", Kind.TEXT, "course", required=True, example="HIPAA basics",
               aliases=("course name", "training", "module")),
        Column("due_on", Kind.DATE, "day it is due", required=True, example="2026-01-31",
               aliases=("due date", "due")),
        Column("completed_on", Kind.DATE, "day it was completed", example="2026-01-20",
               aliases=("completed", "completion date", "date completed")),
        LOCATION,
    ),
    month=("due_on",),
    key=("employee_id", "course", "due_on"),
    attestable=True,
    by_hand=True,
)  # fmt: skip
