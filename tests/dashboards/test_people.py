"""The page Accounts: who may sign in, added, changed, invited and shut by an administrator."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards.views.accounts import link
from kpi.access.accounts import list_accounts
from kpi.access.actor import operator
from kpi.access.invitations import choose_passphrase
from kpi.access.sessions import signed_in as session_of
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.people import signed_in

PASSPHRASE = "violet anchors migrate slowly"


def account(engine: Engine, id: str):
    return next((each for each in list_accounts(engine, operator()) if each.id == id), None)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    app.run()
    assert not app.exception
    return app


def secret_in(app: AppTest) -> str:
    """The secret of the one link that the page shows."""
    (shown,) = app.code
    assert "/auth/invitation#" in shown.value
    return shown.value.partition("#")[2]


def added(app: AppTest, id: str = "pat@maple.example", name: str = "Pat Example") -> AppTest:
    app.text_input(key="account_id").input(id)
    app.text_input(key="account_name").input(name)
    app.multiselect(key="account_practices_new").set_value(["maple"])
    return press(app, "account_add")


def choose(app: AppTest, id: str) -> AppTest:
    app.selectbox(key="account_chosen").set_value(id)
    return app.run()


def test_an_account_is_added_and_its_link_shown_once(practice: Engine, open_page: Open) -> None:
    app = added(open_page(by="administrator"))
    assert "Pat Example is added" in text_of(app)
    found = account(practice, "pat@maple.example")
    assert found is not None
    assert (found.kind, found.practices, found.ready) == ("physician", ("maple",), False)
    secret = secret_in(app)
    assert not app.run().code
    choose_passphrase(practice, secret, PASSPHRASE)
    assert account(practice, "pat@maple.example").ready


def test_a_manager_names_whose_scores_are_hers(practice: Engine, open_page: Open) -> None:
    app = open_page(by="administrator")
    app.selectbox(key="account_kind_new").set_value("manager").run()
    added(app, "robin@maple.example")
    assert "names the manager whose scores are her own" in text_of(app)
    app.selectbox(key="account_manager_new").set_value("robin")
    press(app, "account_add")
    assert account(practice, "robin@maple.example").manager == "robin"


def test_an_account_is_given_another_kind_and_all_practices(
    practice: Engine, open_page: Open
) -> None:
    app = choose(added(open_page(by="administrator")), "pat@maple.example")
    number = account(practice, "pat@maple.example").number
    assert app.multiselect(key=f"account_practices_{number}").value == ["maple"]
    app.selectbox(key=f"account_kind_{number}").set_value("hr")
    app.checkbox(key=f"account_everywhere_{number}").check().run()
    press(app, "account_change")
    found = account(practice, "pat@maple.example")
    assert (found.kind, found.practices) == ("hr", None)


def test_links_of_an_account(practice: Engine, open_page: Open) -> None:
    app = choose(added(open_page(by="administrator")), "pat@maple.example")
    choose_passphrase(practice, secret_in(press(app, "account_invite")), PASSPHRASE)
    secret = secret_in(press(app, "account_reset"))
    assert not account(practice, "pat@maple.example").ready
    choose_passphrase(practice, secret, PASSPHRASE)
    assert account(practice, "pat@maple.example").ready


def test_an_account_is_shut_once_one_is_sure(practice: Engine, open_page: Open) -> None:
    session = signed_in("hr")
    assert session_of(practice, session)
    app = choose(open_page(by="administrator"), "hr")
    assert app.button(key="account_disable").disabled
    app.checkbox(key=f"account_sure_{account(practice, 'hr').number}").check().run()
    press(app, "account_disable")
    assert "is shut" in text_of(app)
    assert account(practice, "hr").disabled
    assert session_of(practice, session) is None


def test_the_last_administrator_is_not_shut(practice: Engine, open_page: Open) -> None:
    app = choose(open_page(by="administrator"), "administrator")
    number = account(practice, "administrator").number
    app.checkbox(key=f"account_sure_{number}").check().run()
    press(app, "account_disable")
    assert "The last administrator" in text_of(app)
    assert not account(practice, "administrator").disabled


def test_names_are_text_and_never_markup(practice: Engine, open_page: Open) -> None:
    app = added(open_page(by="administrator"), name="<b>Pat</b> <script>")
    shown = text_of(app.run())
    assert "&lt;b&gt;Pat&lt;/b&gt;" in shown
    assert "<b>Pat" not in shown


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("https://office.example/accounts?a=1", "https://office.example/auth/invitation#s"),
        ("http://127.0.0.1:8501/", "http://127.0.0.1:8501/auth/invitation#s"),
        (None, "http://127.0.0.1:8501/auth/invitation#s"),
    ],
)
def test_a_link_leads_to_where_the_page_is(page: str | None, made: str) -> None:
    assert link(page, "s") == made
