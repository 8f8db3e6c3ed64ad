"""The staff: hours of each pay period, who is employed at month's end, and their courses."""

from datetime import date, timedelta

from .days import LAST_DAY, first_day, index_of, last_day
from .draw import between, chance, stream, whole
from .files import Row, Table
from .plan import Employee, Plan

_FIRST_PERIOD = date(2023, 12, 31)  # a Sunday, on which pay periods of two weeks begin
_PERIOD = timedelta(days=14)
_COURSES = (("HIPAA privacy and security", 1, 31), ("Bloodborne pathogens", 3, 31),
            ("Fire and emergency", 9, 30))  # fmt: skip


def _id(plan: Plan, employee: Employee) -> str:
    return f"{plan.prefix}E{employee.number}"


def _employed(employee: Employee, day: date) -> bool:
    return employee.hired <= day and (employee.left is None or employee.left > day)


def hours(plan: Plan, months: range) -> Table:
    """Pay periods that end in the months, the last one cut off at the sample's end.

    Who joins or leaves within a period is paid for a part of it.
    """
    header = ["employee_id", "period_start", "period_end", "regular_hours", "overtime_hours",
              "job", "is_provider"]  # fmt: skip
    rows = []
    start = _FIRST_PERIOD
    while start <= last_day(months[-1]):
        end = min(start + _PERIOD - timedelta(days=1), LAST_DAY)
        if index_of(end) in months:
            rows += [row for each in plan.staff if (row := _period(plan, each, start, end))]
        start += _PERIOD
    return header, rows


def _period(plan: Plan, employee: Employee, start: date, end: date) -> Row | None:
    days = [start + timedelta(days=each) for each in range((end - start).days + 1)]
    present = sum(_employed(employee, day) for day in days)
    if not present:
        return None
    rng = stream(plan.id, "hours", employee.number, start)
    worked = employee.hours * present / 14
    if chance(rng, 0.2):
        worked -= whole(rng, 1, 4) * 4 * present / 14  # leave
    strain = plan.story(index_of(end)).strain
    over = employee.overtime * (1 + strain) * between(rng, 0, 2) * present / 14
    overtime = "" if employee.provider or over < 0.25 else f"{round(over * 4) / 4:g}"
    return [_id(plan, employee), f"{start}", f"{end}", f"{round(worked * 4) / 4:g}", overtime,
            employee.job, str(employee.provider).lower()]  # fmt: skip


def lists(plan: Plan, months: range) -> Table:
    """The list of each month's last day; the first file holds the opening list too."""
    header = ["employee_id", "as_of", "job", "hired_on", "left_on", "is_provider"]
    rows: list[Row] = []
    for index in range(-1 if months[0] == 0 else months[0], months[-1] + 1):
        day = last_day(index)
        for each in plan.staff:
            leaving = each.left is not None and first_day(index) <= each.left <= day
            if _employed(each, day) or leaving:
                left = f"{each.left}" if each.left is not None and each.left <= day else ""
                rows.append([_id(plan, each), f"{day}", each.job, f"{each.hired}", left,
                             str(each.provider).lower()])  # fmt: skip
    return header, rows


def training(plan: Plan, months: range) -> Table:
    """Three courses a year for everybody employed on the day they are due."""
    header = ["employee_id", "course", "due_on", "completed_on"]
    rows = []
    year = first_day(months[0]).year
    for course, month, day in _COURSES:
        due = date(year, month, day)
        if index_of(due) not in months:
            continue
        story = plan.story(index_of(due))
        for each in plan.staff:
            if not _employed(each, due):
                continue
            rng = stream(plan.id, course, each.number, year)
            done = due - timedelta(days=whole(rng, 0, 40))
            late = chance(rng, story.untrained)
            if late:
                done = due + timedelta(days=whole(rng, 1, 50))
            never = (late and chance(rng, 0.3)) or done > LAST_DAY
            rows.append([_id(plan, each), course, f"{due}", "" if never else f"{done}"])
    return header, rows
