"""A provider that says what a test wants it to say: to see what is refused."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from joserfc import jws, jwt
from joserfc.jwk import OctKey, RSAKey

OWN = RSAKey.generate_key(2048, {"kid": "own", "use": "sig"})
OTHERS = RSAKey.generate_key(2048, {"kid": "own", "use": "sig"})


class Forger:
    """``issuer``; ``metadata`` adds to what it says of itself, ``tokens`` is what it answers with
    by code, ``seen`` what was asked of its token endpoint."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.tokens: dict[str, dict[str, Any]] = {}
        self.seen: list[dict[str, str]] = []

    def metadata(self) -> dict[str, Any]:
        """What it says of itself; that it signs with the client's secret and not at all among it,
        as some providers do."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }

    def claims(self, client_id: str, nonce: str) -> dict[str, Any]:
        """What an honest ID token says."""
        now = int(time.time())
        return {
            "iss": self.issuer, "aud": client_id, "sub": "s-isa", "nonce": nonce,
            "iat": now, "exp": now + 300,
        }  # fmt: skip


def signed(claims: dict[str, Any], key: RSAKey = OWN) -> str:
    """An ID token."""
    return jwt.encode({"alg": "RS256", "kid": "own"}, claims, key)


def signed_with_text(claims: dict[str, Any], text: str) -> str:
    """An ID token signed with a text that both sides know."""
    return jwt.encode({"alg": "HS256", "kid": "own"}, claims, OctKey.import_key(text))


def unsigned(claims: dict[str, Any]) -> str:
    """An ID token that nobody has signed."""
    return jws.serialize_compact(
        {"alg": "none"}, json.dumps(claims).encode(), OctKey.generate_key(), algorithms=["none"]
    )


@contextmanager
def forging() -> Iterator[Forger]:
    """A forger that listens."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self.say(forger.metadata())
            elif self.path == "/jwks":
                self.say({"keys": [OWN.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            kind, _, credentials = self.headers["authorization"].partition(" ")
            assert kind == "Basic"
            id, _, secret = base64.b64decode(credentials).decode().partition(":")
            sent["as"] = f"{unquote_plus(id)}:{unquote_plus(secret)}"
            forger.seen.append(sent)
            self.say(forger.tokens.pop(sent["code"], {"error": "invalid_grant"}))

        def say(self, document: dict[str, Any]) -> None:
            content = json.dumps(document).encode()
            self.send_response(400 if "error" in document else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    forger = Forger(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield forger
    finally:
        server.shutdown()
        server.server_close()


def challenge_of(verifier: str) -> str:
    """PKCE's challenge, by RFC 7636, section 4.2."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
