"""Keys at rest: sealed with Fernet, bound to their owner and provider, recognised by fingerprint."""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Sequence
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
        self._fingerprint_key = hashlib.sha256(
            b"codebell fingerprint" + base64.urlsafe_b64decode(secrets[0])
        ).digest()

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
        return hmac.new(self._fingerprint_key, key.reveal().encode(), "sha256").hexdigest()


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
    try:
        return _split(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return [_make(path)]
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(f"the key file {path} cannot be read: {type(error).__name__}") from None


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _make(path: Path) -> str:
    secret = Fernet.generate_key().decode("ascii")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # O_EXCL: two processes that start together must not seal with two different keys.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    return secret
