"""``kpi demo``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from kpi.commands.options import opened
from kpi.errors import DatabaseError

READY = "ready"


@click.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def demo(port: int, no_browser: bool) -> None:
    """Open the dashboard on two sample practices, in a folder of their own."""
    from dashboards.serve import check_address, serve
    from dashboards.web.serving import Serving
    from kpi.commands.serve import said
    from kpi.store.location import home

    serving = Serving(demo=True)
    check_address("127.0.0.1", port, serving)
    folder = home() / "demo"
    # The demo never touches the practice's own database or key.
    os.environ["KPI_HOME"] = str(folder)
    os.environ["KPI_DATABASE_URL"] = f"sqlite:///{folder / 'rolecard.db'}"
    if not _is_current(folder):
        _build(folder)
    click.echo(f"Sample practices are in {folder}.")
    serve("127.0.0.1", port, serving, said, browser=not no_browser)


def _is_current(folder: Path) -> bool:
    """Whether the demo was built whole, by this version, from this sample, and still opens."""
    mark = folder / READY
    if not mark.is_file() or mark.read_text(encoding="utf-8") != _edition():
        return False
    try:
        opened(None).dispose()
    except DatabaseError:
        return False
    return True


def _edition() -> str:
    import hashlib

    from dashboards.demo import DEMO_ACCOUNTS, OTHERS
    from kpi import __version__
    from kpi.commands.sample import sample_folder, story_texts

    manifest = (sample_folder() / "manifest.json").read_bytes()
    built_from = manifest + repr((DEMO_ACCOUNTS, OTHERS, story_texts())).encode()
    return f"{__version__} {hashlib.sha256(built_from).hexdigest()}"


def _build(folder: Path) -> None:
    from kpi.commands.story import load_story
    from kpi.store.engine import writing
    from kpi.store.schema import init_database
    from kpi.store.secret import make_key

    shutil.rmtree(folder, ignore_errors=True)
    engine = init_database()
    with writing(engine) as connection:
        make_key(connection)
    engine.dispose()
    engine = opened(None)
    load_story(engine, lambda text: click.echo(f"Loading the sample, {text}"))
    engine.dispose()
    (folder / READY).write_text(_edition(), encoding="utf-8")
