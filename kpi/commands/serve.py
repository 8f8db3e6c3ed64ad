"""``kpi serve``."""

import os

import click

from kpi.commands.options import database, opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front ends TLS; needs --name.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Name by which browsers reach the proxy. Repeatable.",
)
@click.option(
    "--proxy",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address that the proxy comes from; others are refused.",
)
@database
def serve(
    host: str,
    port: int,
    no_browser: bool,
    behind_proxy: bool,
    names: tuple[str, ...],
    proxy: str,
    db: str | None,
) -> None:
    """Start the dashboard: for this machine, or behind a proxy that ends TLS."""
    if behind_proxy != bool(names):
        raise click.UsageError(
            "--behind-proxy and --name go together: --behind-proxy --name rolecard.clinic.example"
        )
    from dashboards.serve import serve as start
    from dashboards.web.openid_settings import provider_in
    from dashboards.web.serving import Serving

    openid = provider_in(os.environ)  # says what is wrong with it before anybody signs in
    engine = opened(db)  # says what is wrong with the database before a page would
    os.environ["KPI_DATABASE_URL"] = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    lowered = tuple(each.lower() for each in names)
    serving = Serving(lowered, proxy, openid=openid) if behind_proxy else Serving(openid=openid)
    start(host, port, serving, said, browser=not no_browser and not behind_proxy)


def said(address: str) -> None:
    """Says where the dashboard is, once it answers."""
    click.echo(f"Dashboard, until you press Ctrl+C: {address}")
