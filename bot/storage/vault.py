"""Keys at rest: sealed with Fernet, bound to their account, recognised by fingerprint."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.domain.secrets import Key


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
            fernets = [Fernet(secret) for secret in secrets]
        except ValueError:
            raise VaultError("SECRET_KEY must be one or more Fernet keys, separated by commas") from None
        self._newest = fernets[0]
        self._fernet = MultiFernet(fernets)
        self._fingerprint_keys = [
            hashlib.sha256(b"codebell fingerprint" + base64.urlsafe_b64decode(secret)).digest()
            for secret in secrets
        ]
        self._hook_keys = [
            hashlib.sha256(b"codebell webhook 1" + base64.urlsafe_b64decode(secret)).digest()
            for secret in secrets
        ]

    def seal(self, key: Key, *, account_id: int, user_id: int, provider: str) -> bytes:
        """Return the ciphertext of a key; it opens only for this account, user and provider."""
        content = {"account": account_id, "user": user_id, "provider": provider, "key": key.reveal()}
        return self._newest.encrypt(json.dumps(content).encode())

    def open(self, sealed: bytes, *, account_id: int, user_id: int, provider: str) -> Key:
        """Return the key.

        Raises:
            VaultError: sealed with another secret, damaged, or belonging to another account.
        """
        try:
            content = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise VaultError("a stored key cannot be opened with this SECRET_KEY") from None
        # What was sealed before accounts were written down inside is bound to user and provider alone.
        bound = (content.get("account", account_id), content["user"], content["provider"])
        if bound != (account_id, user_id, provider):
            raise VaultError("a stored key belongs to another account")
        return Key(content["key"])

    def is_up_to_date(self, sealed: bytes) -> bool:
        """Say whether a ciphertext is as ``seal`` would make it now: under the first secret, and bound."""
        try:
            return "account" in json.loads(self._newest.decrypt(sealed))
        except InvalidToken:
            return False

    def fingerprint(self, key: Key) -> str:
        """Return what makes two equal keys recognisable without opening them (64 hex digits)."""
        return self.fingerprints(key)[0]

    def fingerprints(self, key: Key) -> list[str]:
        """Return the key's fingerprints under every secret: one kept before a rotation is recognised too."""
        plain = key.reveal().encode()
        return [hmac.new(secret, plain, "sha256").hexdigest() for secret in self._fingerprint_keys]

    def hook_mac(self, account_id: int) -> str:
        """Return what makes the address of an account's webhook impossible to guess (43 characters)."""
        return _mac(self._hook_keys[0], account_id)

    def is_hook_mac(self, account_id: int, mac: str) -> bool:
        """Whether one of the secrets made this for the account: after a rotation old addresses still work."""
        given = mac.encode()
        return any(hmac.compare_digest(_mac(key, account_id).encode(), given) for key in self._hook_keys)


def _mac(key: bytes, account_id: int) -> str:
    digest = hmac.digest(key, str(account_id).encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def new_secret() -> str:
    """Return a fresh Fernet key."""
    return Fernet.generate_key().decode()
