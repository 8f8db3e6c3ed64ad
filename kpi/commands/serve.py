"""``kpi serve``."""

import os

import click

from kpi.commands.options import database, opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@database
def serve(host: str, port: int, no_browser: bool, db: str | None) -> None:
    """Start the dashboard, for this machine only."""
    from dashboards.serve import serve as start

    engine = opened(db)  # says what is wrong with the database before a page would
    os.environ["KPI_DATABASE_URL"] = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    start(host, port, browser=not no_browser)
