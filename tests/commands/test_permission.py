"""Every command acts as the operator, and asks, through the functions, whether the operator may."""

from collections.abc import Iterator

import click
import pytest

from kpi.access import actor
from kpi.access.actor import Actor
from kpi.cli import kpi as program
from tests.commands.running import Shell

AT = ("--practice", "lakeside")
OF = ("--manager", "dana", "--from", "2026-01", "--to", "2026-03")

ASKS: dict[str, tuple[str, ...]] = {
    "practice add": ("harbor", "--name", "Harbor"),
    "practice list": (),
    "manager add": ("pat", "--name", "Pat", *AT, "--from", "2026-01"),
    "manager end": ("dana", "--to", "2026-03"),
    "manager list": (),
    "role check": ("{role}", *AT),
    "role publish": ("{role}", *AT),
    "ingest": ("{file}", *AT),
    "map": ("{file}", *AT),
    "profiles list": AT,
    "profiles show": ("ours", *AT),
    "profiles remove": ("ours", *AT),
    "profiles save": ("ours", "{file}", *AT),
    "accounts list": AT,
    "accounts set": ("Rent", "rent", *AT),
    "uploads list": AT,
    "uploads show": ("1", *AT),
    "uploads undo": ("1", *AT),
    "status": AT,
    "attest": ("incidents", *AT, "--month", "2026-01"),
    "score": OF,
    "explain": ("no_show_rate", *OF),
    "scorecard": (*OF, "-o", "{folder}/dana.html"),
    "account add": ("pat", "--name", "Pat", "--kind", "hr", "--all-practices"),
    "account list": (),
    "account invite": ("pat",),
    "account password": ("pat",),
    "account change": ("pat", "--kind", "hr"),
    "account disable": ("pat",),
    "account erase": ("pat",),
    "hold list": (),
    "hold release": ("1", "--reason", "Settled"),
    "hold set": ("lakeside", "--reason", "A claim"),
    "audit list": (),
    "audit verify": (),
    "backup": ("{folder}/rolecard.backup",),
    "doctor": (),
    "manager leave": ("dana", *AT, "--from", "2025-03", "--to", "2025-03"),
    "manager file": ("dana", "-o", "{folder}/dana.zip"),
    "role acknowledge": AT,
    "role backtest": ("{role}", *AT, "--from", "2025-01", "--to", "2025-12"),
    "role diff": ("2025.1", "2026.1", *AT),
    "role due": (),
    "deliveries list": AT,
    "deliveries set": ("claims", "--who", "The billing company", *AT),
    "pace": ("--manager", "dana", *AT),
    "bonus": OF,
    "plan add": ("Call back", "--manager", "dana", *AT, "--owner", "Dana", "--due", "2026-05-01"),
    "plan change": ("1", "--manager", "dana", *AT, "--seen", "1", "--state", "done"),
    "plan list": ("--manager", "dana", *AT),
    "rebase list": AT,
    "rebase set": ("no_show_rate", *AT, "--month", "2026-01", "--reason", "New reminders"),
    "rebase withdraw": ("1", *AT),
    "retention apply": (*AT, "--before", "2020-01"),
    "retention set": (*AT, "--keep", "7y"),
    "retention show": AT,
    "review assess": ("1", "--text", "Quiet"),
    "review comment": ("1", "--text", "Quiet"),
    "review exclude": ("1", "--kpi", "no_show_rate", "--reason", "Storm", "--evidence", "Log"),
    "review finalize": ("1",),
    "review list": AT,
    "review open": OF,
    "review reopen": ("1", "--reason", "Wrong file"),
    "review send-back": ("1", "--reason", "No reason given"),
    "review show": ("1",),
    "review sign": ("1",),
    "review waive": ("1", "--reason", "Ill"),
    "verify": ("1",),
}

ASKS_NOTHING = {
    "demo": "it works on made-up practices in a folder of their own",
    "init": "without it there is no database to ask",
    "restore": "there is no database yet to note a refusal in; it is asked for below",
    "template": "it reads no database",
    "catalogue": "it reads no database",
    "role new": "it reads no database",
    "role render": "it reads no database",
    "role schema": "it reads no database",
    "serve": "its pages ask whoever signs in",
}


def commands(group: click.Group, *path: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield " ".join([*path, name])


@pytest.fixture
def engine(tmp_path):
    """One kind of database is enough: what is asked for is the same on both."""
    from tests.databases import made

    found = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield found
    found.dispose()


def test_every_command_is_known() -> None:
    assert sorted(commands(program)) == sorted([*ASKS, *ASKS_NOTHING])


def test_each_is_refused_to_whoever_may_not_and_done_for_the_operator(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    shell.done("manager", "add", "dana", "--name", "Dana", *AT, "--from", "2025-01")
    shell.done("account", "add", "ada", "--name", "Ada", "--kind", "hr", "--all-practices")
    places = {
        "file": shell.file("complaints.csv", "complaint_id,received_on\n1,2026-01-05\n"),
        "role": shell.file("role.yaml", "role: none\n"),
        "folder": str(shell.folder),
    }

    def run(name: str) -> str:
        given = [each.format(**places) for each in ASKS[name]]
        ran = shell(*name.split(), *given)
        assert ran.status in (0, 1), (name, ran)
        return ran.err

    for name in ASKS:
        assert "may not" not in run(name), name
    monkeypatch.setattr(actor, "operator", lambda: Actor("visitor", "Somebody"))
    for name in ASKS:
        assert "Somebody (visitor) may not" in run(name), name


def test_a_restore_is_refused_although_there_is_no_trail_to_say_it_in(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actor, "operator", lambda: Actor("visitor", "Somebody"))
    for option in ([], ["--check"]):
        file = shell.file("monday.backup", "whatever")
        place = f"sqlite:///{shell.folder / 'elsewhere.db'}"
        ran = shell.bare("--db", place, "restore", file, *option)
        assert (ran.status, "Somebody (visitor) may not" in ran.err) == (1, True), ran
    assert not (shell.folder / "elsewhere.db").exists()
