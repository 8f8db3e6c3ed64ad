"""Thirty practices, each in a state of its own or plain, in one database that is only looked at.

The state is the practice's id; its manager's id is the same, and so is her account's.
"""

from __future__ import annotations

from io import BytesIO

from sqlalchemy import Engine

from kpi.access.accounts import add_account
from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.ingest.undoing import undo
from kpi.months import span
from kpi.review.roles.publication import publish
from tests.dashboards.roles import TARGETS, forty, with_targets
from tests.dashboards.small_practice import FIRST, LAST, ROLE, TODAY, appointments
from tests.databases import made

COUNT = 30
LONG = "Northern Lakeshore and Upper Valley Family Medicine, Paediatrics and Urgent Care"
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Vanden-Featherstonehau"
RTL = "مركز الشفاء للرعاية الصحية (فرع 2)"
RTL_WHO = "נועה בן־דוד (3)"
RTL_TITLE = "מנהלת משרד רפואי: A/R"

# A quarter of these three as in the small practice, under the names of the state.
NAMES = {"long": (LONG, LONG_WORD), "rtl": (RTL, RTL_WHO)}
GAP = """\
    - {kpi: no_show_rate, weight: 60, floor: 10%, target: 5%, stretch: 3%}
    - {kpi: days_in_ar, weight: 10, floor: 60 days, target: 36 days}
    - {kpi: hipaa_violations, weight: 30, target: 0, gate: 60}
"""


def role(targets: str = TARGETS, title: str = "Medical Office Manager") -> bytes:
    """The small practice's role with other targets and another title."""
    text = with_targets(targets, "2025.1", "2025-01")
    return text.replace("title: Medical Office Manager", f'title: "{title}"').encode()


ROLES: dict[str, bytes] = {
    "bare": ROLE,
    "month": ROLE,
    "undone": ROLE,
    "gap": role(GAP),
    "single": role("    - {kpi: no_show_rate, weight: 100, floor: 10%, target: 5%}\n"),
    "forty": forty().replace("effective: 2025-05", "effective: 2025-01").encode(),
    "long": role(title=LONG_WORD),
    "rtl": role(title=RTL_TITLE),
}


STATES = ("roleless", *ROLES)

NUMBERS = {state: str(at) for at, state in enumerate(STATES, 1)}
"""The numbers of their managers' assignments."""


def thirty(url: str) -> Engine:
    """Makes the database."""
    engine = made(url)
    who = operator()
    for at in range(COUNT):
        id = STATES[at] if at < len(STATES) else f"plain{at:02d}"
        name, manager = NAMES.get(id, (f"Practice {id}", f"Manager {id}"))
        add_practice(engine, who, id, name)
        first = LAST if id == "month" else FIRST
        add_manager(engine, who, id, manager, id, first)
        if id in STATES:
            add_account(engine, who, id, manager, "manager", (id,), id)
    for id, text in ROLES.items():
        publish(engine, who, id, text, "role.yaml", "The test began later.", TODAY)
    for id in ROLES:
        if id == "bare":
            continue
        first = LAST if id == "month" else FIRST
        name = f"{NAMES[id][0]}.csv" if id in NAMES else "appointments.csv"
        (receipt,) = ingest(engine, who, id, BytesIO(appointments(first, LAST)), name)
        assert receipt.id is not None, receipt.message
        for month in span(first, LAST):
            attest(engine, who, id, "incidents", month)
        if id == "undone":
            undo(engine, who, id, receipt.id)
    return engine
