"""What is open, closed, and behind a session; under which names and headers; behind a proxy."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.accounts import get_account
from kpi.access.sessions import start
from kpi.store.engine import reading, writing
from tests.web.asking import PAGE, ask, connects

CLOSED = [
    "/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp", "/_stcore/script-health-check", "/_stcore/bidi-components/a/b.js",
    "/component/a/b.js", "/auth/login", "/auth/logout", "/oauth2callback",
]  # fmt: skip


def session_of(engine: Engine, id: str = "dana@lakeside.example") -> str:
    with reading(engine) as connection:
        account = get_account(connection, id)
    with writing(engine) as connection:
        return start(connection, account)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/auth/sign-in"),
        ("/kpi?assignment=2&kpi=x", "/auth/sign-in?next=%2Fkpi%3Fassignment%3D2%26kpi%3Dx"),
        ("/month-end", "/auth/sign-in?next=%2Fmonth-end"),
        ("/no/such/page", "/auth/sign-in?next=%2Fno%2Fsuch%2Fpage"),
        ("//evil.example/", "/auth/sign-in"),
        ("/index.html", "/auth/sign-in?next=%2Findex.html"),
    ],
)
def test_strangers_are_led_to_the_sign_in(people: Engine, path: str, location: str) -> None:
    found = ask(path)
    assert (found.status, found.header("location")) == (303, location)
    assert PAGE not in found.body


def test_strangers_get_no_file_no_upload_and_no_websocket(people: Engine) -> None:
    for path in ("/media/a.csv", "/_stcore/host-config", "/_stcore/health"):
        assert ask(path).status == 401
    assert ask("/_stcore/upload_file/a/b", method="PUT").status == 401
    assert ask("/", method="POST").status == 401
    assert not connects()
    assert not connects("forged")
    assert ask("/static/js/index.js").body == PAGE


def test_whoever_is_signed_in_gets_them(people: Engine) -> None:
    secret = session_of(people)
    for path in ("/", "/kpi?assignment=1", "/media/a.csv", "/_stcore/host-config"):
        assert ask(path, secret=secret).body == PAGE
    assert ask("/_stcore/upload_file/a/b", method="PUT", secret=secret).body == PAGE
    assert connects(secret)


@pytest.mark.parametrize("path", CLOSED)
def test_what_nobody_needs_is_closed_to_everybody(people: Engine, path: str) -> None:
    assert ask(path).status == 404
    secret = session_of(people)
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        assert ask(path, secret=secret, method=method).status == 404
    assert not connects(secret, path)


@pytest.mark.parametrize(
    "secret", ["", "forged", "a" * 43, "x" * 5000, "../../etc/passwd", "' OR '1'='1", "%00"]
)
def test_forged_cookies_open_nothing(people: Engine, secret: str) -> None:
    assert ask("/", secret=secret).status == 303
    assert not connects(secret)


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:8501", True), ("LocalHost", True), ("[::1]:8501", True),
        ("evil.example", False), ("127.0.0.1.evil.example", False), ("", False), ("[::1", False),
        ("evil.example@127.0.0.1", True),
    ],
)  # fmt: skip
def test_it_answers_under_its_own_names_only(people: Engine, host: str, served: bool) -> None:
    secret = session_of(people)
    assert (ask("/", secret=secret, host=host).status == 200) is served
    assert connects(secret, host=host) is served


def test_health_is_the_databases(people: Engine, tmp_path: Path) -> None:
    assert ask("/health", host="whatever", peer="192.0.2.1").status == 200


def test_health_without_a_database_is_bad_and_tells_nothing() -> None:
    found = ask("/health")
    assert found.status == 503
    assert "rolecard.db" not in found.body


def test_every_answer_has_its_headers(people: Engine) -> None:
    secret = session_of(people)
    for found in (ask("/"), ask("/", secret=secret), ask("/auth/sign-in"), ask("/health"),
                  ask("/_stcore/metrics"), ask("/", host="evil.example")):  # fmt: skip
        assert found.header("x-content-type-options") == "nosniff"
        assert found.header("x-frame-options") == "DENY"
        assert found.header("referrer-policy") == "same-origin"
        assert "camera=()" in found.header("permissions-policy")
        policy = found.header("content-security-policy")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self' 'sha256-" in policy or "script-src 'sha256-" in policy
        assert "unsafe-eval" not in policy
        assert not found.header("strict-transport-security")
    assert ask("/media/a.csv", secret=secret).header("cache-control") == "no-store"


def test_behind_a_proxy_only_the_proxy_is_answered_and_only_with_tls(
    people: Engine, behind_proxy: None
) -> None:
    host = "rolecard.clinic.example"

    def status(peer: str = "10.0.0.2", proto: str = "https", host: str = host) -> int:
        return ask("/auth/sign-in", peer=peer, host=host, x_forwarded_proto=proto).status

    assert status() == 200
    assert status(peer="10.0.0.3") == 403
    assert status(peer="127.0.0.1") == 403
    assert status(proto="http") == 403
    assert status(proto="") == 403
    assert status(host="127.0.0.1") == 400
    assert ask("/health", peer="127.0.0.1").status == 200
    found = ask("/auth/sign-in", peer="10.0.0.2", host=host, x_forwarded_proto="https")
    assert found.header("strict-transport-security") == "max-age=31536000"
