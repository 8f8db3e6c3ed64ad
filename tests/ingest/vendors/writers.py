"""One made-up month of appointments, and of balances and hours, in the layouts of several vendors.

Every layout is written with the quirks that it is known for by hearsay.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Booking:
    """One appointment, with what became of it in the words of the canonical columns."""

    number: int
    start: datetime
    minutes: int
    status: str
    provider: str
    location: str

    @property
    def arrived(self) -> datetime | None:
        return self.start - timedelta(minutes=5) if self.status == "completed" else None

    @property
    def departed(self) -> datetime | None:
        if self.status != "completed":
            return None
        return self.start + timedelta(minutes=35 + self.number % 3 * 5)

    @property
    def patient(self) -> str:
        return f"Sample, Pat{self.number}"


def march() -> list[Booking]:
    """March 2026: four bookings on each of its 22 weekdays. The day's last one is by turns a
    no-show, cancelled, moved and kept, so of 88 bookings 6 are no-shows, 6 cancelled, 5 moved
    and 71 kept."""
    days = [date(2026, 3, day) for day in range(1, 32) if date(2026, 3, day).weekday() < 5]
    last = ("no_show", "cancelled", "rescheduled", "completed")
    places = (("Lee, Ann", "Main Street"), ("Oka, Bo", "Hill Road"))
    return [
        Booking(
            number := 4 * at + turn,
            datetime(day.year, day.month, day.day, hour, minute),
            20 if turn else 30,
            last[at % 4] if turn == 3 else "completed",
            *places[number % 2],
        )
        for at, day in enumerate(days)
        for turn, (hour, minute) in enumerate(((9, 0), (9, 40), (13, 0), (14, 40)))
    ]


def _csv(rows: Iterable[Sequence[object]], delimiter: str = ",", ends: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return text.getvalue()


def _us(moment: datetime | None) -> str:
    return f"{moment:%m/%d/%Y %I:%M %p}" if moment else ""


def canonical(bookings: Sequence[Booking]) -> bytes:
    header = (
        "appointment_id,start_at,status,scheduled_minutes,arrived_at,departed_at,provider,location"
    )
    rows = [
        (f"A-{each.number}", each.start, each.status, each.minutes, each.arrived or "",
         each.departed or "", each.provider, each.location)
        for each in bookings
    ]  # fmt: skip
    return _csv([header.split(","), *rows]).encode()


def athenahealth(bookings: Sequence[Booking]) -> bytes:
    """Lower-case names; a no-show is a reason of cancelling; open slots and a test patient."""
    header = (
        "patientid,patient name,apptid,appt date,appt start time,appttype,apptslotstatus,"
        "rendrng prvdr,svc dprtmnt,appt cncl reason,checkin time,checkout time"
    )
    codes = {"completed": "3", "no_show": "x", "cancelled": "x", "rescheduled": "x"}
    reasons = {"no_show": "PATIENT NO SHOW", "cancelled": "PATIENT CANCELLED",
               "rescheduled": "PATIENT RESCHEDULED"}  # fmt: skip
    rows: list[Sequence[object]] = [header.split(",")]
    for each in bookings:
        rows.append(
            (7000 + each.number, each.patient.upper(), 90000 + each.number,
             f"{each.start:%m/%d/%Y}", f"{each.start:%I:%M %p}", "OFFICE VISIT",
             codes[each.status], each.provider, each.location, reasons.get(each.status, ""),
             _us(each.arrived), _us(each.departed))
        )  # fmt: skip
        if each.number % 10 == 0:
            slot = each.start + timedelta(hours=1)
            rows.append(("", "", 95000 + each.number, f"{slot:%m/%d/%Y}", f"{slot:%I:%M %p}",
                         "ANY", "o", each.provider, each.location, "", "", ""))  # fmt: skip
    first = bookings[0].start
    rows.append((1, "TEST, PATIENT", 99999, f"{first:%m/%d/%Y}", "08:00 AM", "OFFICE VISIT", "3",
                 "Lee, Ann", "Main Street", "", _us(first), _us(first)))  # fmt: skip
    return _csv(rows, ends="\r\n").encode()


def eclinicalworks(bookings: Sequence[Booking]) -> bytes:
    """UTF-16 with tabs under a title block, grouped, with a total at the end."""
    header = (
        "Facility,Appointment Provider,Appointment Date,Appointment Start Time,Patient Acct No,"
        "Patient Name,DOB,Visit Type,Visit Status,Arrival Time,Check-Out Time"
    )
    codes = {"completed": "CHK", "no_show": "N/S", "cancelled": "CANC", "rescheduled": "R/S"}
    rows: list[Sequence[object]] = [
        ["36.14 Appointments"],
        ["Appointment Date between 03/01/2026 and 03/31/2026"],
        [],
        header.split(","),
    ]

    def place(each: Booking) -> tuple[str, str]:
        return each.location, each.provider

    for group, members in groupby(sorted(bookings, key=place), key=place):
        for at, each in enumerate(members):
            rows.append(
                (*(("", "") if at else group), f"{each.start:%m/%d/%Y}",
                 f"{each.start:%I:%M %p}", 7000 + each.number, each.patient, "02/03/1961", "FU",
                 codes[each.status], f"{each.arrived:%I:%M %p}" if each.arrived else "",
                 f"{each.departed:%I:%M %p}" if each.departed else "")
            )  # fmt: skip
    rows.append(["Overall - Total", "", len(bookings), "", "", "", "", "", "", "", ""])
    return b"\xff\xfe" + _csv(rows, "\t", "\r\n").encode("utf-16-le")


def drchrono(bookings: Sequence[Booking]) -> bytes:
    """Stamps of the international form; breaks have no patient and no status."""
    header = (
        "Appointment ID,Scheduled Time,Duration,Patient,Chart ID,Doctor,Office,Profile,Status,"
        "Billing Status"
    )
    words = {"completed": "Complete", "no_show": "No Show", "cancelled": "Cancelled",
             "rescheduled": "Rescheduled"}  # fmt: skip
    rows: list[Sequence[object]] = [header.split(",")]
    for each in bookings:
        rows.append(
            (510000 + each.number, f"{each.start:%Y-%m-%dT%H:%M:%S}", each.minutes, each.patient,
             f"SAPA{each.number:06}", each.provider, each.location, "Office visit",
             words[each.status], "")
        )  # fmt: skip
        if each.number % 16 == 0:
            rows.append((520000 + each.number, f"{each.start:%Y-%m-%d}T12:00:00", 60, "", "",
                         each.provider, each.location, "", "", ""))  # fmt: skip
    return _csv(rows).encode()


def nextgen(bookings: Sequence[Booking]) -> bytes:
    """Flags in place of a status, a no-show has none; leading zeros of times are eaten."""
    header = (
        "Appt Date,Begin Time,Duration,Event,Resource,Location,Person Nbr,Patient Name,"
        "Appt Kept Ind,Cancel Ind,Delete Ind,Resched Ind,Confirm Ind"
    )
    flags = {"completed": "YNNNY", "no_show": "NNNNY", "cancelled": "NYNNN",
             "rescheduled": "NYNYN"}  # fmt: skip
    rows: list[Sequence[object]] = [header.split(",")]
    for each in bookings:
        when = f"{each.start:%Y%m%d}", f"{each.start:%H%M}".removeprefix("0")
        who = f"{7000 + each.number:012}", each.patient
        rows.append((*when, each.minutes, "Office Visit", each.provider, each.location, *who,
                     *flags[each.status]))  # fmt: skip
        if each.number % 20 == 0:
            rows.append((*when, each.minutes, "Office Visit", each.provider, each.location, *who,
                         *"YNYNN"))  # fmt: skip
            rows.append((when[0], "1200", 60, "Lunch", each.provider, each.location, "", "",
                         *"NNNNN"))  # fmt: skip
    return _csv(rows).encode()


BALANCES = {
    "Blue Example PPO": (52000_00, 21000_00, 9000_00, 5000_00, 4100_00, -250_00),
    "Example Mutual": (18250_50, 4000_00, 1000_00, 0, 2000_00, 0),
    "Self pay": (3000_00, 1500_00, 750_25, 600_00, 0, -75_50),
}
"""By payer the five buckets and the credits at the end of March 2026, in cents."""


def _dollars(cents: int) -> str:
    return f"{cents / 100:.2f}"


def balances_canonical() -> bytes:
    header = "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits,payer"
    rows = [("2026-03-31", *map(_dollars, cents), payer) for payer, cents in BALANCES.items()]
    return _csv([header.split(","), *rows]).encode()


def balances_athenahealth() -> bytes:
    """Under a title, with a row of shares under the total."""
    rows: list[Sequence[object]] = [
        ["AR Aging Wizard"],
        ["As of 03/31/2026"],
        ["insurance", "0-30", "31-60", "61-90", "91-120", "121+", "Unapplied", "Total"],
    ]
    rows += [
        (payer, *map(_dollars, cents), _dollars(sum(cents))) for payer, cents in BALANCES.items()
    ]
    sums = [sum(column) for column in zip(*BALANCES.values(), strict=True)]
    rows.append(("Total", *map(_dollars, sums), _dollars(sum(sums))))
    rows.append(("% of Total", *(f"{each / sum(sums):.1%}" for each in sums), "100.0%"))
    return _csv(rows, ends="\r\n").encode()


def balances_eclinicalworks() -> bytes:
    """UTF-16 with tabs, money with its sign, negative amounts in brackets."""

    def money(cents: int) -> str:
        return f"(${-cents / 100:,.2f})" if cents < 0 else f"${cents / 100:,.2f}"

    header = [
        "Payer Name",
        "Current(0-30)",
        "31-60",
        "61-90",
        "91-120",
        ">120",
        "Unapplied Credits",
    ]
    rows: list[Sequence[object]] = [["371.05 Aging"], ["As of 03/31/2026"], [], header]
    rows += [(payer, *map(money, cents)) for payer, cents in BALANCES.items()]
    return b"\xff\xfe" + _csv(rows, "\t", "\r\n").encode("utf-16-le")


def balances_tebra() -> bytes:
    """The grand total stands on every row, and a small table above the header."""
    header = "Insurance,Phone,Current,31-60,61-90,91-120,120+,Unapplied,Total Balance,Textbox61"
    total = f"${sum(map(sum, BALANCES.values())) / 100:,.2f}"
    rows: list[Sequence[object]] = [
        ["Textbox12", "Textbox13"], ["A/R Aging by Insurance", "As Of 03/31/2026"], [],
        header.split(","),
    ]  # fmt: skip
    rows += [
        (payer, "(800) 555-0100", *(f"${each / 100:,.2f}" for each in cents[:5]),
         f"(${-cents[5] / 100:,.2f})", f"${sum(cents) / 100:,.2f}", total)
        for payer, cents in BALANCES.items()
    ]  # fmt: skip
    return b"\xef\xbb\xbf" + _csv(rows).encode()


def balances_advancedmd() -> bytes:
    """A web page under the name of a workbook; six buckets, a minus that trails."""

    def money(cents: int) -> str:
        return f"{-cents / 100:,.2f}-" if cents < 0 else f"{cents / 100:,.2f}"

    header = "Carrier,Current,31-60,61-90,91-120,121-150,150+,Unapplied,Total"
    rows: list[Sequence[str]] = [["AR Aging"], ["As of 03/31/2026"], header.split(",")]
    for payer, cents in BALANCES.items():
        late = cents[4] // 3
        split = (*cents[:4], late, cents[4] - late, cents[5])
        rows.append((payer, *map(money, split), money(sum(cents))))
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><table>{cells}</table></body></html>".encode()


HOURS = (
    ("101", "Hal", (date(2026, 2, 1), date(2026, 2, 14)), 7850, 250),
    ("102", "Ivy", (date(2026, 2, 1), date(2026, 2, 14)), 8000, 0),
    ("101", "Hal", (date(2026, 2, 15), date(2026, 2, 28)), 8000, 425),
    ("102", "Ivy", (date(2026, 2, 15), date(2026, 2, 28)), 6425, 100),
)
"""Employee, name, pay period, and regular and overtime hours, in hundredths."""


def hours_canonical() -> bytes:
    header = "employee_id,period_start,period_end,regular_hours,overtime_hours"
    rows = [
        (number, *period, _dollars(regular), _dollars(over))
        for number, _, period, regular, over in HOURS
    ]
    return _csv([header.split(","), *rows]).encode()


def hours_adp(period: tuple[date, date]) -> bytes:
    """A timecard: two punches a person, one of overtime, one of leave, and totals."""
    header = "Payroll Name,File Number,Date,In,Out,Pay Code,Hours,Rate,Amount,Department"
    rows: list[Sequence[object]] = [
        ["Timecard Report"],
        [f"Pay Period: {period[0]:%m/%d/%Y} - {period[1]:%m/%d/%Y}"],
        header.split(","),
    ]
    for number, name, when, regular, over in HOURS:
        if when != period:
            continue
        who, day = (f"Sample, {name}", number.zfill(6)), f"{period[0]:%m/%d/%Y}"
        parts = (
            ("8:02A", "12:00P", "REG", regular // 2),
            ("12:30P", "5:00P", "REG", regular - regular // 2),
            ("5:00P", "", "OT", over),
            ("", "", "PTO", 800),
        )
        for come, gone, code, worked in parts:
            rows.append((*who, day, come, gone, code, _dollars(worked), "20.00", "0.00", "Desk"))
        total = _dollars(regular + over + 800)
        rows.append((f"Totals for Sample, {name}", *[""] * 5, total, "", "", ""))
    return _csv(rows).encode()


def hours_gusto(period: tuple[date, date]) -> bytes:
    """A payroll journal: names in place of numbers, overtime in two columns, a last row of sums."""
    header = (
        "Last name,First name,Title,Regular hours (Hourly),Overtime (Hourly),Double overtime,PTO,"
        "Gross earnings,Check date"
    )
    members = [each for each in HOURS if each[2] == period]
    rows: list[Sequence[object]] = [
        ["Payroll Journal"],
        [f"Pay period: {period[0]:%m/%d/%Y} - {period[1]:%m/%d/%Y}"],
        [],
        header.split(","),
    ]
    for _, name, _, regular, over in members:
        rows.append(("Sample", name, "Desk", _dollars(regular), _dollars(over - over // 5),
                     _dollars(over // 5), "8.00", "0.00", "03/06/2026"))  # fmt: skip
    sums = [sum(each[place] for each in members) for place in (3, 4)]
    late = sum(each[4] // 5 for each in members)
    rows.append(("Totals", "", "", _dollars(sums[0]), _dollars(sums[1] - late), _dollars(late),
                 "16.00", "0.00", ""))  # fmt: skip
    return _csv(rows).encode()
