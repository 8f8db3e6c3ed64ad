"""The sample practices, loaded as their people would load them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.commands.options import MONTHS
from kpi.errors import InputError
from kpi.ingest.accounts import set_account
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.months import Month
from kpi.review.publication import publish


def sample_folder() -> Traversable:
    """The sample data: inside the package where it is installed, beside it in a checkout."""
    inside = files("kpi") / "sample_data"
    return inside if inside.is_dir() else Path(str(files("kpi"))).parent / "sample_data"


def load_sample(engine: Engine, say: Callable[[str], None]) -> None:
    """Loads practices, people, exports, declarations and roles of the sample's manifest.

    ``say`` is told what is being loaded. Raises InputError where a sample file is refused.
    """
    folder, actor = sample_folder(), operator()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    names = {each["id"]: each["name"] for each in manifest["managers"]}
    for each in manifest["practices"]:
        add_practice(engine, actor, **each)
    for each in manifest["assignments"]:
        last = Month.parse(each["to"]) if each["to"] else None
        add_manager(
            engine, actor, each["manager"], names[each["manager"]], each["practice"],
            Month.parse(each["from"]), last, each["role"], each["locations"],
        )  # fmt: skip
    for at, each in enumerate(manifest["files"], start=1):
        say(f"{at} of {len(manifest['files'])}: {each['file']}")
        _load_file(engine, actor, folder, each)
    for practice, categories in manifest["accounts"].items():
        for account, category in categories.items():
            set_account(engine, actor, practice, account, category)
    for each in manifest["attestations"]:
        attest(engine, actor, each["practice"], each["dataset"], Month.parse(each["month"]))
    for each in manifest["roles"]:
        publish(
            engine, actor, each["practice"], (folder / each["file"]).read_bytes(), each["file"],
            each["retroactive"], datetime.now(UTC).date(),
        )  # fmt: skip


def _load_file(engine: Engine, actor: Actor, folder: Traversable, each: dict[str, Any]) -> None:
    source = folder / each["file"]
    covers = MONTHS.convert(each["covers"], None, None) if each.get("covers") else ()
    with source.open("rb") as content:
        receipts = ingest(
            engine, actor, each["practice"], content, source.name,
            dataset=each.get("dataset"), profile=each.get("profile"), covers=covers,
            replace=each.get("replace", False),
        )  # fmt: skip
    for receipt in receipts:
        if receipt.status == "refused":
            raise InputError(f"{each['file']}: {receipt.message}")
