"""``kpi account``, and the first administrator whom ``kpi init`` asks for on a terminal."""

import io

import pytest
from sqlalchemy import Engine

from kpi.access.invitations import choose_passphrase
from kpi.access.sessions import signed_in
from kpi.access.sign_in import by_passphrase
from kpi.errors import InputError, NotPermitted
from tests.access.people import PASSPHRASE
from tests.commands.running import Shell

pytestmark = pytest.mark.usefixtures("quick_hashes")

JSON = ("--format", "json")
DANA = ("--name", "Dana Example", "--kind", "manager", "--practice", "lakeside", "--manager")
LINK = "http://127.0.0.1:8501/auth/invitation#"


@pytest.fixture(autouse=True)
def places(shell: Shell) -> None:
    for id in ("lakeside", "hillcrest"):
        shell.done("practice", "add", id, "--name", id.title())
    shell.done(
        "manager", "add", "dana", "--name", "Dana", "--practice", "lakeside", "--from", "2026-01"
    )


def listed(shell: Shell) -> list[dict[str, object]]:
    return shell.done("account", "list", *JSON).document["accounts"]


def secret_of(printed: str) -> str:
    """The secret in a link that stands alone on standard output."""
    assert printed.startswith(LINK)
    assert printed.count("\n") == 1
    return printed.removeprefix(LINK).strip()


def test_an_account_is_added_and_listed(shell: Shell) -> None:
    said = shell.done("account", "add", "dana@lakeside.example", *DANA, "dana").out
    assert "kpi account invite dana@lakeside.example" in said
    shell.done("account", "add", "hana", "--name", "Hana", "--kind", "hr", "--all-practices")
    assert listed(shell) == [
        {"id": "dana@lakeside.example", "name": "Dana Example", "kind": "manager",
         "manager": "dana", "practices": ["lakeside"], "ready": False, "disabled": False},
        {"id": "hana", "name": "Hana", "kind": "hr",
         "manager": None, "practices": None, "ready": False, "disabled": False},
    ]  # fmt: skip
    table = shell.done("account", "list").out
    assert "no passphrase yet" in table
    assert "all" in table


@pytest.mark.parametrize("scope", [(), ("--practice", "lakeside", "--all-practices")])
def test_an_account_is_for_some_practices_or_for_all(shell: Shell, scope: tuple[str, ...]) -> None:
    ran = shell("account", "add", "pat", "--name", "Pat", "--kind", "hr", *scope)
    assert ran.status == 2
    assert "--all-practices" in ran.err
    assert listed(shell) == []


def test_a_kind_that_signs_in_nowhere_is_wrong_usage(shell: Shell) -> None:
    ran = shell("account", "add", "pat", "--name", "Pat", "--kind", "operator", "--all-practices")
    assert ran.status == 2


def test_a_managers_account_names_a_manager_who_is_there(shell: Shell) -> None:
    said = shell.refused("account", "add", "dana", *DANA, "dann")
    assert "Did you mean 'dana'?" in said
    assert listed(shell) == []


def test_an_invitation_lets_its_owner_in_once(shell: Shell, engine: Engine) -> None:
    shell.done("account", "add", "dana", *DANA, "dana")
    ran = shell.done("account", "invite", "dana")
    assert "works once, for three days" in ran.err
    secret = secret_of(ran.out)
    choose_passphrase(engine, secret, PASSPHRASE)
    assert by_passphrase(engine, "dana", PASSPHRASE, "here")
    with pytest.raises(InputError, match="does not work any more"):
        choose_passphrase(engine, secret, PASSPHRASE)


def test_a_reset_ends_what_the_old_passphrase_opened(shell: Shell, engine: Engine) -> None:
    shell.done("account", "add", "dana", *DANA, "dana")
    choose_passphrase(engine, secret_of(shell.done("account", "invite", "dana").out), PASSPHRASE)
    session = by_passphrase(engine, "dana", PASSPHRASE, "here")
    # Another invitation leaves the passphrase as it is until it is used.
    shell.done("account", "invite", "dana")
    assert signed_in(engine, session)
    secret = secret_of(shell.done("account", "password", "dana").out)
    assert signed_in(engine, session) is None
    with pytest.raises(NotPermitted):
        by_passphrase(engine, "dana", PASSPHRASE, "here")
    choose_passphrase(engine, secret, "quiet harbours collect lanterns")
    assert by_passphrase(engine, "dana", "quiet harbours collect lanterns", "here")


def test_what_is_left_out_of_a_change_stays(shell: Shell) -> None:
    shell.done("account", "add", "dana", *DANA, "dana")
    shell.done("account", "change", "dana", "--practice", "hillcrest")
    (found,) = listed(shell)
    assert (found["kind"], found["manager"], found["practices"]) == (
        "manager", "dana", ["hillcrest"],
    )  # fmt: skip
    shell.done("account", "change", "dana", "--kind", "physician")
    (found,) = listed(shell)
    assert (found["kind"], found["manager"], found["practices"]) == (
        "physician", None, ["hillcrest"],
    )  # fmt: skip
    shell.done("account", "change", "dana", "--all-practices")
    (found,) = listed(shell)
    assert (found["kind"], found["practices"]) == ("physician", None)


def test_an_account_is_shut(shell: Shell, engine: Engine) -> None:
    shell.done("account", "add", "dana", *DANA, "dana")
    choose_passphrase(engine, secret_of(shell.done("account", "invite", "dana").out), PASSPHRASE)
    session = by_passphrase(engine, "dana", PASSPHRASE, "here")
    shell.done("account", "disable", "dana")
    assert signed_in(engine, session) is None
    assert listed(shell)[0]["disabled"] is True


@pytest.mark.parametrize("deed", ["invite", "password", "disable", "change"])
def test_an_account_that_is_not_there(shell: Shell, deed: str) -> None:
    assert "There is no account 'nobody'" in shell.refused("account", deed, "nobody")


# -- kpi init -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Answers typed on a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    """Runs ``kpi init`` on a terminal where these lines are typed."""

    def run(answers: str):
        monkeypatch.setattr("sys.stdin", Terminal(answers))
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        return shell("init")

    return run


def test_init_asks_for_the_first_administrator_on_a_terminal(shell: Shell, typed) -> None:
    ran = typed("ada@example.org\nAda Example\n")
    assert ran.status == 0
    assert LINK in ran.out
    (found,) = listed(shell)
    assert (found["id"], found["kind"], found["practices"]) == (
        "ada@example.org", "administrator", None,
    )  # fmt: skip
    assert "administrator" not in typed("").out  # somebody can sign in: nothing is asked


def test_init_takes_no_answer_for_later(shell: Shell, typed) -> None:
    assert "kpi account add" in typed("\n").out
    assert listed(shell) == []


def test_init_asks_nothing_where_nobody_sits(shell: Shell, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ada@example.org\nAda\n"))
    assert "administrator" not in shell.done("init").out
    assert listed(shell) == []
