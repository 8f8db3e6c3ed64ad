"""Signing in and out by the routes: what is given, refused, slowed down and noted."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from dashboards.demo import DEMO_ACCOUNTS, KNOWN_TO_ALL
from dashboards.web.serving import Serving, serve_as
from kpi.access.accounts import disable_account
from kpi.access.actor import operator
from kpi.access.audit import entries
from kpi.access.invitations import choose_passphrase, invite
from tests.access.people import PASSPHRASE
from tests.databases import made
from tests.web.asking import PAGE, Answer, Fault, ask
from tests.web.conftest import Clock

DANA = "dana@lakeside.example"
WRONG = "The name or the passphrase is wrong."


def sign_in(id: str = DANA, passphrase: str = PASSPHRASE, **more: str) -> Answer:
    return ask("/auth/sign-in", form={"id": id, "passphrase": passphrase, **more})


def test_signing_in_leads_to_the_page_and_out_again(people: Engine) -> None:
    found = sign_in(next="/kpi?assignment=1&kpi=no_show_rate")
    assert (found.status, found.header("location")) == (
        303, "/kpi?assignment=1&kpi=no_show_rate",
    )  # fmt: skip
    secret = found.given
    assert ask("/", secret=secret).body == PAGE
    out = ask("/auth/sign-out", secret=secret, form={})
    assert (out.status, out.header("location")) == (303, "/auth/sign-in")
    assert "Max-Age=0" in out.header("set-cookie")
    assert ask("/", secret=secret).status == 303  # replayed
    deeds = [(each.action, each.outcome) for each in entries(people, operator())[:2]]
    assert deeds == [("sign_out", "done"), ("sign_in", "done")]


def test_the_cookie_of_this_machine(people: Engine) -> None:
    cookie = sign_in().header("set-cookie")
    assert re.fullmatch(r"rolecard=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)


def test_the_cookie_behind_tls_is_secure_and_this_hosts_alone(
    people: Engine, behind_proxy: None
) -> None:
    host = "rolecard.clinic.example"
    through = {"host": host, "peer": "10.0.0.2", "x_forwarded_proto": "https"}
    form = {"id": DANA, "passphrase": PASSPHRASE}
    found = ask("/auth/sign-in", form=form, origin=f"https://{host}", **through)
    cookie = found.header("set-cookie")
    assert re.fullmatch(
        r"__Host-rolecard=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", cookie
    )
    # A neighbour under the same domain can set the plain name, and it opens nothing.
    assert ask("/", cookie=f"rolecard={found.given}", **through).status == 303
    assert ask("/", cookie=f"__Host-rolecard={found.given}", **through).body == PAGE
    plain = ask("/auth/sign-in", form=form, origin=f"http://{host}", **through)
    assert plain.status == 403


def test_a_new_sign_in_ends_the_browsers_older_session(people: Engine) -> None:
    first = sign_in().given
    form = {"id": "ines@lakeside.example", "passphrase": PASSPHRASE}
    second = ask("/auth/sign-in", secret=first, form=form).given
    assert ask("/", secret=first).status == 303
    assert ask("/", secret=second).body == PAGE


@pytest.mark.parametrize(
    "id",
    [
        DANA, "nobody@lakeside.example", "", "' OR 1=1 --", "dana@lakeside.example\x00",
        "dаna@lakeside.example", "x" * 10_000, "<script>alert(1)</script>", "\ud7ff\U0010ffff",
    ],
)  # fmt: skip
def test_nothing_tells_what_was_wrong(people: Engine, id: str) -> None:
    found = sign_in(id, "wrong horse battery staple")
    assert found.status == 403
    assert WRONG in found.body
    assert "set-cookie" not in dict(found.headers)
    assert "<script>alert" not in found.body
    assert "wrong horse" not in found.body
    (noted, *_) = entries(people, operator())
    assert (noted.action, noted.outcome) == ("sign_in", "refused")
    assert noted.subject == (DANA if id == DANA else "an unknown name")


def test_a_name_that_postgresql_cannot_hold_is_refused_like_any(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_DATABASE_URL", postgres_url)
    from tests.access.people import somebody

    somebody(made(postgres_url), "tom", "administrator", None)
    found = sign_in("tom\x00")
    assert (found.status, WRONG in found.body) == (403, True)


def test_whoever_guesses_waits_and_nobody_else(people: Engine, clock_set: Clock) -> None:
    for _ in range(5):
        assert WRONG in sign_in(passphrase="wrong horse battery").body
    assert "wait 15 seconds" in sign_in(passphrase="wrong horse battery").body
    assert "wait 15 seconds" in sign_in().body  # the right one waits as well
    assert sign_in("ines@lakeside.example").status == 303
    elsewhere = {"id": DANA, "passphrase": PASSPHRASE}
    assert ask("/auth/sign-in", form=elsewhere, peer="127.0.0.9").status == 303
    clock_set.passes(seconds=16)
    assert sign_in().status == 303


def test_a_proxys_browsers_are_told_apart_by_what_the_proxy_saw(
    people: Engine, behind_proxy: None
) -> None:
    def tries(forwarded: str, passphrase: str = "wrong horse battery") -> str:
        return ask(
            "/auth/sign-in",
            form={"id": DANA, "passphrase": passphrase}, peer="10.0.0.2",
            host="rolecard.clinic.example", origin="https://rolecard.clinic.example",
            x_forwarded_proto="https", x_forwarded_for=forwarded,
        ).body  # fmt: skip

    for at in range(5):
        # What the browser claims to have come from is another address each time.
        assert WRONG in tries(f"192.0.2.{at}, 203.0.113.7")
    assert "Too many tries" in tries("192.0.2.99, 203.0.113.7")
    assert "Too many tries" not in tries("203.0.113.8", PASSPHRASE)


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "javascript:alert(1)",
     "/auth/sign-out", "/a\r\nSet-Cookie: x=1", "/" + "a" * 3000, ""],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(people: Engine, elsewhere: str) -> None:
    found = sign_in(next=elsewhere)
    assert (found.status, found.header("location")) == (303, "/")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:9999"])
def test_forms_of_other_sites_are_refused(people: Engine, origin: str) -> None:
    secret = sign_in().given
    form = {"id": "ines@lakeside.example", "passphrase": PASSPHRASE}
    for path in ("/auth/sign-in", "/auth/sign-out", "/auth/invitation"):
        found = ask(path, form=form, secret=secret, origin=origin)
        assert found.status == 403
        assert "set-cookie" not in dict(found.headers)
    assert ask("/", secret=secret).body == PAGE


def test_forms_are_small_and_forms(people: Engine) -> None:
    assert ask("/auth/sign-in", form=b"id=" + b"x" * 20_000).status == 413
    assert ask("/auth/sign-in", form=b"{}", content_type="application/json").status == 415
    assert ask("/auth/sign-in", form=b"id=%ff").status == 400
    assert ask("/auth/sign-in", form=b"&".join(b"a=b" for _ in range(50))).status == 400


def test_a_session_ends_when_idle_after_a_day_and_when_its_account_is_shut(
    people: Engine, clock_set: Clock
) -> None:
    secret = sign_in().given
    for _ in range(24):  # 12 hours of use every half hour
        clock_set.passes(minutes=29, seconds=59)
        assert ask("/", secret=secret).body == PAGE
    clock_set.passes(minutes=1)
    assert ask("/", secret=secret).status == 303

    secret = sign_in().given
    clock_set.passes(minutes=31)
    assert ask("/", secret=secret).status == 303

    secret = sign_in().given
    disable_account(people, operator(), DANA)
    assert ask("/", secret=secret).status == 303
    assert WRONG in sign_in().body


def test_whoever_is_signed_in_is_led_on(people: Engine) -> None:
    secret = sign_in().given
    found = ask("/auth/sign-in?next=%2Fmonth-end", secret=secret)
    assert (found.status, found.header("location")) == (303, "/month-end")


def test_without_an_account_the_page_says_how_the_first_is_made(database: Engine) -> None:
    shown = ask("/auth/sign-in").body
    assert "kpi init" in shown
    assert "kpi account add" in shown
    assert "<form" not in shown


def test_without_a_database_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ask("/auth/sign-in")
    assert (found.status, "kpi init" in found.body) == (503, True)


def test_an_invitation_is_chosen_by_once(people: Engine) -> None:
    code = invite(people, operator(), DANA)
    new = "seven green lanterns drifting"
    before = sign_in().given

    def choose(passphrase: str, again: str = "") -> Answer:
        return ask(
            "/auth/invitation",
            form={"code": code, "passphrase": passphrase, "again": again or passphrase},
        )

    assert "differ" in choose(new, "seven green lanterns").body
    assert "at least 12 characters" in choose("short").body
    weak = choose("dana@lakeside.example")
    assert (weak.status, "among the first" in weak.body) == (400, True)
    assert ask("/", secret=before).body == PAGE  # nothing was changed so far

    done = choose(new)
    assert (done.status, "Your passphrase is set" in done.body) == (200, True)
    assert code not in done.body
    assert all(code not in value for _, value in done.headers)
    assert ask("/", secret=before).status == 303
    assert WRONG in sign_in().body
    assert sign_in(passphrase=new).status == 303
    assert "does not work any more" in choose("other words entirely here").body


def test_no_page_of_the_sign_in_is_kept_or_framed(people: Engine) -> None:
    for path in ("/auth/sign-in", "/auth/invitation"):
        found = ask(path)
        assert found.header("cache-control") == "no-store"
        policy = found.header("content-security-policy")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_only_the_demo_shows_passphrases(people: Engine) -> None:
    assert KNOWN_TO_ALL not in ask("/auth/sign-in").body
    serve_as(Serving(demo=True))
    shown = ask("/auth/sign-in?next=%2Fmonth-end").body
    assert [each.kind for each in DEMO_ACCOUNTS] == [
        "physician", "manager", "hr", "administrator",
    ]  # fmt: skip
    for each in DEMO_ACCOUNTS:
        assert each.name in shown
    assert shown.count('name="next" value="/month-end"') == len(DEMO_ACCOUNTS) + 1


def test_a_fault_shows_a_number_only(people: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> str:
        raise Fault("the passphrase was hunter2")

    monkeypatch.setattr("dashboards.web.sign_in.by_passphrase", fails)
    found = sign_in()
    assert found.status == 500
    assert re.search("reference\\s+[0-9a-f]{8}:", found.body)
    assert "hunter2" not in found.body
    assert "Traceback" not in found.body
    assert found.header("x-frame-options") == "DENY"


def test_invitations_reset_a_shut_account(people: Engine) -> None:
    disable_account(people, operator(), DANA)
    choose_passphrase(people, invite(people, operator(), DANA), "seven green lanterns drifting")
    assert sign_in(passphrase="seven green lanterns drifting").status == 303
