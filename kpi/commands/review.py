"""``kpi review``: the review cycle from the command line, all of it but the signatures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import DAY, MONTH, database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.errors import InputError
from kpi.months import Month

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpi.review.cycle.table import Act

NUMBER = click.argument("number", type=int)
REASON = click.option("--reason", required=True, metavar="TEXT", help="Why; it is printed.")
TEXT = click.option("--text", required=True, metavar="TEXT", help="What was written.")
KPI = click.option("--kpi", metavar="KPI", help="On this KPI; else on the period as a whole.")
SEEN = click.option(
    "--seen", type=int, default=0, metavar="REVISION", help="The revision of the text you saw."
)


@click.group()
def review() -> None:
    """Open reviews, write on them, settle them, make them final."""


@review.command("list")
@click.option("--practice", metavar="ID", help="Of one practice.")
@click.option("--due", is_flag=True, help="What is to be opened instead.")
@output
@database
def review_list(practice: str | None, due: bool, form: str, db: str | None) -> None:
    """List reviews: how far each is, days left, what keeps it from being final."""
    from kpi.access.actor import operator
    from kpi.review.cycle.as_json import reviews_document
    from kpi.review.cycle.listing import list_reviews
    from kpi.review.cycle.opening import due_to_open

    engine = opened(db)
    if due:
        waiting = [
            {
                "manager": each.assignment.manager.id,
                "practice": each.assignment.practice.id,
                "from": str(each.first),
                "to": str(each.last),
            }
            for each in due_to_open(engine, operator())
            if practice in (None, each.assignment.practice.id)
        ]
        if form == "json":
            print_json({"due": waiting})
        else:
            print_table(waiting, {"manager": "Manager", "practice": "Practice", "from": "From",
                                  "to": "To"})  # fmt: skip
        return
    found = [
        each
        for each in list_reviews(engine, operator())
        if practice in (None, each.review.assignment.practice.id)
    ]
    if form == "json":
        print_json(reviews_document(found))
        return
    rows = [
        {
            "number": each.review.number,
            "manager": each.review.assignment.manager.name,
            "practice": each.review.assignment.practice.id,
            "period": f"{each.review.first} to {each.review.last}",
            "state": each.review.state.words,
            "days_left": each.days_left,
            "blockers": len(each.blockers or ()) or None,
        }
        for each in found
    ]
    print_table(rows, {"number": "Review", "manager": "Manager", "practice": "Practice",
                       "period": "Period", "state": "State", "days_left": "Days left",
                       "blockers": "In the way"})  # fmt: skip


@review.command("open")
@click.option("--manager", metavar="ID", help="Manager.")
@click.option("--practice", metavar="ID", help="Practice, where there are two.")
@click.option("--from", "first", type=MONTH, help="First month.")
@click.option("--to", "last", type=MONTH, help="Last month.")
@click.option("--all-due", is_flag=True, help="For everyone whose review period is over.")
@click.option(
    "--due", type=DAY, metavar="YYYY-MM-DD", help="Day by which it is due; else 30 days on."
)
@database
def review_open(
    manager: str | None,
    practice: str | None,
    first: Month | None,
    last: Month | None,
    all_due: bool,
    due: date | None,
    db: str | None,
) -> None:
    """Open a manager's review of a period, or one for everyone due."""
    from kpi.access.actor import operator
    from kpi.review.cycle.opening import open_due, open_review

    named = manager is not None and first is not None and last is not None
    if all_due == named or (all_due and (manager or first or last or practice)):
        raise click.UsageError("Give --manager, --from and --to, or --all-due alone.")
    engine, actor = opened(db), operator()
    if manager is None or first is None or last is None:
        made = open_due(engine, actor, due)
    else:
        made = [open_review(engine, actor, practice, manager, first, last, due)]
    for each in made:
        click.echo(
            f"Review {each.number} of {each.assignment.manager.name}, {each.first} to "
            f"{each.last}, is open; due on {each.due_on}."
        )
    if not made:
        click.echo("Nothing is due: every review period that is over has its review.")


@review.command("show")
@NUMBER
@output
@database
def review_show(number: int, form: str, db: str | None) -> None:
    """Show one review: its steps, what was written, what is in the way, what may be done."""
    from kpi.access.actor import operator
    from kpi.review.cycle.as_json import review_document
    from kpi.review.cycle.listing import see_review

    engine = opened(db)
    found = see_review(engine, operator(), _place(engine, number), number)
    if form == "json":
        print_json(review_document(found))
        return
    review, document = found.review, found.document
    said = "" if review.version == 1 else f", version {review.version}"
    click.echo(
        f"Review {number}{said}: {review.assignment.manager.name}, {review.first} to "
        f"{review.last}. It is {review.state.words}."
    )
    if found.days_left is not None:
        click.echo(f"Due on {review.due_on}, days left: {found.days_left}.")
    decided = review.rating or "not decided yet"
    click.echo(f"Rating indicated: {document['indicated_rating'] or 'none'}; decided: {decided}.\n")
    steps = [
        {"at": each.at, "action": each.action.replace("_", " "), "by": each.by, "note": each.note}
        for each in review.steps
    ]
    print_table(steps, {"at": "When (UTC)", "action": "Step", "by": "By", "note": "Said"})
    for text in found.texts:
        where = document["definitions"].get(text.kpi, {}).get("name", "the period as a whole")
        draft = "" if text.handed_in else ", not handed in"
        click.echo(f"\n{text.part.capitalize()} on {where} (revision {text.revision}{draft}):")
        print_lines(text.text, "  ")
    if found.blockers:
        click.echo("\nIn the way of being final:")
        for blocker in found.blockers:
            print_lines(blocker.sentence, "- ")
    for each in found.frozen:
        click.echo(f"\nVersion {each.version} was made final at {each.at} by {each.by}.\n"
                   f"SHA-256 {each.sha256}")  # fmt: skip


@review.command("assess")
@NUMBER
@TEXT
@KPI
@SEEN
@database
def review_assess(number: int, text: str, kpi: str | None, seen: int, db: str | None) -> None:
    """Write down what the manager says of her period, or answers; she hands it in herself."""
    from kpi.access.actor import operator
    from kpi.review.cycle.writing import WHOLE, write_own

    engine = opened(db)
    place = _place(engine, number)
    revision = write_own(engine, operator(), place, number, text, seen, kpi or WHOLE)
    click.echo(
        f"Saved as revision {revision}, not handed in: that is for the manager, on the page Review."
    )


@review.command("comment")
@NUMBER
@TEXT
@KPI
@SEEN
@database
def review_comment(number: int, text: str, kpi: str | None, seen: int, db: str | None) -> None:
    """Write down what the supervisor says; a physician signs it on the page."""
    from kpi.access.actor import operator
    from kpi.review.cycle.writing import WHOLE, write_as_supervisor

    engine = opened(db)
    place = _place(engine, number)
    revision = write_as_supervisor(engine, operator(), place, number, text, seen, kpi or WHOLE)
    click.echo(
        f"Saved as revision {revision}, not signed: a physician does that on the page Review."
    )


@review.command("exclude")
@NUMBER
@click.option("--kpi", metavar="KPI", help="This KPI; else every KPI without a gate.")
@click.option("--from", "first", type=MONTH, help="First month; else the period's.")
@click.option("--to", "last", type=MONTH, help="Last month; else the period's.")
@click.option("--evidence", metavar="TEXT", help="What it rests on.")
@click.option("--withdraw", type=int, metavar="N", help="Put back what exclusion N took out.")
@REASON
@database
def review_exclude(
    number: int,
    kpi: str | None,
    first: Month | None,
    last: Month | None,
    evidence: str | None,
    withdraw: int | None,
    reason: str,
    db: str | None,
) -> None:
    """Take a KPI or months out of a review's score, with reason and evidence, or put them back."""
    from kpi.access.actor import operator
    from kpi.review.basis.exclusions import exclude, withdraw_exclusion
    from kpi.review.cycle.listing import see_review

    if (withdraw is None) == (evidence is None):
        raise click.UsageError("Give --evidence, or --withdraw N.")
    engine, actor = opened(db), operator()
    place = _place(engine, number)
    if withdraw is not None:
        withdraw_exclusion(engine, actor, place, withdraw, reason)
        click.echo(f"Exclusion {withdraw} is withdrawn; that it was made stays on record.")
        return
    found = see_review(engine, actor, place, number).review
    if found.state == "final":
        raise InputError(f"Review {number} is final; HR may reopen it with: kpi review reopen")
    made = exclude(
        engine, actor, found.assignment.manager.id, place, kpi, first or found.first,
        last or found.last, reason, evidence or "",
    )  # fmt: skip
    click.echo(f"Exclusion {made.number}: {made.kpi or 'every KPI without a gate'}, {made.first} "
               f"to {made.last}.")  # fmt: skip


@review.command("sign")
@NUMBER
@database
def review_sign(number: int, db: str | None) -> None:
    """Say who has to sign next, and where: a command signs for nobody."""
    from kpi.access.actor import operator
    from kpi.review.cycle.acting import act
    from kpi.review.cycle.listing import see_review

    engine, actor = opened(db), operator()
    place = _place(engine, number)
    found = see_review(engine, actor, place, number).review
    signature = _SIGNATURES.get(found.state.value)
    if signature is None:
        raise InputError(f"Review {number} is final: nobody signs it any more.")
    act(engine, actor, place, number, signature)


_SIGNATURES: dict[str, Act] = {
    "open": "hand_in",
    "self_assessed": "supervise",
    "supervised": "acknowledge",
    "acknowledged": "confirm",
    "contested": "confirm",
}


@review.command("waive")
@NUMBER
@REASON
@database
def review_waive(number: int, reason: str, db: str | None) -> None:
    """Go on without the manager's self-assessment or acknowledgement, by a reason."""
    from kpi.access.actor import operator
    from kpi.review.cycle.listing import see_review

    engine = opened(db)
    state = see_review(engine, operator(), _place(engine, number), number).review.state
    _act(engine, number, "waive_self" if state == "open" else "waive_acknowledgement", reason)


@review.command("send-back")
@NUMBER
@REASON
@database
def review_send_back(number: int, reason: str, db: str | None) -> None:
    """Send a review back to the supervisor, who decides anew."""
    _act(opened(db), number, "send_back", reason)


@review.command("finalize")
@NUMBER
@click.option(
    "--despite", default="", metavar="REASON",
    help="Why all the same, where a reason is enough; it is printed.",
)  # fmt: skip
@database
def review_finalize(number: int, despite: str, db: str | None) -> None:
    """Make a review final: its scorecard is frozen, hashed, and chained to the one before."""
    _act(opened(db), number, "finalize", despite)


@review.command("reopen")
@NUMBER
@REASON
@database
def review_reopen(number: int, reason: str, db: str | None) -> None:
    """Reopen a final review, as a new version; what was frozen stays."""
    _act(opened(db), number, "reopen", reason)


def _act(engine: Engine, number: int, act: Act, note: str) -> None:
    from kpi.access.actor import operator
    from kpi.review.cycle.acting import act as taken
    from kpi.review.cycle.listing import see_review

    place = _place(engine, number)
    found: Any = taken(engine, operator(), place, number, act, note)
    version = "" if found.version == 1 else f", version {found.version},"
    click.echo(f"Review {number}{version} is {found.state.words}.")
    if act == "finalize":
        click.echo(f"SHA-256 {see_review(engine, operator(), place, number).frozen[-1].sha256}")


def _place(engine: Engine, number: int) -> str:
    from kpi.access.actor import operator
    from kpi.review.cycle.listing import review_numbered

    return review_numbered(engine, operator(), number).assignment.practice.id
