"""How a provider is named, and what is said where it does not answer as it should."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from dashboards.web.openid import openid_routes
from dashboards.web.openid_settings import Provider, provider_in
from dashboards.web.serving import Serving
from kpi.errors import InputError
from tests.dashboards.test_serve import free_port
from tests.openid.conftest import sentence
from tests.openid.forger import Forger, forging

ISSUER = "https://login.clinic.example/realms/office"
NAMED = {"KPI_OPENID_ISSUER": ISSUER, "KPI_OPENID_CLIENT_ID": "rolecard"}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that holds a secret."""
    found = tmp_path / "secret"
    found.write_text("s3cret\n", encoding="utf-8")
    found.chmod(0o600)
    return found


def test_no_provider_is_named_by_default() -> None:
    assert provider_in({"KPI_HOME": "/somewhere", "KPI_OPENID_ISSUER": ""}) is None
    assert openid_routes(Serving()) == []


def test_the_secret_comes_from_a_file_or_the_environment_and_is_never_shown(secret: Path) -> None:
    from_file = provider_in({**NAMED, "KPI_OPENID_CLIENT_SECRET_FILE": str(secret)})
    assert from_file == provider_in({**NAMED, "KPI_OPENID_CLIENT_SECRET": "s3cret"})
    assert from_file is not None
    assert (from_file.issuer, from_file.client_id, from_file.secret) == (
        ISSUER,
        "rolecard",
        "s3cret",
    )
    assert "s3cret" not in repr(from_file)
    assert "s3cret" not in repr(Serving(openid=from_file))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"KPI_OPENID_ISSUER": ISSUER}, "KPI_OPENID_CLIENT_ID is not set"),
        ({"KPI_OPENID_CLIENT_ID": "rolecard"}, "KPI_OPENID_ISSUER is not set"),
        (NAMED, "Set one of KPI_OPENID_CLIENT_SECRET_FILE"),
        (
            {**NAMED, "KPI_OPENID_CLIENT_SECRET": "a", "KPI_OPENID_CLIENT_SECRET_FILE": "b"},
            "and not both",
        ),
        ({**NAMED, "KPI_OPENID_CLIENT_SECRET_FILE": "/nowhere/secret"}, "cannot be read"),
    ],
)
def test_a_provider_named_by_half_is_refused(environment: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        provider_in(environment)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.clinic.example",
        "login.clinic.example",
        "https://",
        "https://login.clinic.example?tenant=a",
        "ftp://login.clinic.example",
        "http://localhost.evil.example",
    ],
)
def test_an_issuer_that_is_not_reached_by_https_is_refused(issuer: str) -> None:
    with pytest.raises(InputError, match="none that is reached by HTTPS"):
        provider_in({**NAMED, "KPI_OPENID_ISSUER": issuer, "KPI_OPENID_CLIENT_SECRET": "a"})


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions")
@pytest.mark.parametrize("mode", [0o604, 0o644, 0o620, 0o666])
def test_a_secrets_file_that_others_may_read_is_refused(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    with pytest.raises(InputError, match=f"chmod 600 {secret}"):
        provider_in({**NAMED, "KPI_OPENID_CLIENT_SECRET_FILE": str(secret)})


def test_an_empty_secret_is_refused(secret: Path) -> None:
    secret.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="is empty"):
        provider_in({**NAMED, "KPI_OPENID_CLIENT_SECRET_FILE": str(secret)})


def start(issuer: str) -> httpx2.Response:
    """What a browser gets that wants to go to a provider."""
    provider = Provider(issuer, "rolecard", "s3cret")
    app = httpx2.ASGITransport(Starlette(routes=openid_routes(Serving(openid=provider))))

    async def ask() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=app, base_url="http://localhost") as browser:
            return await browser.get("/auth/openid/start")

    return asyncio.run(ask())


def test_a_provider_that_is_down_is_said() -> None:
    answer = start(f"http://127.0.0.1:{free_port()}")
    assert answer.status_code == 503
    assert "does not answer" in sentence(answer)


@pytest.mark.parametrize(
    ("says", "part"),
    [
        (lambda said: {**said, "issuer": "https://other.example"}, "issuer"),
        (lambda said: {**said, "issuer": said["issuer"] + "/"}, "issuer"),
        (lambda said: {**said, "jwks_uri": None}, "jwks_uri"),
        (lambda said: {**said, "token_endpoint": "ldap://x"}, "token_endpoint"),
        (
            lambda said: {**said, "id_token_signing_alg_values_supported": ["none", "HS256"]},
            "id_token_signing_alg_values_supported",
        ),
    ],
)
def test_a_provider_that_is_another_one_is_said(
    says: Callable[[dict[str, Any]], dict[str, Any]],
    part: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted: list[dict[str, Any]] = []
    monkeypatch.setattr("dashboards.web.openid.note_event", lambda *_, **said: noted.append(said))
    with forging() as forger:
        honest = Forger.metadata(forger)
        monkeypatch.setattr(forger, "metadata", lambda: says(honest))
        answer = start(forger.issuer)
    assert answer.status_code == 503
    assert "not what Rolecard is set up for" in sentence(answer)
    assert noted == [{"outcome": "ProviderUnfit", "reason": part}]


def test_packages_that_are_not_installed_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.web.openid_settings.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install '\.\[openid\]'"):
        provider_in({**NAMED, "KPI_OPENID_CLIENT_SECRET": "a"})
