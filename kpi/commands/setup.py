"""``kpi init``."""

import click

from kpi.commands.options import database


@click.command()
@database
def init(db: str | None) -> None:
    """Make or upgrade the database and the hash key."""
    from kpi.store.engine import database_file, writing
    from kpi.store.schema import init_database
    from kpi.store.secret import key_file, make_key

    engine = init_database(db or click.get_current_context().find_root().obj)
    with writing(engine) as connection:
        made = make_key(connection)
    place = database_file(engine) or engine.url.render_as_string(hide_password=True)
    click.echo(f"The database is ready: {place}")
    if made:
        click.echo(
            f"A hash key was made: {key_file()}\n"
            "Keep a copy apart from the database: without it new exports no longer match old ones."
        )
    click.echo(
        "Names and record numbers are not stored, but visit dates and times are: the database, "
        "its backups and row exports are protected health information."
    )
