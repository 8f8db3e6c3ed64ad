"""Files in which somebody's identifiers stand where they belong, and where they do not.

The person is made up: the names are no one's, the numbers are of ranges that are never given out.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

NAME = "Zebedee Quillfeather"
NUMBERS = {
    "ssn": "219-09-9999",
    "bare ssn": "219099998",
    "phone": "(555) 310-7788",
    "plain phone": "555.310.7788",
    "bare phone": "5553107789",
    "e-mail": "zq77@mail.example.invalid",
    "record number": "MRN-7788123",
    "chart": "Chart # 7788124",
    "date of birth": "1931-02-03",
    "date of birth, American": "02/03/1931",
    "date of birth in words": "Feb 3, 1931",
    "labelled date of birth": "DOB 03.02.2011",
    "card": "4111 1111 1111 1111",
    "computer": "203.0.113.77",
    "street": "12 Nowhere Crescent",
    "name and number": f"{NAME} 219-09-9999",
}
"""Each is told by rule wherever a text is kept. A name alone is not: see docs/privacy.md."""

NEEDLES = (
    "Zebedee", "Quillfeather", "219-09-9999", "219099999", "219099998", "310-7788", "310.7788",
    "5553107789", "zq77@", "7788123", "7788124", "1931-02-03", "02/03/1931", "Feb 3, 1931",
    "03.02.2011", "4111 1111", "4111111111", "203.0.113.77", "Nowhere Crescent",
)  # fmt: skip
"""What must stand nowhere afterwards."""

PEOPLE = {
    "Patient Name": NAME,
    "DOB": "1931-02-03",
    "SSN": "219-09-9999",
    "Home Phone": "(555) 310-7788",
    "Street": "12 Nowhere Crescent",
    "Email": "zq77@mail.example.invalid",
    "MRN": "MRN-7788123",
    "IP Address": "203.0.113.77",
    "Card": "4111 1111 1111 1111",
}
"""Columns of people as exports have them."""

OWN_PROFILE = (
    "title: visits with people\nheader: [Visit, When, St, Doctor, "
    + ", ".join(PEOPLE)
    + "]\ntest_patients: Patient Name\nfeeds:\n  appointments: "
    "{appointment_id: Visit, start_at: When, status: St, provider: Doctor}\n"
)
"""A practice's own profile for a file with all of them."""


@dataclass(frozen=True)
class Planted:
    """One file: where its identifiers stand, its name and content, and options of the command."""

    where: str
    name: str
    content: bytes
    options: tuple[str, ...] = field(default=())


def planted() -> list[Planted]:
    """Every file, in the order in which they are loaded."""
    return [*_dropped(), *_in_texts(), *_in_values(), *_around(), *_refused(), *_by_profiles()]


def csv_of(*rows: list[str], by: str = ",") -> str:
    """Rows as a file of text, cells quoted where they need it."""
    return "".join(
        by.join(f'"{cell}"' if by in cell else cell for cell in row) + "\n" for row in rows
    )


def workbook(*rows: list[str], sheet: str = "Sheet1", hidden: str = "") -> bytes:
    """Rows as an Excel workbook."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    first.title = sheet
    for row in rows:
        first.append(row)
    if hidden:
        other = book.create_sheet(hidden)
        other.append([NAME])
        other.sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def page(*rows: list[str], title: str = "Export", above: str = "") -> bytes:
    """Rows as a table of a web page."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return (
        f"<html><head><title>{title}</title></head><body><p>{above}</p><!-- {title} -->"
        f"<table>{lines}</table></body></html>"
    ).encode()


def _people(visit: str, when: str, status: str = "Seen", name: str = NAME) -> list[str]:
    return [visit, when, status, "Dr. Example", *({**PEOPLE, "Patient Name": name}.values())]


def _dropped() -> list[Planted]:
    """Loaded, quarantined, repeated and left out rows of a file with columns of people."""
    header = ["Visit", "When", "St", "Doctor", *PEOPLE]
    ways: dict[str, Callable[..., bytes]] = {
        "people.csv": lambda *rows: csv_of(*rows).encode(),
        "people.txt": lambda *rows: csv_of(*rows, by="\t").encode("utf-16"),
        "people semicolon.csv": lambda *rows: csv_of(*rows, by=";").encode("utf-8-sig"),
        "people.xlsx": workbook,
        "people.xls": page,
    }
    return [
        Planted(
            f"columns of people in {name}", name,
            way(
                header, _people(f"V{n}1", "2026-01-05 09:00"), _people(f"V{n}2", "soon"),
                _people(f"V{n}1", "2026-01-05 09:30"),
                _people(f"V{n}3", "2026-01-06 09:00", "Quillfeather"),
                _people("", "2026-01-06 09:00"),
                _people("219-09-9999", "2026-01-07 09:00"),
                _people(f"V{n}4", "2026-01-06 09:00", name=f"TEST, {NAME}"),
            ),
            ("--allow-bad",),
        )
        for n, (name, way) in enumerate(ways.items())
    ]  # fmt: skip


TEXTS = {
    "appointments.provider": (
        "appointment_id,start_at,status,provider\n{id},2026-01-05 09:00,Seen,{}\n"
    ),
    "appointments.payer": "appointment_id,start_at,status,payer\n{id},2026-01-05 09:00,Seen,{}\n",
    "appointments.appointment_type": (
        "appointment_id,start_at,status,appointment_type\n{id},2026-01-05 09:00,Seen,{}\n"
    ),
    "claims.denial_reason": (
        "claim_id,submitted_date,outcome,outcome_date,denial_reason\n"
        "{id},2026-01-05,denied,2026-01-20,{}\n"
    ),
    "complaints.category": "complaint_id,received_on,category\n{id},2026-01-05,{}\n",
    "payments.payer": (
        "payment_id,posted_date,amount,kind,payer\n{id},2026-01-05,20.00,payment,{}\n"
    ),
    "ar_aging.payer": (
        "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits,payer\n"
        "2026-01-31,1,2,3,4,5,0,{}\n"
    ),
}
"""A file for each kind of free column: whatever is told by rule costs its row."""

PLAIN = ("ssn", "phone", "e-mail", "record number", "date of birth", "card", "name and number")
OWN_WORDS = {
    "appointments.location": (
        "appointment_id,start_at,status,location\n{id},2026-01-05 09:00,Seen,{}\n"
    ),
    "ledger.account": "month,account,kind,amount\n2026-01,{},expense,10.00\n",
    "training.course": "employee_id,course,due_on\n{id},{},2026-01-31\n",
    "staff.job": "as_of,employee_id,job,hired_on\n2026-01-31,{id},{},2020-01-01\n",
    "surveys.question": (
        "response_id,question,score,scale_min,scale_max,answered_on\n{id},{},4,1,5,2026-01-05\n"
    ),
    "surveys.instrument": (
        "response_id,question,score,scale_min,scale_max,answered_on,instrument\n"
        "{id},access,4,1,5,2026-01-05,{}\n"
    ),
}
"""Columns with the practice's own words, where only what is plainly an identifier is refused."""


def _in_texts() -> list[Planted]:
    found = []
    for column, text in TEXTS.items():
        header, row = text.splitlines()
        lines = "\n".join(
            row.replace("{id}", f"{column}{n}").replace("{}", f'"{number}"')
            for n, number in enumerate(NUMBERS.values())
        )
        content = f"{header}\n{lines}\n".encode()
        found.append(Planted(f"all in {column}", "texts.csv", content, ("--allow-bad",)))
    for column, text in OWN_WORDS.items():
        header, row = text.splitlines()
        lines = "\n".join(
            row.replace("{id}", f"{column}{n}").replace("{}", f'"{NUMBERS[kind]}"')
            for n, kind in enumerate(PLAIN)
        )
        content = f"{header}\n{lines}\n".encode()
        found.append(Planted(f"all in {column}", "texts.csv", content, ("--allow-bad",)))
    return found


VALUES = {
    "status": "appointment_id,start_at,status\n{id},2026-01-05 09:00,{}\n",
    "start_at": "appointment_id,start_at,status\n{id},{},Seen\n",
    "scheduled_minutes": (
        "appointment_id,start_at,status,scheduled_minutes\n{id},2026-01-05 09:00,Seen,{}\n"
    ),
    "new_patient": "appointment_id,start_at,status,new_patient\n{id},2026-01-05 09:00,Seen,{}\n",
    "posted_date": "charge_id,posted_date,amount\n{id},{},10.00\n",
    "service_date": "charge_id,posted_date,amount,service_date\n{id},2026-01-05,10.00,{}\n",
    "work_rvu": "charge_id,posted_date,amount,work_rvu\n{id},2026-01-05,10.00,{}\n",
    "kind": "payment_id,posted_date,amount,kind\n{id},2026-01-05,20.00,{}\n",
    "as_of": (
        "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits\n{},1,2,3,4,5,0\n"
    ),
    "month": "month,account,kind,amount\n{},Rent,expense,10.00\n",
    "claim_id": "charge_id,posted_date,amount,claim_id\n{id},2026-01-05,10.00,{}\n",
    "appointment_id": "appointment_id,start_at,status\n{},2026-01-05 09:00,Seen\n",
    "employee_id": "employee_id,course,due_on\n{},HIPAA,2026-01-31\n",
}
"""Columns of numbers, days, choices and ids. An amount is not among them: a number that stands in
it is an amount."""


def _in_values() -> list[Planted]:
    found = []
    for column, text in VALUES.items():
        header, row = text.splitlines()
        people = [NAME, NAME.split()[1], *NUMBERS.values()]
        if column in ("scheduled_minutes", "work_rvu"):
            people = [each for each in people if not each.isdigit()]
        lines = "\n".join(
            row.replace("{id}", f"{column}{n}").replace("{}", f'"{text}"')
            for n, text in enumerate(people)
        )
        content = f"{header}\n{lines}\n".encode()
        found.append(Planted(f"all in {column}", "values.csv", content, ("--allow-bad",)))
        found.append(Planted(f"too many in {column}", "values.csv", content))
    return found


GOOD = ["complaint_id,received_on,category", "{},2026-01-12,waiting"]


def _complaint(id: str) -> bytes:
    return "\n".join(GOOD).replace("{}", id).encode() + b"\n"


def _around() -> list[Planted]:
    """In names of files and sheets, in titles, above the header and under the rows."""
    rows = [["complaint_id", "received_on"], ["K-9", "2026-01-12"]]
    named = [
        Planted(f"file name with {kind}", f"export {NUMBERS[kind].replace('/', '-')}.csv",
                _complaint(f"K-{kind}"))
        for kind in ("ssn", "bare ssn", "phone", "bare phone", "e-mail", "record number",
                     "date of birth", "card", "computer", "labelled date of birth")
    ]  # fmt: skip
    above = f"Patient: {NAME}\nDOB: 1931-02-03, SSN 219-09-9999\n\n"
    under = f"{NAME} MRN-7788123,,\nPrinted by {NAME} 01/31/2026,,\nTotal for {NAME},,\n"
    return [
        *named,
        Planted("file name, refused", "export 219-09-9999.csv", b"nothing,to,see\n1,2,3\n"),
        Planted("file name, not there in words", "chart no 7788124.pdf", b"%PDF-1.7\n"),
        Planted("sheet name", "sheets.xlsx", workbook(*rows, sheet="219-09-9999")),
        Planted("hidden sheet", "sheets.xlsx", workbook(*rows, hidden="DOB 1931-02-03")),
        Planted("page title", "page.xls", page(*rows, title=NAME, above=f"{NAME} 219-09-9999")),
        Planted("above the header", "above.csv", above.encode() + _complaint("K-above")),
        Planted("under the rows", "under.csv", _complaint("K-under") + under.encode(),
                ("--allow-bad",)),
        Planted("a heading", "heading.csv",
                csv_of(["Visit", "When", "St", "Doctor", *PEOPLE, "219-09-9999"],
                       [*_people("V91", "2026-01-05 09:00"), ""]).encode()),
        Planted("unnamed column", "unnamed.csv",
                f"complaint_id,received_on,\nK-un,2026-01-12,{NAME}\n".encode()),
    ]  # fmt: skip


def _refused() -> list[Planted]:
    """Files that cannot be loaded, each for another reason."""
    line = f"{NAME},1931-02-03,219-09-9999,(555) 310-7788"
    bodies = {
        "no header": f"{line}\n" * 4,
        "unknown layout": f"Patient Name,DOB,SSN,Phone\n{line}\n",
        "nearly known": f"complaint_id,recieved_on,SSN 219-09-9999\nK,{NAME},3\n",
        "twice the same name": f"complaint_id,received_on,received on\n{NAME},2026-01-12,{NAME}\n",
        "shorter header": "complaint_id,received_on\n" + f"K,2026-01-12,{NAME}\n" * 3,
        "cut off": f"complaint_id,received_on,category\nK,2026-01-12,x\nK2,2026-01-12,x\n{NAME},20",
        "unclosed": f'complaint_id,received_on,category\nK,2026-01-12,"{NAME}\n' * 30,
        "two tables": f"complaint_id,received_on\nK,2026-01-12\n\n{NAME},Address,Telephone\n",
        "no rows": f"complaint_id,received_on\n\n{NAME}: nothing\n",
        "json": f'{{"name": "{NAME}", "ssn": "219-09-9999"}}',
        "sql": f"INSERT INTO patients VALUES ('{NAME}', '219-09-9999');",
        "x12": f"ISA*00*{NAME}~NM1*IL*1*Quillfeather*Zebedee***MI*219099999~",
        "xml": f'<?xml version="1.0"?><patient name="{NAME}"/>',
        "page without a table": f"<html><title>{NAME}</title><p>{NAME} 219-09-9999</p></html>",
        "undecided dates": f"complaint_id,received_on,category\n{NAME},03/04/2026,x\n",
        "elsewhere": f"complaint_id,received_on\n{NAME},2025-06-01\n",
        "to replace": f"complaint_id,received_on\n{NAME},2026-01-12\n",
    }
    options = {"elsewhere": ("--covers", "2026-01"), "to replace": ("--replace",)}
    texts = [
        Planted(f"refused: {why}", f"{why}.csv", body.encode(), options.get(why, ()))
        for why, body in bodies.items()
    ]
    damaged = b"complaint_id,received_on,category\n" + NAME.encode() + b",\xff\x81\x8d,x\n"
    return [
        *texts,
        Planted("refused: damaged bytes", "bytes.csv", damaged),
        Planted("refused: nothing but people", "people only.xlsx", workbook([NAME, "219-09-9999"])),
        Planted("refused: damaged workbook", "damaged.xlsx", workbook([NAME, NAME])[:300]),
    ]


def _by_profiles() -> list[Planted]:
    """Through profiles that are shipped: what they do not name is dropped."""
    encounter = [
        ["Id", "START", "STOP", "PATIENT", "ORGANIZATION", "PROVIDER", "PAYER", "ENCOUNTERCLASS",
         "CODE", "DESCRIPTION", "BASE_ENCOUNTER_COST", "TOTAL_CLAIM_COST", "PAYER_COVERAGE",
         "REASONCODE", "REASONDESCRIPTION"],
        ["219-09-9999", "2026-01-05T15:00:00Z", "2026-01-05T15:15:00Z", NAME, "org-1", "doc-1",
         "pay-1", "ambulatory", "111", f"Visit of {NAME}", "85.55", "85.55", "0.00", "222",
         "MRN-7788123"],
        ["e-2", "2026-01-05T16:00:00Z", "2026-01-05T16:15:00Z", NAME, "org-1", "219-09-9999",
         "(555) 310-7788", "ambulatory", "111", NAME, "85.55", "85.55", "0.00", "222", NAME],
    ]  # fmt: skip
    statement = (
        "Profit and Loss,\nFictional Clinic LLC,\nJanuary 2026,\n\n,Total\nIncome,\n"
        "Refunds,10.00\nVisits,100.00\nTotal Income,110.00\nNet Income,110.00\n\n"
        f"Prepared for {NAME} MRN-7788123,\n"
    )
    named = statement.replace("Refunds", "Refund 219-09-9999")
    return [
        Planted("QuickBooks, an account", "statement.csv", named.encode(), ("--allow-bad",)),
        Planted("Synthea encounters", "encounters.csv", csv_of(*encounter).encode(),
                ("--allow-bad",)),
        Planted("Synthea encounters as a workbook", "encounters.xlsx", workbook(*encounter),
                ("--allow-bad",)),
        Planted("QuickBooks", "statement.csv", statement.encode(), ("--allow-bad",)),
    ]  # fmt: skip
