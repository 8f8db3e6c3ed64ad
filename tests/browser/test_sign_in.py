"""A real browser at the sign-in: deep links, tabs, two browsers, what others change meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from kpi.access.accounts import add_account, change_account
from kpi.access.actor import operator
from kpi.access.audit import entries
from kpi.access.invitations import choose_passphrase, invite
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.store.clock import instant, stored
from kpi.store.engine import writing
from kpi.store.people import sessions
from kpi.store.schema import open_database
from tests.access.people import PASSPHRASE
from tests.browser.chromium import PATIENCE, choose, fold, leaves, score
from tests.browser.people import page_of
from tests.dashboards.small_practice import FIRST

NEW = "seven green lanterns drifting"
HOSTILE = "<img src=x onerror=alert(1)> Vale"


@pytest.fixture
def accounts(dashboard: str) -> str:
    """The manager and the physician of the small practice, who can sign in; a second practice."""
    engine = open_database()
    for id, kind, manager in (("robin", "manager", "robin"), ("kim", "physician", None)):
        name = HOSTILE if id == "robin" else "Kim Example"
        add_account(engine, operator(), id, name, kind, ("maple",), manager)  # type: ignore[arg-type]
        choose_passphrase(engine, invite(engine, operator(), id), PASSPHRASE)
    add_practice(engine, operator(), "oak", "Oak Clinic")
    add_manager(engine, operator(), "sam", "Sam Reed", "oak", FIRST)
    engine.dispose()
    return dashboard


def sign_in(page: Page, id: str, passphrase: str = PASSPHRASE) -> None:
    """By the keyboard alone: the first field has the focus."""
    page.get_by_label("Name of the account").fill(id)
    page.keyboard.press("Tab")
    page.keyboard.type(passphrase)
    page.keyboard.press("Enter")


def opened(context: BrowserContext, address: str, id: str) -> Page:
    page = context.new_page()
    page.goto(address)
    sign_in(page, id)
    expect(page.locator(".rc-title h1")).to_be_visible(timeout=PATIENCE)
    return page


def signed_out(page: Page) -> None:
    expect(page.get_by_text("You are signed out")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("No-show rate")).to_have_count(0)
    expect(page.get_by_text("Maple")).to_have_count(0)


def test_a_deep_link_leads_by_the_sign_in_to_its_page(accounts: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    complaints: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    deep = f"{accounts}/kpi?assignment=1&kpi=hipaa_violations"
    page.goto(deep)
    expect(page).to_have_title("Sign in · Rolecard")
    expect(page.get_by_label("Name of the account")).to_be_focused()
    sign_in(page, "robin", "not the passphrase at all")
    expect(page.get_by_role("alert")).to_contain_text("The name or the passphrase is wrong.")
    expect(page.get_by_label("Passphrase")).to_be_focused()
    expect(page.get_by_label("Name of the account")).to_have_value("robin")
    sign_in(page, "robin")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("HIPAA violations", timeout=PATIENCE)
    expect(page).to_have_url(deep)

    page.reload()
    expect(heading).to_have_text("HIPAA violations", timeout=PATIENCE)
    cookies = {each["name"]: each for each in page.context.cookies()}
    cookie = cookies["rolecard"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["expires"] == -1
    assert "rolecard=" not in str(page.evaluate("document.cookie"))

    # Names are text, whatever is in them.
    page.goto(f"{accounts}/")
    expect(page.get_by_text(HOSTILE)).to_have_count(1, timeout=PATIENCE)
    assert dialogs == []
    assert [said for said in complaints if "Content Security Policy" in said] == []
    assert [url for url in asked if leaves(url, accounts)] == []
    assert [url for url in asked if cookie["value"] in url or "passphrase" in url] == []


def test_signing_out_in_one_tab_ends_the_other(accounts: str, browser: Browser) -> None:
    context = browser.new_context()
    one, other = opened(context, accounts, "robin"), context.new_page()
    (cookie,) = [each for each in context.cookies() if each["name"] == "rolecard"]
    other.goto(f"{accounts}/catalogue")
    other.get_by_role("button", name="Sign out").click()
    expect(other).to_have_url(f"{accounts}/auth/sign-in")
    one.get_by_role("link", name="KPI", exact=True).click()
    signed_out(one)
    one.get_by_role("link", name="Sign in again").click()
    expect(one).to_have_title("Sign in · Rolecard")

    # The cookie of the session that ended, put back by hand.
    context.add_cookies([{"name": "rolecard", "value": cookie["value"], "url": accounts}])
    one.goto(f"{accounts}/month-end")
    expect(one).to_have_url(f"{accounts}/auth/sign-in?next=%2Fmonth-end")


@pytest.mark.parametrize("secret", ["forged", "a" * 43, "%00", "' OR 1=1 --"])
def test_a_forged_cookie_opens_nothing(accounts: str, browser: Browser, secret: str) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "rolecard", "value": secret, "url": accounts}])
    page = context.new_page()
    page.goto(accounts)
    expect(page).to_have_title("Sign in · Rolecard")


def test_a_session_that_is_over_ends_at_the_next_action(accounts: str, browser: Browser) -> None:
    page = opened(browser.new_context(), accounts, "robin")
    engine = open_database()
    with writing(engine) as connection:
        long_ago = stored(instant() - timedelta(minutes=31))
        connection.execute(update(sessions).values(seen_at=long_ago))
    page.get_by_role("link", name="KPI", exact=True).click()
    signed_out(page)
    page.goto(accounts)
    expect(page).to_have_title("Sign in · Rolecard")


def test_an_account_shut_by_another_process_ends_in_both_browsers(
    accounts: str, browser: Browser
) -> None:
    here, there = (opened(browser.new_context(), accounts, "robin") for _ in range(2))
    kim = opened(browser.new_context(), accounts, "kim")
    subprocess.run([sys.executable, "-m", "kpi", "account", "disable", "robin"], check=True)
    here.get_by_role("link", name="Month-end").click()
    there.get_by_role("link", name="Catalogue").click()
    signed_out(here)
    signed_out(there)
    kim.get_by_role("link", name="Month-end").click()
    expect(kim.get_by_text("Loading and undoing files is the manager's.")).to_be_visible(
        timeout=PATIENCE
    )


def test_another_kind_and_other_practices_bite_in_both_browsers(
    accounts: str, browser: Browser
) -> None:
    here, there = (opened(browser.new_context(), accounts, "robin") for _ in range(2))
    for page in (here, there):
        page.get_by_role("link", name="Month-end").click()
        expect(page.locator("input[type=file]")).to_have_count(1, timeout=PATIENCE)
    engine = open_database()
    change_account(engine, operator(), "robin", "physician", ("maple",))
    # What a manager could do still stands on the page of somebody who is none any more.
    here.locator("input[type=file]").set_input_files(
        {"name": "april.csv", "mimeType": "text/csv", "buffer": b"appointment_id\nA1\n"}
    )
    there.get_by_role("link", name="Overview").click()
    there.get_by_role("link", name="Month-end").click()
    for page in (here, there):
        expect(page.get_by_text("Loading and undoing files is the manager's.")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.locator("input[type=file]")).to_have_count(0)
        expect(page.get_by_text("april.csv")).to_have_count(0)
    change_account(engine, operator(), "robin", "physician", ("oak",))
    for page in (here, there):
        page.get_by_role("link", name="Overview").click()
        expect(page.get_by_text("Oak Clinic", exact=True)).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("Maple")).to_have_count(0)


def test_another_practices_number_in_the_address_is_refused_and_noted(
    accounts: str, browser: Browser
) -> None:
    page = page_of(browser, accounts, "manager")
    for path in ("", "kpi", "month-end"):
        page.goto(f"{accounts}/{path}?assignment=2")
        expect(page.get_by_text("may not see assignment 2, if there is one")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.get_by_text("Oak")).to_have_count(0)
    # A page that is HR's is none of a manager's.
    page.goto(f"{accounts}/scorecards")
    expect(page.get_by_text("No-show rate").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Scorecards")).to_have_count(0)
    noted = [each for each in entries(open_database(), operator()) if each.action == "refusal"]
    assert noted
    assert {each.actor for each in noted} == {"Manager Example (manager)"}


def test_somebody_is_invited_comes_in_and_is_shut_out(accounts: str, browser: Browser) -> None:
    office = page_of(browser, accounts, "administrator")
    office.goto(accounts)
    fold(office, "Add an account")
    for label, words in (("E-mail address", "lee@maple.example"), ("Name", "Lee Example")):
        field = office.get_by_label(label, exact=True)
        expect(field).to_be_visible(timeout=PATIENCE)
        field.fill(words)
        field.press("Tab")
    choose(office, "Kind", "Physician")
    choose(office, "Practices", "Maple <b>Street</b> Clinic")
    office.get_by_role("button", name="Add, and make the link").click()
    expect(
        office.get_by_role("status").filter(has_text="Lee Example is added.")
    ).to_be_visible(timeout=PATIENCE)  # fmt: skip
    link = office.get_by_test_id("stCode").inner_text().strip()
    code = link.partition("#")[2]

    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link)
    expect(page).to_have_url(f"{accounts}/auth/invitation")
    expect(page.get_by_label("Code of the invitation")).to_have_value(code)
    choose_a_passphrase(page)
    # The score of the practice that she was let into, 106.6 by test_month_end_files.py.
    expect(score(page)).to_have_text("106.6", timeout=PATIENCE)
    expect(page.get_by_text("Oak Clinic")).to_have_count(0)
    assert [url for url in asked if code in url.partition("#")[0]] == []

    office.bring_to_front()
    fold(office, "Change, invite or shut an account")
    choose(office, "Account", "Lee Example, Physician (lee@maple.example)")
    office.get_by_text("Yes, shut the account of Lee Example").click(timeout=PATIENCE)
    shut = office.get_by_role("button", name="Shut the account", exact=True)
    expect(shut).to_be_enabled(timeout=PATIENCE)
    shut.click()
    expect(office.get_by_text("The account of Lee Example is shut")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="KPI", exact=True).click()
    signed_out(page)


def test_an_invitation_is_taken_up_without_scripts(accounts: str, browser: Browser) -> None:
    code = invite(open_database(), operator(), "robin")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{accounts}/auth/invitation#{code}")
    page.get_by_label("Code of the invitation").fill(code)
    choose_a_passphrase(page)
    expect(page).to_have_url(re.compile(f"^{re.escape(accounts)}/$"))


def choose_a_passphrase(page: Page) -> None:
    """First one that is refused, then a good one, and in."""
    for words in ("robin robin robin", NEW):
        page.get_by_label("Passphrase", exact=True).fill(words)
        page.get_by_label("The same again").fill(words)
        page.get_by_role("button").click()
        if words != NEW:
            refused = page.get_by_role("alert")
            expect(refused).to_contain_text("among the first that somebody would try")
    expect(page.get_by_role("status")).to_contain_text("Your passphrase is set")
    page.get_by_label("Passphrase").fill(NEW)
    page.get_by_role("button", name="Sign in").click()


def test_a_download_is_noted_and_ends_with_the_session(accounts: str, browser: Browser) -> None:
    context = browser.new_context()
    page, other = opened(context, accounts, "robin"), context.new_page()
    page.goto(f"{accounts}/kpi?kpi=no_show_rate")
    button = page.get_by_role("button", name="Download all as CSV")
    with page.expect_download(timeout=PATIENCE):
        button.click(timeout=PATIENCE)
    (noted,) = [each for each in entries(open_database(), operator()) if each.action == "export"]
    assert (noted.subject, noted.practice) == ("rows of no_show_rate", "maple")

    other.goto(f"{accounts}/catalogue")
    other.get_by_role("button", name="Sign out").click()
    expect(other).to_have_url(f"{accounts}/auth/sign-in")
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.url))
    button.click()
    expect(page.get_by_text("Failed to generate file for download")).to_be_visible(timeout=PATIENCE)
    assert downloads == []
    exports = [each for each in entries(open_database(), operator()) if each.action == "export"]
    assert exports == [noted]
