"""The pages around signing in: plain HTML in the dashboard's look, with no script but one line."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from dashboards.markup.text import safe
from dashboards.web.headers import hash_of, policy
from kpi.report.theme import DARK, LIGHT, variables

# An invitation's code stands behind the '#', which browsers send to no server. The line puts it in
# its field and takes it out of the address; without scripts it is copied by hand.
_CODE_SCRIPT = (
    "var code=location.hash.slice(1);if(code){document.getElementById('code').value=code;"
    "history.replaceState(null,'',location.pathname);}"
)

_STYLE = (
    ":root{color-scheme:light dark;" + variables(LIGHT) + "}"
    "@media (prefers-color-scheme:dark){:root{" + variables(DARK) + "}}"
    """
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--panel); color: var(--ink); display: grid;
  place-items: center; padding: 24px 16px; font: 15px/1.45 system-ui, -apple-system, "Segoe UI",
  "Liberation Sans", Arial, sans-serif; }
main { width: 100%; max-width: 420px; }
.brand { display: flex; align-items: center; font-weight: 700; font-size: 20px; margin: 0 0 16px;
  letter-spacing: -0.01em; }
.brand i { display: inline-block; width: 10px; height: 22px; background: var(--better);
  border-radius: 2px; box-shadow: 14px 6px 0 -2px var(--neutral); margin-right: 22px; }
.card { background: var(--page); border: 1px solid var(--line); border-radius: 10px;
  padding: 28px; }
.card + .card { margin-top: 16px; }
h1 { font-size: 24px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em;
  margin: 0 0 18px; }
h2 { font-size: 16px; font-weight: 650; margin: 0 0 8px; }
p { margin: 0 0 14px; }
p:last-child { margin-bottom: 0; }
label { display: block; font-weight: 600; font-size: 14px; margin: 0 0 5px; }
input { width: 100%; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--muted); border-radius: 6px; padding: 9px 11px; margin: 0 0 16px; }
button, a.button { width: 100%; font: inherit; font-weight: 600; border-radius: 6px;
  padding: 10px 14px; cursor: pointer; border: 1px solid var(--better);
  background: var(--better); color: #fff; }
a.button { display: block; text-align: center; text-decoration: none; }
button.other { background: var(--page); color: var(--link); border-color: var(--muted);
  text-align: left; margin-bottom: 8px; display: flex; justify-content: space-between; gap: 12px; }
button.other span { color: var(--muted); font-weight: 400; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
.after { margin-top: 14px; }
.small { font-size: 13px; color: var(--muted); }
code { font-size: 13px; background: var(--panel); border-radius: 4px; padding: 2px 6px;
  overflow-wrap: anywhere; color: var(--ink); }
.note { border: 1px solid var(--line); border-left: 4px solid var(--neutral); border-radius: 6px;
  padding: 10px 14px; margin: 0 0 18px; }
.note.worse { border-left-color: var(--worse); }
.note.better { border-left-color: var(--better); }
@media (max-width: 480px) { .card { padding: 22px 18px; } body { place-items: start stretch; } }
"""
)

_POLICY = policy(
    f"style-src {hash_of(_STYLE)}",
    f"script-src {hash_of(_CODE_SCRIPT)}",
    "img-src 'self'",
    "form-action 'self'",
)


def page(heading: str, *cards: str, wrong: bool = False) -> str:
    """A page of the sign-in; ``cards`` are markup. ``wrong``: the browser's title says so."""
    title = f"{'Not accepted: ' if wrong else ''}{heading}"
    boxes = "".join(f'<section class="card">{card}</section>' for card in cards)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)} · Rolecard</title>"
        '<link rel="icon" href="/favicon.png">'
        f"<style>{_STYLE}</style></head><body><main>"
        f'<p class="brand"><i aria-hidden="true"></i>Rolecard</p>{boxes}</main></body></html>'
    )


def answer(markup: str, status: int = 200) -> HTMLResponse:
    """A page under its content policy; nothing keeps a copy of it."""
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(markup, status, headers)


def told(heading: str, sentence: str) -> str:
    """A page that says one thing."""
    return page(heading, f'<h1>{safe(heading)}</h1><p role="alert">{safe(sentence)}</p>')


def note(sentence: str, kind: str) -> str:
    """A boxed sentence; what is wrong is read out at once."""
    role = "alert" if kind == "worse" else "status"
    return f'<p class="note {kind}" role="{role}" id="said">{safe(sentence)}</p>'


def field(
    name: str, label: str, kind: str = "text", value: str = "", wrong: bool = False, **more: str
) -> str:
    """A labelled field; ``more``: further attributes."""
    found = {
        "id": name, "name": name, "type": kind, "value": value, "required": "", **more,
        **({"aria-invalid": "true", "aria-describedby": "said"} if wrong else {}),
    }  # fmt: skip
    attributes = " ".join(f'{key}="{safe(text)}"' for key, text in found.items())
    return f'<label for="{safe(name)}">{safe(label)}</label><input {attributes}>'


def hidden(name: str, value: str) -> str:
    """A field that nobody sees."""
    return f'<input type="hidden" name="{safe(name)}" value="{safe(value)}">'


def code_script() -> str:
    """The one line that takes an invitation's code out of the address."""
    return f"<script>{_CODE_SCRIPT}</script>"
