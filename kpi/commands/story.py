"""The demo's story: the sample practices, and what their people did with them, day by day.

``sample_data/reviews`` says who did what when. Each deed goes through the function that a page
would call, as the account that the person signs in with, with the clock standing at its moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from dashboards.demo import add_demo_accounts
from kpi.access.accounts import list_accounts
from kpi.access.actor import Actor, operator
from kpi.commands.sample import (
    add_people,
    declare,
    load_files,
    map_accounts,
    publish_roles,
    sample_manifest,
    story_texts,
)
from kpi.months import Month
from kpi.review.basis.exclusions import exclude
from kpi.review.cycle.acting import act
from kpi.review.cycle.opening import open_review
from kpi.review.cycle.plan import add_action, change_action
from kpi.review.cycle.writing import WHOLE, write_as_supervisor, write_own
from kpi.review.roles.acknowledging import acknowledge, acknowledgements
from kpi.store.clock import standing_at

Written = Mapping[str, Any]
Deed = tuple[datetime, Callable[[], object]]

SETUP = "practices.yaml"


def load_story(engine: Engine, say: Callable[[str], None]) -> None:
    """Sets the sample practices up, adds the accounts of the demo, and plays what their people did.

    ``say`` is told what is being loaded. Raises InputError where something is refused.
    """
    setup = _read()[SETUP]
    with standing_at(_moment(setup["begun"])):
        _set_up(engine, setup, say)
    play(engine, [(_moment(setup["continued"]), partial(_continue, engine, setup, say))])


def play(engine: Engine, others: Iterable[Deed] = ()) -> None:
    """Plays what people did in their reviews, and other deeds of theirs, in the order of time, in a
    database that has the sample and the accounts of the demo.

    Raises InputError where something is refused.
    """
    actors = {each.id: each.actor for each in list_accounts(engine, operator())}
    told = [each for name, each in _read().items() if name != SETUP]
    deeds = [*others, *(deed for each in told for deed in _deeds(engine, actors, each))]
    for at, deed in sorted(deeds, key=lambda each: each[0]):
        with standing_at(at):
            deed()


def _read() -> dict[str, Any]:
    from ruamel.yaml import YAML

    return {name: YAML(typ="safe").load(text) for name, text in story_texts().items()}


def _set_up(engine: Engine, setup: Written, say: Callable[[str], None]) -> None:
    manifest = sample_manifest()
    add_people(engine, manifest)
    add_demo_accounts(engine)
    load_files(engine, _files(setup, later=False), say)
    map_accounts(engine, manifest)
    # Those of the story fall between those of the manifest; each is published after the one before.
    roles = [*manifest["roles"], *setup["roles"]]
    publish_roles(engine, sorted(roles, key=lambda each: str(each["file"])))


def _continue(engine: Engine, setup: Written, say: Callable[[str], None]) -> None:
    load_files(engine, _files(setup, later=True), say)
    declare(engine, sample_manifest())


def _files(setup: Written, *, later: bool) -> list[Written]:
    """The files that there were already when the practices began, or those of later."""
    found: list[Written] = sample_manifest()["files"]
    return [each for each in found if (str(setup["later"]) in each["file"]) is later]


def _deeds(engine: Engine, actors: Mapping[str, Actor], told: Written) -> Iterator[Deed]:
    practice, manager = told["practice"], told["manager"]
    for each in told["acknowledged"]:
        actor = actors[each["by"]]
        yield _moment(each["at"]), partial(_acknowledge, engine, actor, practice)
    for each in told["exclusions"]:
        yield (
            _moment(each["at"]),
            partial(
                exclude, engine, actors[each["by"]], manager, practice, each["kpi"],
                Month.parse(each["from"]), Month.parse(each["to"]), each["reason"],
                each["evidence"],
            ),
        )  # fmt: skip
    for each in told["plan"]:
        actor = actors[each["by"]]
        yield _moment(each["at"]), partial(_plan, engine, actor, manager, practice, each)
    for each in told["reviews"]:
        yield from _steps(engine, actors, practice, manager, each)


def _steps(
    engine: Engine, actors: Mapping[str, Actor], practice: str, manager: str, told: Written
) -> Iterator[Deed]:
    opened: list[int] = []

    def take(actor: Actor, step: Written) -> None:
        if step["do"] == "open":
            first, last = Month.parse(told["from"]), Month.parse(told["to"])
            due = date.fromisoformat(str(step["due"])) if "due" in step else None
            review = open_review(engine, actor, practice, manager, first, last, due)
            opened.append(review.number)
            return
        written = {WHOLE: step["whole"]} if "whole" in step else {}
        write = write_as_supervisor if actor.kind == "physician" else write_own
        for kpi, text in {**written, **step.get("kpis", {})}.items():
            write(engine, actor, practice, opened[0], text, 0, kpi)
        if step["do"] != "write":
            note, rating = step.get("note", ""), step.get("rating")
            act(engine, actor, practice, opened[0], step["do"], note, rating)

    for step in told["steps"]:
        yield _moment(step["at"]), partial(take, actors[step["by"]], step)


def _acknowledge(engine: Engine, actor: Actor, practice: str) -> None:
    """Every version that there is of the manager's own role."""
    for each in acknowledgements(engine, actor, practice):
        acknowledge(engine, actor, practice, each.role, each.sha256, each.newest)


def _plan(engine: Engine, actor: Actor, manager: str, practice: str, told: Written) -> None:
    if "number" in told:
        number, seen = told["number"], told["seen"]
        change_action(engine, actor, manager, practice, number, seen, state=told["state"])
        return
    due = date.fromisoformat(str(told["due"]))
    add_action(
        engine, actor, manager, practice, told["action"], told["owner"], due, told.get("kpi")
    )


def _moment(text: object) -> datetime:
    """A moment as the story writes it: UTC, to the minute."""
    return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)
