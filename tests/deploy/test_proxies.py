"""``kpi serve --behind-proxy`` behind the proxies of docs/deploy.md, from a browser's side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import expect

from kpi.access.accounts import add_account
from kpi.access.actor import operator
from kpi.access.invitations import choose_passphrase, invite
from tests.browser.chromium import CHROMIUM, PATIENCE, browsing, served
from tests.dashboards.small_practice import small_practice
from tests.deploy.proxies import NAME, PROGRAMS, Proxy, proxy

PASSPHRASE = "violet harbour lantern seventeen"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Rolecard writes its events."""
    return tmp_path_factory.mktemp("log") / "events"


@pytest.fixture(scope="module")
def rolecard(tmp_path_factory: pytest.TempPathFactory, log: Path) -> Iterator[str]:
    """``kpi serve --behind-proxy`` on the small practice; gives its own address."""
    home = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{home / 'rolecard.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(home))
        engine = small_practice(url)
        add_account(engine, operator(), "hana", "Hana Example", "hr", None)
        choose_passphrase(engine, invite(engine, operator(), "hana"), PASSPHRASE)
        engine.dispose()
    with served(
        "serve", "--db", url, "--behind-proxy", "--name", NAME, log=log, KPI_HOME=str(home)
    ) as address:
        yield address


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def front(
    request: pytest.FixtureRequest, rolecard: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """One of the proxies, in front of it."""
    if PROGRAMS[request.param] is None:
        pytest.skip(f"there is no {request.param} on this machine (.ci/run installs it)")
    port = urlsplit(rolecard).port
    assert port is not None
    with proxy(request.param, tmp_path_factory.mktemp(request.param), port) as found:
        yield found


@pytest.fixture
def browser(front: Proxy) -> Iterator[httpx2.Client]:
    """A browser that trusts the certificate and resolves the name to this machine."""
    with httpx2.Client(
        base_url=f"https://127.0.0.1:{front.port}",
        headers={"host": front.host},
        verify=front.trust,
        trust_env=False,
        timeout=30,
    ) as found:
        yield found


HERE = {"sni_hostname": NAME}


def sign_in(
    browser: httpx2.Client, front: Proxy, passphrase: str, id: str = "hana", **headers: str
) -> httpx2.Response:
    """Sends the form of the sign-in as a page of ours would."""
    return browser.post(
        "/auth/sign-in",
        data={"id": id, "passphrase": passphrase, "next": "/"},
        headers={"origin": front.origin, **headers},
        extensions=HERE,
    )


def test_signing_in_through_tls_gives_a_cookie_for_this_host_by_tls_only(
    front: Proxy, browser: httpx2.Client
) -> None:
    answer = browser.get("/kpi", extensions=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in?next=%2Fkpi")
    assert browser.get(answer.headers["location"], extensions=HERE).status_code == 200
    answer = sign_in(browser, front, PASSPHRASE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == "__Host-rolecard"
    attributes = {each.strip().lower() for each in rest.split(";")[1:]}
    assert attributes == {"secure", "httponly", "samesite=lax", "path=/"}
    assert browser.get("/", extensions=HERE).status_code == 200


def test_every_answer_asks_browsers_to_stay_with_tls(front: Proxy, browser: httpx2.Client) -> None:
    for path in ("/auth/sign-in", "/", "/health", "/nowhere", "/_stcore/metrics"):
        headers = browser.get(path, extensions=HERE).headers
        assert headers["strict-transport-security"].startswith("max-age=31536000"), path
        assert headers["x-frame-options"] == "DENY", path


def test_what_is_asked_without_tls_is_led_to_it(front: Proxy) -> None:
    answer = httpx2.get(
        f"http://127.0.0.1:{front.plain_port}/kpi?kpi=no_show_rate",
        headers={"host": NAME},
        trust_env=False,
    )
    assert answer.status_code == 308
    to = urlsplit(answer.headers["location"])
    assert (to.scheme, to.hostname, to.path, to.query) == (
        "https",
        NAME,
        "/kpi",
        "kpi=no_show_rate",
    )


def test_another_name_is_not_answered(front: Proxy, browser: httpx2.Client) -> None:
    with pytest.raises(httpx2.ConnectError):
        browser.get("/", extensions={"sni_hostname": "other.example"})
    # Under our certificate, but for another name: nothing of Rolecard's.
    answer = browser.get("/auth/sign-in", headers={"host": "other.example"}, extensions=HERE)
    assert "Rolecard" not in answer.text


def test_who_comes_past_the_proxy_is_not_answered(rolecard: str) -> None:
    for headers in ({}, {"x-forwarded-for": "203.0.113.7"}, {"x-forwarded-proto": "http"}):
        answer = httpx2.get(
            f"{rolecard}/auth/sign-in", headers={"host": NAME, **headers}, trust_env=False
        )
        assert answer.status_code == 403
        assert "through its proxy" in answer.text


def test_an_address_that_a_browser_claims_is_not_believed(
    front: Proxy, browser: httpx2.Client
) -> None:
    """Five failures from one address are free; claiming another one each time is no way around."""
    for count in range(6):
        claimed = {"x-forwarded-for": f"203.0.113.{count}"}
        answer = sign_in(browser, front, "wrong", f"somebody-{front.kind}", **claimed)
    assert answer.status_code == 403
    assert "Too many tries" in answer.text


def test_an_upload_is_larger_than_a_proxy_lets_through_by_itself(
    front: Proxy, browser: httpx2.Client
) -> None:
    """nginx would refuse more than a megabyte; Rolecard itself says that nobody is signed in."""
    answer = browser.put("/_stcore/upload_file/a/b", content=b"x" * 3_000_000, extensions=HERE)
    assert answer.status_code == 401


def test_a_page_is_drawn_over_the_websocket(front: Proxy, rolecard: str) -> None:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with browsing(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as chromium:
        page = chromium.new_context(ignore_https_errors=True).new_page()
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.goto(f"{front.origin}/")
        page.get_by_label("Name of the account").fill("hana")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("Hana Example")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".rc-title h1")).to_be_visible(timeout=PATIENCE)
        assert sockets == [f"wss://{front.host}/_stcore/stream"]
        cookies = {each["name"]: each for each in page.context.cookies()}
        assert all(each["secure"] for each in cookies.values())
        assert cookies["__Host-rolecard"]["httpOnly"]


def test_no_log_has_query_strings_passphrases_or_ids_of_files(
    front: Proxy, browser: httpx2.Client, log: Path
) -> None:
    browser.get("/nowhere?code=s3cret&state=5tate", extensions=HERE)
    browser.put("/_stcore/upload_file/5ession/f1le", content=b"x", extensions=HERE)
    sign_in(browser, front, PASSPHRASE)
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    asked = [each for each in events if each["event"] == "request"]
    assert {(each["path"], each["status"]) for each in asked} >= {
        ("/nowhere", 303),
        ("/_stcore/upload_file/…", 401),
        ("/auth/sign-in", 303),
    }
    assert {each["address"] for each in asked} == {"127.0.0.1"}
    # Caddy logs no requests unless it is told to.
    of_proxy = "" if front.log is None else front.log.read_text(encoding="utf-8")
    assert front.log is None or "/nowhere" in of_proxy
    for value in ("s3cret", "5tate", "5ession", "f1le", PASSPHRASE):
        assert value not in of_proxy + log.read_text(encoding="utf-8")
