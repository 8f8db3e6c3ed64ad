"""Rolecard as a server of its own, an OpenID provider beside it, browsers that go between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import Engine

from kpi.access.accounts import add_account
from kpi.access.actor import operator
from tests.browser.chromium import served
from tests.dashboards.small_practice import small_practice

CLIENT_ID, SECRET = "rolecard", "a secret of the provider's own making"
ISA, NOOR, KIM = "isa@maple.example", "noor@maple.example", "kim@maple.example"


@dataclass(frozen=True)
class Office:
    """A served office: where it answers, its database and its home."""

    address: str
    url: str
    home: Path


@pytest.fixture(scope="module")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small practice, with HR people who have accounts and no passphrases."""
    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(home))
        engine = small_practice(f"sqlite:///{home / 'rolecard.db'}")
        for id in (ISA, NOOR, KIM):
            add_account(engine, operator(), id, id.partition("@")[0].title(), "hr", None)
        engine.dispose()
    return home


@pytest.fixture(scope="module")
def secret_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's secret in a file that is its owner's."""
    found = tmp_path_factory.mktemp("secret") / "openid-secret"
    found.write_text(SECRET + "\n", encoding="utf-8")
    found.chmod(0o600)
    return found


@pytest.fixture(scope="module")
def office(made_office: Path, secret_file: Path, provider: str) -> Iterator[Office]:
    """``kpi serve`` with the provider that the module says."""
    url = f"sqlite:///{made_office / 'rolecard.db'}"
    with served(
        "serve",
        "--db",
        url,
        KPI_HOME=str(made_office),
        KPI_OPENID_ISSUER=provider,
        KPI_OPENID_CLIENT_ID=CLIENT_ID,
        KPI_OPENID_CLIENT_SECRET_FILE=str(secret_file),
    ) as address:
        yield Office(address, url, made_office)


@pytest.fixture
def engine(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The served office's database, as a command would open it."""
    from kpi.store.schema import open_database

    monkeypatch.setenv("KPI_HOME", str(office.home))
    found = open_database(office.url)
    yield found
    found.dispose()


@pytest.fixture
def browser() -> Iterator[Callable[[], httpx2.Client]]:
    """Makes browsers that follow nothing by themselves; each has its own cookies."""
    made: list[httpx2.Client] = []

    def new() -> httpx2.Client:
        made.append(httpx2.Client(trust_env=False, timeout=30))
        return made[-1]

    yield new
    for each in made:
        each.close()


def sent_away(browser: httpx2.Client, office: Office, next: str = "/") -> str:
    """Where the provider is asked to sign somebody in."""
    answer = browser.get(f"{office.address}/auth/openid/start", params={"next": next})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def asked(address: str) -> dict[str, str]:
    """What an address asks, by name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def sentence(answer: httpx2.Response) -> str:
    """What a page of the sign-in says."""
    found = re.search(r'role="alert"[^>]*>([^<]+)<', answer.text)
    assert found, answer.text
    return found[1]


def name_shown(browser: httpx2.Client, office: Office) -> bool:
    """Whether the browser is signed in: the pages are for nobody else."""
    answer = browser.get(f"{office.address}/")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200
