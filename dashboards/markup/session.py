"""Who is signed in, and the ways out and in again."""

from __future__ import annotations

from dashboards.markup.text import block, safe, small
from dashboards.web.paths import SIGN_OUT, to_sign_in


def brand_block(script: str) -> str:
    """The program's name, with the script that pages run."""
    return block('<div class="rc-brand"><i></i>Rolecard</div>') + f"<script>{script}</script>"


def signed_in_block(name: str, kind: str) -> str:
    """The name and the kind of whoever is signed in, with the button that ends it."""
    return block(
        f'<div class="rc-whose"><span><b>{safe(name)}</b>{small(kind)}</span>'
        f'<form method="post" action="{SIGN_OUT}"><button type="submit">Sign out</button></form>'
        "</div>"
    )


def ended_block(wanted: str) -> str:
    """What stands in a page's place once its session has ended."""
    again = safe(to_sign_in(wanted))
    return block(
        '<div class="rc-empty" role="alert"><h2>You are signed out</h2><p>The session has ended: '
        "it was signed out, its account was changed, or nothing was done for a while.</p>"
        f'<p class="rc-next"><a href="{again}" target="_self">Sign in again</a></p></div>'
    )


def demo_block(words: str) -> str:
    """The line that says what is not real."""
    return block(f'<p class="rc-demo" role="note">{safe(words)}</p>')
