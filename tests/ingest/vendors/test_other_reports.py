"""Further reports of the same vendors: which dataset each is, what feeds it, what is asked."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO

import pytest

from kpi.errors import FileRefused
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.proposing import proposals_of, rehearse
from kpi.months import Month
from tests.ingest.opened import PRACTICE, opened
from tests.ingest.vendors.mapped import plain, read_by

TEBRA_APPOINTMENTS = """\
Appointment ID,Start Date,End Date,Patient Name,Appointment Reason,Confirmation Status,Resource,\
Service Location,Created Date,Modified Date
1,01/15/2026 9:00 AM,01/15/2026 9:20 AM,"Sample, A",Visit,Check-out,Lee,Main,12/20/2025 9:00 AM,
2,01/15/2026 9:20 AM,01/15/2026 9:40 AM,"Sample, B",Visit,No-show,Lee,Main,12/20/2025 9:00 AM,
3,01/15/2026 9:40 AM,01/15/2026 9:50 AM,"Sample, C",Visit,Tentative,Lee,Main,12/20/2025 9:00 AM,
"""
TEBRA_ENCOUNTERS = """\
Encounter ID,Encounter Status,Service Date,Post Date,Patient ID,Patient Name,Rendering Provider,\
Service Location,Procedure,Units,Charges,Receipts,Adjustments,Balance,Primary Insurance
501,Approved,01/05/2026,01/16/2026,71,"Sample, A",Lee,Main,99213,1,180.00,0.00,0.00,180.00,Example
501,Approved,01/05/2026,01/16/2026,71,"Sample, A",Lee,Main,90471,1,40.00,0.00,0.00,40.00,Example
"""
TEBRA_PAYMENTS = """\
Payment ID,Post Date,Payer Type,Payer,Method,Reference #,Amount,Applied,Unapplied,Refunded,Batch #
P1,01/15/2026,Insurance,Blue Example PPO,EFT,E-1,95.00,95.00,0.00,0.00,B1
P2,01/15/2026,Patient,"Planted, Polly",Check,101,25.00,25.00,0.00,0.00,B1
"""
ADVANCEDMD_APPOINTMENTS = """\
Appt Date,Appt Time,Duration,Column,Provider,Facility,Patient Name,Chart #,Appt Type,Appt Status,\
Arrived,Roomed,Departed,Confirmed,Created By,Created On
01/15/2026,9:00 AM,20,1,"LEEA - Lee, Ann MD",Main,"Sample, A",1001,FU,Checked Out,8:52 AM,\
9:05 AM,9:40 AM,Y,front1,12/20/2025
01/15/2026,9:20 AM,20,1,"LEEA - Lee, Ann MD",Main,"Sample, B",1002,FU,No Show,,,,N,front1,12/20/2025
"""
ADVANCEDMD_CHARGES = """\
Visit #,DOS,Post Date,Charge Code,Modifier,Units,Fee,Allowed,Ins Payment,Pat Payment,Write-off,\
Balance
9001,01/05/2026,01/16/2026,99213,25,1,180.00,120.00,95.00,25.00,60.00,0.00
9001,01/05/2026,01/16/2026,90471,,1,40.00,30.00,30.00,0.00,10.00,0.00
"""
ATHENA_APPOINTMENTS = """\
patientid,patient name,apptid,appt date,appt start time,apptslotstatus,apptstatus,\
appt schdlng prvdr,rendrng prvdr,appt no show
7001,"SAMPLE, A",90001,01/15/2026,09:00 AM,4,4,LEE,LEE,N
7003,"SAMPLE, C",90003,01/15/2026,09:40 AM,x,x,LEE,LEE,Y
"""
ATHENA_CLAIMS = """\
claimid,claim dos,patientid,prmry ins pkg name,claim status,claim created date,first bill date,\
total charge,kick code,denial reason
301,01/05/2026,7001,BLUE EXAMPLE PPO,CLOSED,01/06/2026,01/16/2026,180.00,,
302,01/06/2026,7002,EXAMPLE MUTUAL,MGRHOLD,01/07/2026,01/18/2026,240.00,,
303,01/06/2026,7003,EXAMPLE MUTUAL,APPEALED,01/07/2026,01/18/2026,240.00,CO-45,not covered
"""
DRCHRONO_LINES = """\
Appointment ID,Date of Service,Patient,Chart ID,Provider,Office,Code,Modifiers,Quantity,Price,\
Billed,Allowed,Adjustment,Ins1 Paid,Pt Paid,Billing Status,Posted Date
510001,01/05/2026,A Sample,SA1,Lee,Main,99213,25,1,180.00,180.00,120.00,60.00,95.00,9.00,,01/15/2026
510001,01/05/2026,A Sample,SA1,Lee,Main,90471,,1,40.00,40.00,30.00,10.00,30.00,0.00,,01/15/2026
"""

REPORTS: Mapping[str, tuple[str, str, Mapping[str, tuple[str, ...]], Mapping[str, object]]] = {
    "Tebra, appointments": (
        TEBRA_APPOINTMENTS, "appointments",
        {"appointment_id": ("Appointment ID",), "start_at": ("Start Date",),
         "status": ("Confirmation Status",), "booked_at": ("Created Date",),
         "provider": ("Resource",), "location": ("Service Location",),
         "appointment_type": ("Appointment Reason",)},
        {},
    ),
    "Tebra, encounters": (
        TEBRA_ENCOUNTERS, "charges",
        {"posted_date": ("Post Date",), "service_date": ("Service Date",),
         "amount": ("Charges",), "procedure_code": ("Procedure",), "units": ("Units",),
         "provider": ("Rendering Provider",), "location": ("Service Location",),
         "payer": ("Primary Insurance",)},
        {},
    ),
    "AdvancedMD, appointments": (
        ADVANCEDMD_APPOINTMENTS, "appointments",
        {"appointment_id": ("Appt Date", "Appt Time", "Chart #"),
         "start_at": ("Appt Date", "Appt Time"), "arrived_at": ("Appt Date", "Arrived"),
         "roomed_at": ("Appt Date", "Roomed"), "departed_at": ("Appt Date", "Departed"),
         "status": ("Appt Status",), "scheduled_minutes": ("Duration",),
         "provider": ("Provider",), "location": ("Facility",), "appointment_type": ("Appt Type",)},
        {},
    ),
    "AdvancedMD, charges": (
        ADVANCEDMD_CHARGES, "charges",
        {"posted_date": ("Post Date",), "service_date": ("DOS",), "amount": ("Fee",),
         "procedure_code": ("Charge Code",), "units": ("Units",)},
        {},
    ),
    "athenahealth, appointments with a column of its own for no-shows": (
        ATHENA_APPOINTMENTS, "appointments",
        {"appointment_id": ("apptid",), "start_at": ("appt date", "appt start time"),
         "status": ("apptstatus", "appt no show"), "provider": ("rendrng prvdr",)},
        {},
    ),
    "athenahealth, claims": (
        ATHENA_CLAIMS, "claims",
        {"claim_id": ("claimid",), "submitted_date": ("first bill date",),
         "payer": ("prmry ins pkg name",), "service_date": ("claim dos",),
         "amount": ("total charge",), "outcome": ("claim status",),
         "denial_reason": ("denial reason",)},
        {"unknown": {"outcome": ("CLOSED",)}},
    ),
    "DrChrono, line items": (
        DRCHRONO_LINES, "charges",
        {"posted_date": ("Posted Date",), "service_date": ("Date of Service",),
         "amount": ("Billed",), "procedure_code": ("Code",), "units": ("Quantity",),
         "provider": ("Provider",), "location": ("Office",)},
        {},
    ),
    "Tebra, payments": (
        TEBRA_PAYMENTS, "payments",
        {"payment_id": ("Payment ID",), "posted_date": ("Post Date",), "amount": ("Amount",),
         "source": ("Payer Type",), "payer": ("Payer",)},
        {"missing": ("kind",)},
    ),
}  # fmt: skip


def only(text: str) -> Proposal:
    (proposal,) = proposals_of(BytesIO(text.encode()), "report.csv")
    return proposal


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_mapped_column_by_column(report: str) -> None:
    text, dataset, columns, asked = REPORTS[report]
    proposal = only(text)
    assert proposal.dataset.name == dataset
    found = {name: guess.headings for name, guess in proposal.guesses.items()}
    assert found | columns == found
    # Charges have no number: their key is put together.
    assert set(found) - set(columns) <= {"charge_id"}
    assert proposal.unknown == asked.get("unknown", {})
    assert proposal.missing == asked.get("missing", ())


def test_a_patient_who_pays_is_not_named() -> None:
    proposal = with_answers(only(TEBRA_PAYMENTS), {"kind": {"constant": "payment"}})
    rows = plain("payments", read_by(proposal, TEBRA_PAYMENTS).rows)
    assert [(row["amount"], row["source"], row.get("payer")) for row in rows] == [
        (95.0, "insurance", "Blue Example PPO"),
        (25.0, "patient", None),
    ]


def test_a_patient_who_pays_is_not_named_by_a_mapping_of_ones_own_either() -> None:
    proposal = with_answers(
        only(TEBRA_PAYMENTS), {"kind": {"constant": "payment"}, "payer": "Payer"}
    )
    rows = plain("payments", read_by(proposal, TEBRA_PAYMENTS).rows)
    assert [row.get("payer") for row in rows] == ["Blue Example PPO", None]


def test_a_column_that_a_person_maps_brings_the_order_of_its_dates_and_the_key() -> None:
    text = (
        "Tag,Zeit,MRN,Booked On,Appt Status\n"
        "01/05/2026,9:00 AM,71,12/20/2025 10:00 AM,Seen\n"
        "01/06/2026,9:20 AM,72,12/21/2025 10:00 AM,No Show\n"
    )
    (proposal,) = proposals_of(BytesIO(text.encode()), "report.csv", "appointments")
    assert proposal.missing == ("appointment_id", "start_at")
    answered = with_answers(proposal, {"start_at": {"columns": ["Tag", "Zeit"]}})
    assert answered.complete
    assert answered.guesses["appointment_id"].headings == ("Tag", "Zeit", "MRN")
    rows = plain("appointments", read_by(answered, text).rows)
    assert [row["start_at"] for row in rows] == [
        datetime(2026, 1, 5, 9, 0), datetime(2026, 1, 6, 9, 20),
    ]  # fmt: skip


def test_charges_of_a_visit_are_told_apart_by_visit_and_procedure() -> None:
    proposal = only(ADVANCEDMD_CHARGES)
    assert set(proposal.guesses["charge_id"].headings) == {
        "Visit #", "Post Date", "DOS", "Charge Code",
    }  # fmt: skip
    taken = read_by(proposal, ADVANCEDMD_CHARGES)
    assert plain("charges", taken.rows) == [
        {"posted_date": date(2026, 1, 16), "amount": 180.0, "service_date": date(2026, 1, 5),
         "procedure_code": "99213", "units": 1.0},
        {"posted_date": date(2026, 1, 16), "amount": 40.0, "service_date": date(2026, 1, 5),
         "procedure_code": "90471", "units": 1.0},
    ]  # fmt: skip
    # A fee that is corrected is the same charge.
    mended = read_by(proposal, ADVANCEDMD_CHARGES.replace("180.00,120", "170.00,120"))
    assert [row["key"] for row in mended.rows] == [row["key"] for row in taken.rows]


def test_advancedmd_times_take_the_day_of_the_appointment() -> None:
    rows = plain(
        "appointments", read_by(only(ADVANCEDMD_APPOINTMENTS), ADVANCEDMD_APPOINTMENTS).rows
    )
    assert rows[0]["arrived_at"] == datetime(2026, 1, 15, 8, 52)
    assert rows[0]["roomed_at"] == datetime(2026, 1, 15, 9, 5)
    assert "arrived_at" not in rows[1]


def test_athenahealth_no_show_column_outweighs_a_cancelled_status() -> None:
    rows = plain("appointments", read_by(only(ATHENA_APPOINTMENTS), ATHENA_APPOINTMENTS).rows)
    assert [row["status"] for row in rows] == ["completed", "no_show"]


def test_an_amount_and_its_age_become_buckets() -> None:
    text = (
        "Carrier,Balance,Aging Days\nExample,130.00,41\nExample,80.00,133\nExample,-5.00,12\n"
        "Example,20.00,30\nExample,7.50,91\n"
    )
    (proposal,) = proposals_of(BytesIO(text.encode()), "report.csv", "ar_aging")
    assert proposal.complete
    own = [proposal.profile("mine")]
    (chunk,) = opened(text, own=own, covers=[Month.parse("2026-01")]).chunks
    sums = {
        name: int(chunk.frame[name].sum())
        for name in (
            "days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120", "credits",
        )
    }  # fmt: skip
    assert sums == {
        "days_0_30": 2000, "days_31_60": 13000, "days_61_90": 0, "days_91_120": 750,
        "days_over_120": 8000, "credits": -500,
    }  # fmt: skip


def test_a_report_of_totals_is_mapped_to_nothing() -> None:
    text = (
        "Facility Name,Provider,Payer,CPT Code,Units,Billed Charge,Payer Charge,Payments,"
        "Contractual Adjustment,Write Off,Refund,Withheld,Net AR\n"
        'Main,"Lee, Ann",Example,99213,4,720.00,720.00,380.00,240.00,0.00,0.00,0.00,100.00\n'
    )
    with pytest.raises(FileRefused, match=r"no dataset.*export the detail"):
        proposals_of(BytesIO(text.encode()), "report.csv")


def test_a_profile_that_lacks_the_key_is_refused_in_a_sentence() -> None:
    text = "Post Date,Fee\n01/16/2026,180.00\n"
    (proposal,) = proposals_of(BytesIO(text.encode()), "report.csv", "charges")
    assert proposal.missing == ("charge_id",)
    with pytest.raises(FileRefused, match="lacks charge_id"):
        rehearse(BytesIO(text.encode()), "report.csv", proposal.profile("mine"), PRACTICE)
