"""A backup's head, and what seals each of its chunks.

A file is the magic line, the head (one line of JSON), then chunks. With a key a chunk is encrypted
by AES-256-GCM under a key that only this file has: scrypt (RFC 7914) stretches what was given,
salted anew for each file. The nonce is the chunk's number and whether it is the last, after the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar (CRYPTO 2015), and the head is
authenticated with each: chunks that were changed, left out, put in another order or cut off do not
open. Without a key the same is held by a SHA-256, which finds damage and keeps out nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from kpi import __version__
from kpi.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
MAGIC = b"Rolecard backup\n"
SHORTEST = 16
"""Characters of the shortest key that is taken."""

_LONGEST_HEAD = 4096
_HASH = 32


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the chunks. ``salt`` and ``key_check`` in hex, None without encryption."""

    program: str
    salt: str | None
    key_check: str | None
    line: bytes

    @property
    def encrypted(self) -> bool:
        return self.salt is not None


@dataclass(frozen=True, slots=True)
class Seals:
    """What seals and opens the chunks of one file."""

    head_hash: bytes
    cipher: AESGCM | None

    def close(self, number: int, last: bool, content: bytes) -> bytes:
        """A chunk as it stands in the file."""
        nonce = _nonce(number, last)
        if self.cipher is not None:
            return self.cipher.encrypt(nonce, content, self.head_hash)
        return content + _hash(self.head_hash, nonce, content)

    def open(self, number: int, last: bool, sealed: bytes) -> bytes | None:
        """A chunk's content; None where it is not the one that was sealed at this place."""
        nonce = _nonce(number, last)
        if self.cipher is not None:
            from cryptography.exceptions import InvalidTag

            try:
                return self.cipher.decrypt(nonce, sealed, self.head_hash)
            except (InvalidTag, ValueError):
                return None
        content, found = sealed[:-_HASH], sealed[-_HASH:]
        return content if found == _hash(self.head_hash, nonce, content) else None


def new_head(key: str | None) -> tuple[Head, Seals]:
    """The head of a new backup, encrypted if a key is given. Raises InputError for a poor key."""
    if key is None:
        said: dict[str, Any] = {"format": FORMAT, "program": __version__, "encrypted": None}
        head = Head(__version__, None, None, _line(said))
        return head, Seals(hashlib.sha256(head.line).digest(), None)
    if len(key) < SHORTEST:
        raise InputError(
            f"The backup key has {len(key)} characters; give one of at least {SHORTEST}, such as "
            "a passphrase of six words that nobody would guess."
        )
    salt = secrets.token_bytes(16)
    own, check = _stretched(key, salt)
    said = {"format": FORMAT, "program": __version__,
            "encrypted": {"salt": salt.hex(), "key_check": check}}  # fmt: skip
    head = Head(__version__, salt.hex(), check, _line(said))
    return head, Seals(hashlib.sha256(head.line).digest(), _cipher(own))


def read_head(file: BinaryIO, name: str) -> Head:
    """The head of a backup that is open at its start.

    Raises InputError where the file is another program's, damaged, or a newer Rolecard's.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise InputError(
            f"{name} is not a backup that Rolecard made; give a file that was written by: kpi "
            "backup"
        )
    line = file.readline(_LONGEST_HEAD)
    damaged = InputError(f"{name} is damaged at its start; take another backup.")
    try:
        said = json.loads(line)
        if isinstance(said["format"], int) and said["format"] > FORMAT:
            raise InputError(
                f"{name} was made by a newer Rolecard ({said['program']}); restore it with that "
                "version."
            )
        encrypted = said["encrypted"]
        if said["format"] != FORMAT or not line.endswith(b"\n"):
            raise damaged
        if encrypted is None:
            return Head(str(said["program"]), None, None, line)
        salt, check = encrypted["salt"], encrypted["key_check"]
        bytes.fromhex(salt), bytes.fromhex(check)
        return Head(str(said["program"]), salt, check, line)
    except (ValueError, KeyError, TypeError):
        raise damaged from None


def seals_of(head: Head, key: str | None, name: str) -> Seals:
    """What opens the chunks after a head.

    Raises InputError where the key is missing, another one, or given for what is not encrypted.
    """
    head_hash = hashlib.sha256(head.line).digest()
    if head.salt is None or head.key_check is None:
        if key is not None:
            raise InputError(
                f"{name} is not encrypted, and a backup key was given: this may not be the file "
                "that you mean. If it is, leave --key-file and KPI_BACKUP_KEY away."
            )
        return Seals(head_hash, None)
    if key is None:
        raise InputError(
            f"{name} is encrypted; give the key it was made with by --key-file FILE or in "
            "KPI_BACKUP_KEY."
        )
    own, check = _stretched(key, bytes.fromhex(head.salt))
    if not hmac.compare_digest(check, head.key_check):
        raise InputError(
            f"{name} was encrypted with another key than the one given; give the key it was made "
            "with."
        )
    return Seals(head_hash, _cipher(own))


def _stretched(key: str, salt: bytes) -> tuple[bytes, str]:
    """The file's own key, and a value by which a wrong one is told before anything is opened."""
    found = hashlib.scrypt(key.encode(), salt=salt, n=1 << 15, r=8, p=1, dklen=64, maxmem=64 << 20)
    return found[:32], hashlib.sha256(found[32:]).hexdigest()


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"
