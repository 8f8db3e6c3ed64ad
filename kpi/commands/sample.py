"""The sample practices, loaded as their people would load them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.commands.options import MONTHS
from kpi.errors import InputError
from kpi.ingest.accounts import set_account
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.months import Month
from kpi.review.roles.publication import publish
from kpi.store import clock

Manifest = Mapping[str, Any]


def sample_folder() -> Traversable:
    """The sample data: inside the package where it is installed, beside it in a checkout."""
    inside = files("kpi") / "sample_data"
    return inside if inside.is_dir() else Path(str(files("kpi"))).parent / "sample_data"


def sample_manifest() -> Manifest:
    """What the sample is made of, in the order in which it is loaded."""
    found: Manifest = json.loads((sample_folder() / "manifest.json").read_text(encoding="utf-8"))
    return found


def story_texts() -> dict[str, bytes]:
    """The files that tell what people did with the sample, by name; ``kpi demo`` plays them."""
    folder = sample_folder() / "reviews"
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".yaml")
    }


def load_sample(engine: Engine, say: Callable[[str], None]) -> None:
    """Loads practices, people, exports, declarations and roles of the sample's manifest.

    ``say`` is told what is being loaded. Raises InputError where a sample file is refused.
    """
    manifest = sample_manifest()
    add_people(engine, manifest)
    load_files(engine, manifest["files"], say)
    map_accounts(engine, manifest)
    declare(engine, manifest)
    publish_roles(engine, manifest["roles"])


def add_people(engine: Engine, manifest: Manifest) -> None:
    """The practices, and who manages them."""
    names = {each["id"]: each["name"] for each in manifest["managers"]}
    for each in manifest["practices"]:
        add_practice(engine, operator(), **each)
    for each in manifest["assignments"]:
        last = Month.parse(each["to"]) if each["to"] else None
        add_manager(
            engine, operator(), each["manager"], names[each["manager"]], each["practice"],
            Month.parse(each["from"]), last, each["role"], each["locations"],
        )  # fmt: skip


def load_files(
    engine: Engine, entries: Sequence[Mapping[str, Any]], say: Callable[[str], None]
) -> None:
    """Loads files of the manifest, in their order. Raises InputError where one is refused."""
    for at, each in enumerate(entries, start=1):
        say(f"{at} of {len(entries)}: {each['file']}")
        _load_file(engine, each)


def map_accounts(engine: Engine, manifest: Manifest) -> None:
    """What each account of a ledger is."""
    for practice, categories in manifest["accounts"].items():
        for account, category in categories.items():
            set_account(engine, operator(), practice, account, category)


def declare(engine: Engine, manifest: Manifest) -> None:
    """The months for which there was nothing to report."""
    for each in manifest["attestations"]:
        attest(engine, operator(), each["practice"], each["dataset"], Month.parse(each["month"]))


def publish_roles(engine: Engine, entries: Sequence[Mapping[str, Any]]) -> None:
    """Publishes role files, in their order."""
    for each in entries:
        publish(
            engine, operator(), each["practice"], (sample_folder() / each["file"]).read_bytes(),
            each["file"], each["retroactive"], clock.instant().date(),
        )  # fmt: skip


def _load_file(engine: Engine, each: Mapping[str, Any]) -> None:
    source = sample_folder() / each["file"]
    covers = MONTHS.convert(each["covers"], None, None) if each.get("covers") else ()
    with source.open("rb") as content:
        receipts = ingest(
            engine, operator(), each["practice"], content, source.name,
            dataset=each.get("dataset"), profile=each.get("profile"), covers=covers,
            replace=each.get("replace", False),
        )  # fmt: skip
    for receipt in receipts:
        if receipt.status == "refused":
            raise InputError(f"{each['file']}: {receipt.message}")
