"""Every public function of ``kpi`` that takes an actor, found by looking, and what each asks for.

A new one that stands in neither table fails the tests: whoever writes it says which action it asks
the permission for, or why it asks for none.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

import kpi
from kpi.access.actor import Action, Actor, operator
from kpi.access.managers import add_manager, list_assignments
from kpi.access.practices import add_practice, list_practices, practice_named
from kpi.catalogue import kpi as kpi_of
from kpi.months import Month
from kpi.review.oversight.month_notes import withdraw_note
from kpi.role import Baseline

Function = Callable[..., Any]

ASKS: dict[str, Action] = {
    "access.accounts.account_named": "manage_accounts",
    "access.accounts.add_account": "manage_accounts",
    "access.accounts.change_account": "manage_accounts",
    "access.accounts.disable_account": "manage_accounts",
    "access.accounts.list_accounts": "manage_accounts",
    "access.audit.entries": "read_trail",
    "access.audit.seals": "read_trail",
    "access.erasing.erase_account": "manage_accounts",
    "access.backing_up.back_up": "back_up",
    "access.exports.note_export": "read_uploads",
    "access.exports.note_scorecard": "read_uploads",
    "access.holds.hold_manager": "hold",
    "access.holds.hold_practice": "hold",
    "access.holds.list_holds": "hold",
    "access.holds.release_hold": "hold",
    "access.invitations.invite": "manage_accounts",
    "access.invitations.reset": "manage_accounts",
    "access.leave.leave_of": "read_scores",
    "access.leave.set_leave": "exclude",
    "access.leave.withdraw_leave": "exclude",
    "access.managers.add_manager": "manage_people",
    "access.managers.assignment_for": "read_scores",
    "access.managers.assignments_seen": "read_people",
    "access.managers.end_assignment": "manage_people",
    "access.managers.list_assignments": "read_people",
    "access.practices.add_practice": "manage_people",
    "access.practices.list_practices": "read_people",
    "access.practices.practice_named": "upload",
    "access.restoring.check_backup": "back_up",
    "access.restoring.restore": "back_up",
    "health.checks.check_installation": "check_health",
    "health.checks.check_practice": "check_health",
    "health.facts.installation_facts": "check_health",
    "ingest.accounts.list_accounts": "read_uploads",
    "ingest.accounts.set_account": "upload",
    "ingest.countersigning.countersign": "countersign",
    "ingest.countersigning.decline": "countersign",
    "ingest.declaring.attest": "upload",
    "ingest.declaring.dismiss": "upload",
    "ingest.ingestion.ingest": "upload",
    "ingest.locations.list_locations": "read_uploads",
    "ingest.log.last_loaded": "read_uploads",
    "ingest.log.upload_shown": "read_uploads",
    "ingest.log.uploads_list": "read_uploads",
    "ingest.own_profiles.known_profiles": "upload",
    "ingest.own_profiles.remove_profile": "upload",
    "ingest.own_profiles.save_profile": "upload",
    "ingest.own_profiles.saved_text": "read_uploads",
    "ingest.quarantine.in_quarantine": "read_uploads",
    "ingest.rebuilding.rebuild_practice": "upload",
    "ingest.replaying.replay_sample": "read_uploads",
    "ingest.resuming.standing_receipts": "upload",
    "ingest.undoing.undo": "upload",
    "review.roles.acknowledging.acknowledge": "acknowledge",
    "review.roles.acknowledging.acknowledgements": "read_roles",
    "review.cycle.acting.act": "read_scores",
    "review.frozen.all_final.changed_versions": "read_roles",
    "review.frozen.all_final.verify_all": "read_scores",
    "review.roles.backtest.backtest_role": "backtest",
    "review.scores.board.board": "read_uploads",
    "review.oversight.countersigning.waiting": "read_uploads",
    "review.oversight.retention.apply_retention": "retain",
    "review.oversight.retention.keep_records": "retain",
    "review.oversight.retention.retention_of": "retain",
    "review.basis.deliveries.deliveries_of": "read_uploads",
    "review.basis.deliveries.set_deliverer": "deliver",
    "review.frozen.document.scorecard_document": "read_scores",
    "review.basis.exclusions.exclude": "exclude",
    "review.basis.exclusions.exclusions_of": "read_scores",
    "review.basis.exclusions.withdraw_exclusion": "exclude",
    "review.roles.drafts.discard_draft": "publish_role",
    "review.roles.drafts.draft_of": "publish_role",
    "review.roles.drafts.list_drafts": "publish_role",
    "review.roles.drafts.save_draft": "publish_role",
    "review.explained.explanation.explain": "read_scores",
    "review.explained.explanation.explain_rows": "read_scores",
    "review.cycle.listing.in_the_way": "read_scores",
    "review.cycle.listing.list_reviews": "read_scores",
    "review.cycle.listing.review_numbered": "read_scores",
    "review.cycle.listing.see_review": "read_scores",
    "review.cycle.listing.waiting_for": "read_scores",
    "review.roles.history.baseline_value": "publish_role",
    "review.roles.history.monthly_history": "publish_role",
    "review.roles.history.months_held": "publish_role",
    "review.explained.movement.why_moved": "read_scores",
    "review.scores.moves.moves": "read_scores",
    "review.cycle.opening.due_to_open": "review_hr",
    "review.cycle.opening.open_due": "review_hr",
    "review.cycle.opening.open_review": "review_hr",
    "review.scores.pace.pace_of": "read_scores",
    "review.scores.pace.running_pace": "read_scores",
    "review.frozen.own_file.own_record": "read_scores",
    "review.frozen.own_file.own_scorecards": "read_scores",
    "review.frozen.own_file.take_own_file": "read_scores",
    "review.scores.pay.bonus_for": "read_pay",
    "review.basis.periods.periods_to_choose": "read_scores",
    "review.cycle.plan.add_action": "plan",
    "review.cycle.plan.change_action": "plan",
    "review.cycle.plan.plan_of": "read_scores",
    "review.roles.publication.publish": "publish_role",
    "review.roles.context.role_context": "read_uploads",
    "review.roles.yearly.role_reviews_due": "read_roles",
    "review.basis.rebasing.rebase": "rebase",
    "review.basis.rebasing.rebasings_of": "read_uploads",
    "review.basis.rebasing.withdraw_rebasing": "rebase",
    "review.scores.scoring.score_manager": "read_scores",
    "review.explained.since.changed_since": "read_scores",
    "review.oversight.month_notes.note_month": "annotate",
    "review.oversight.month_notes.notes_on": "read_uploads",
    "review.oversight.month_notes.withdraw_note": "annotate",
    "review.oversight.spot_check.draw": "spot_check",
    "review.oversight.spot_check.spot_checks_of": "read_scores",
    "review.oversight.spot_check.tick": "spot_check",
    "review.scores.side_by_side.practices_side_by_side": "read_scores",
    "review.scores.upload_moves.upload_moves": "read_scores",
    "review.basis.versions.published_versions": "read_roles",
    "review.frozen.verifying.verify_file": "read_scores",
    "review.frozen.verifying.verify_review": "read_scores",
    "review.cycle.writing.write_as_supervisor": "review_supervise",
    "review.cycle.writing.write_own": "review_self",
}

OF_NO_PRACTICE = {
    "review.scores.side_by_side.practices_side_by_side",
    "access.backing_up.back_up", "access.restoring.check_backup", "access.restoring.restore",
    "access.accounts.account_named", "access.accounts.add_account",
    "access.accounts.change_account",
    "access.accounts.disable_account", "access.accounts.list_accounts", "access.audit.seals",
    "access.erasing.erase_account", "access.holds.list_holds",
    "access.invitations.invite", "access.invitations.reset", "health.checks.check_installation",
    "health.facts.installation_facts", "access.managers.assignments_seen",
    "access.managers.list_assignments", "access.practices.add_practice",
    "access.practices.list_practices", "review.cycle.listing.list_reviews",
    "review.cycle.listing.review_numbered", "review.cycle.listing.waiting_for",
    "review.cycle.opening.due_to_open", "review.cycle.opening.open_due",
    "review.frozen.verifying.verify_file",
    "review.roles.drafts.list_drafts",
    "review.roles.yearly.role_reviews_due",
}  # fmt: skip
"""What is asked for no one practice: lists are cut to the actor's practices, accounts are looked
after as ``test_accounts`` says."""

ASKS_NOTHING = {
    "review.scores.side_by_side.has_several": "it says of an actor what a list has to say",
    "access.accounts.require_looked_after": "it is itself what is asked",
    "access.actor.may": "it is itself what is asked",
    "access.actor.require": "it is itself what is asked",
    "access.actor.require_own": "it is itself what is asked",
    "access.actor.require_pay": "it is itself what is asked",
    "access.actor.require_score": "it is itself what is asked",
    "access.kept.keep": "it keeps what is one's own, and refuses who has no account",
    "access.kept.kept_at": "it gives what is one's own",
    "access.trail.note": "it writes, in a deed's transaction, that the deed was done",
    "access.trail.note_refusal": "it writes that somebody was refused",
    "review.cycle.reviews.reviews_seen": "it is cut to the actor's own, and its callers have asked",
    "review.cycle.reviews.seen_by": "it is what lists are cut by",
    "review.cycle.seen.writes": "it is itself what is asked",
    "review.cycle.stepping.allowed_move": "it is itself what is asked",
    "review.cycle.stepping.next_step": "it says of an actor what a review has to say",
    "review.cycle.stepping.take": "it writes, in a step's transaction, that the step was taken",
    "review.cycle.table.not_his": "it is itself what is asked",
    "ingest.deeds.before_loading": "it is told who loads, in the transaction of a load",
    "ingest.deeds.waits": "it says of an actor what the log has to say",
    "ingest.deeds.watched_undoing": "it is told who undoes, in the transaction of an undo",
    "ingest.log.enter": "it writes, in a deed's transaction, that the deed was done",
}


def taking_an_actor() -> dict[str, Function]:
    """The functions by their names below ``kpi``."""
    found = {}
    for module in pkgutil.walk_packages(kpi.__path__, "kpi."):
        if module.name.startswith(("kpi.commands", "kpi.sample_data", "kpi.store.migrations")):
            continue
        if module.name == "kpi.__main__":
            continue
        for name, each in vars(import_module(module.name)).items():
            own = inspect.isfunction(each) and each.__module__ == module.name
            if own and not name.startswith("_"):
                given = inspect.signature(each).parameters.values()
                if any(one.annotation in ("Actor", Actor) for one in given):
                    found[f"{module.name}.{name}".removeprefix("kpi.")] = each
    return found


def places(engine: Engine) -> None:
    """Two practices, and dana, who manages the first."""
    for id in ("lakeside", "hillcrest"):
        add_practice(engine, operator(), id, id.title())
    add_manager(engine, operator(), "dana", "Dana", "lakeside", Month(2026, 1))


def arguments(
    function: Function, engine: Engine, connection: Connection, actor: Actor
) -> dict[str, Any]:
    """Arguments about lakeside and dana, built by a function's signature."""
    assignment = next(each for each in list_assignments(engine, operator()))
    by_name = {
        "practice_id": "lakeside", "manager_id": "dana", "kpi_id": "no_show_rate",
        "category": "rent", "dataset": "incidents", "kind": "hr",
        "into": Path("no such folder") / "file",
    }  # fmt: skip
    by_type: dict[str, Any] = {
        "Engine": engine,
        "Connection": connection,
        "Actor": actor,
        "Assignment": assignment,
        "Practice": list_practices(engine, operator())[-1],
        "Month": Month(2026, 1),
        "Path": Path("nowhere.csv"),
        "Path | BinaryIO": BytesIO(b"a,b\n1,2\n"),
        "Baseline": Baseline(Month(2026, 1), Month(2026, 1)),
        "Kpi": kpi_of("no_show_rate"),
        "Sequence[Kpi]": [kpi_of("no_show_rate")],
        "Sequence[str]": ["html"],
        "Sequence[str] | None": None,
        "bool": False,
        "bytes": b"",
        "date": date(2026, 5, 1),
        "Period | None": None,
        "int": 1,
        "int | None": 24,
        "str": "nobody",
        "str | None": None,
        "Act": "confirm",
        "date | None": None,
    }
    if function is practice_named:
        by_name["id"] = "lakeside"
    if function is withdraw_note:
        by_name["number"] = 99  # none: somebody else's is refused to whoever did not write it
    given: dict[str, Any] = {}
    for name, each in inspect.signature(function).parameters.items():
        if name in by_name:
            given[name] = by_name[name]
        elif each.default is inspect.Parameter.empty and each.kind is not each.VAR_KEYWORD:
            given[name] = by_type[each.annotation]
    return given


def called(function: Function, given: dict[str, Any]) -> None:
    """Calls a function; one that gives its results one by one gives the first."""
    found = function(**given)
    if inspect.isgenerator(found):
        next(found, None)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked for meanwhile, apart from the beginnings of transactions."""
    found: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", heard)
    yield found
    event.remove(engine, "before_cursor_execute", heard)
