"""Keys at rest: sealed with Fernet, bound to their owner and provider, recognised by fingerprint."""

import base64
import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.domain.secrets import Key

KEY_FILE = "secret.key"


class VaultError(Exception):
    """The vault cannot be opened, or does not hold what was asked for; says why in words, without keys."""


class Vault:
    """Seals and opens API keys.

    Args:
        secrets: Fernet keys; the first one seals, all of them open (this is how a key is rotated).

    Raises:
        VaultError: no key, or one that is not a Fernet key.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise VaultError("SECRET_KEY is empty")
        try:
            self._fernet = MultiFernet([Fernet(secret) for secret in secrets])
        except ValueError:
            raise VaultError("SECRET_KEY must be one or more Fernet keys, separated by commas") from None
        self._fingerprint_keys = [
            hashlib.sha256(b"codebell fingerprint" + base64.urlsafe_b64decode(secret)).digest()
            for secret in secrets
        ]

    def seal(self, key: Key, *, user_id: int, provider: str) -> bytes:
        """Return the ciphertext of a key; it opens only for this user and provider."""
        content = json.dumps({"user": user_id, "provider": provider, "key": key.reveal()})
        return self._fernet.encrypt(content.encode())

    def open(self, sealed: bytes, *, user_id: int, provider: str) -> Key:
        """Return the key.

        Raises:
            VaultError: sealed with another secret, damaged, or belonging to another user or provider.
        """
        try:
            content = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise VaultError("a stored key cannot be opened with this SECRET_KEY") from None
        if (content["user"], content["provider"]) != (user_id, provider):
            raise VaultError("a stored key belongs to another account")
        return Key(content["key"])

    def fingerprint(self, key: Key) -> str:
        """Return what makes two equal keys recognisable without opening them (64 hex digits)."""
        return self.fingerprints(key)[0]

    def fingerprints(self, key: Key) -> list[str]:
        """Return the key's fingerprints under every secret: one kept before a rotation is recognised too."""
        plain = key.reveal().encode()
        return [hmac.new(secret, plain, "sha256").hexdigest() for secret in self._fingerprint_keys]


def load_secrets(configured: str, folder: Path | None) -> list[str]:
    """Return the Fernet keys: the configured ones, else those of the key file, which is made on first use.

    Args:
        configured: the value of ``SECRET_KEY``: keys separated by commas, or empty.
        folder: where the key file lies (beside the SQLite database), or None where there is no such place.

    Raises:
        VaultError: nothing configured and no folder, or the file cannot be read.
    """
    if configured.strip():
        return _split(configured)
    if folder is None:
        raise VaultError("SECRET_KEY is needed with this DATABASE_URL: there is no folder for a key file")
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        found = _split(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(f"the key file {path} cannot be read: {type(error).__name__}") from None
    if not found:
        raise VaultError(f"the key file {path} is empty: restore it from a backup, or set SECRET_KEY")
    return found


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _make(path: Path) -> None:
    """Make the key file, whole or not at all; one that another process made meanwhile is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp gives mode 0600; a link never replaces: two first starts must not seal with two secrets.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{KEY_FILE}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
