"""The vault: what is sealed opens for its owner only, and nothing shows a key by accident."""

import copy
import json
import pickle
import traceback
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secrets import Key
from bot.storage import accounts, sealing
from bot.storage.database import Database
from bot.storage.keyfile import load_secrets
from bot.storage.vault import Vault, VaultError
from tests.storage.conftest import ON_SQLITE, USER
from tests.storage.makers import contents
from tests.support.clock import START

PLAIN = "Very-Secret-Api-Key-0123456789abcdef"
KEY = Key(PLAIN)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_a_sealed_key_opens_unchanged(plain: str) -> None:
    """Whatever the key is made of, it comes back as it was."""
    vault = Vault([NEW])
    sealed = vault.seal(Key(plain), account_id=5, user_id=1, provider="p")
    assert vault.open(sealed, account_id=5, user_id=1, provider="p") == Key(plain)


def test_the_address_of_a_webhook_outlives_a_rotation() -> None:
    """A mac is good for its account alone, under every secret that is listed and no other."""
    mac = Vault([OLD]).hook_mac(5)
    rotated = Vault([NEW, OLD])
    assert rotated.is_hook_mac(5, mac)
    assert rotated.hook_mac(5) != mac
    assert rotated.is_hook_mac(5, rotated.hook_mac(5))
    assert not rotated.is_hook_mac(6, mac)
    assert not Vault([NEW]).is_hook_mac(5, mac)
    assert not rotated.is_hook_mac(5, "")


@pytest.mark.parametrize(
    ("account_id", "user_id", "provider"), [(6, 1, "getsms"), (5, 2, "getsms"), (5, 1, "other")]
)
def test_a_sealed_key_is_bound_to_its_account(account_id: int, user_id: int, provider: str) -> None:
    """A ciphertext that was moved to another row opens for nobody, not even for another row of its user."""
    vault = Vault([NEW])
    sealed = vault.seal(KEY, account_id=5, user_id=1, provider="getsms")
    with pytest.raises(VaultError, match="another account"):
        vault.open(sealed, account_id=account_id, user_id=user_id, provider=provider)


def test_a_wrong_secret_is_said_in_words() -> None:
    """A key sealed with another secret gives a sentence, without the key and without the secrets."""
    sealed = Vault([OLD]).seal(KEY, account_id=5, user_id=1, provider="getsms")
    with pytest.raises(VaultError, match="cannot be opened with this SECRET_KEY") as caught:
        Vault([NEW]).open(sealed, account_id=5, user_id=1, provider="getsms")
    shown = "".join(traceback.format_exception(caught.value))
    assert PLAIN not in shown
    assert OLD not in shown
    assert NEW not in shown


@pytest.mark.parametrize("damage", [lambda s: s[:-5], lambda s: b"A" + s[1:], lambda _: b""])
def test_damage_is_noticed(damage: object) -> None:
    """A changed or cut ciphertext never opens to something else."""
    assert callable(damage)
    sealed = Vault([NEW]).seal(KEY, account_id=5, user_id=1, provider="getsms")
    with pytest.raises(VaultError):
        Vault([NEW]).open(damage(sealed), account_id=5, user_id=1, provider="getsms")


def test_secrets_are_rotated_by_putting_a_new_one_first() -> None:
    """The first secret seals, all of them open; a vault that lost the old one opens only what is new."""
    sealed_before = Vault([OLD]).seal(KEY, account_id=5, user_id=1, provider="getsms")
    rotating = Vault([NEW, OLD])
    assert rotating.open(sealed_before, account_id=5, user_id=1, provider="getsms") == KEY
    sealed_after = rotating.seal(KEY, account_id=5, user_id=1, provider="getsms")
    assert Vault([NEW]).open(sealed_after, account_id=5, user_id=1, provider="getsms") == KEY
    with pytest.raises(VaultError):
        Vault([OLD]).open(sealed_after, account_id=5, user_id=1, provider="getsms")


def test_a_rotation_does_not_forget_fingerprints() -> None:
    """A key that was stored under the old secret is recognised as a duplicate under both."""
    before = Vault([OLD]).fingerprint(KEY)
    rotating = Vault([NEW, OLD])
    assert rotating.fingerprint(KEY) == Vault([NEW]).fingerprint(KEY)
    assert rotating.fingerprints(KEY) == [rotating.fingerprint(KEY), before]


def test_sealing_twice_gives_two_ciphertexts_and_one_fingerprint() -> None:
    """Equal keys cannot be matched by ciphertext, only by fingerprint, and only with the secret."""
    vault = Vault([NEW])
    assert vault.seal(KEY, account_id=5, user_id=1, provider="p") != vault.seal(
        KEY, account_id=5, user_id=1, provider="p"
    )
    assert vault.fingerprint(KEY) == Vault([NEW]).fingerprint(Key(PLAIN))
    assert vault.fingerprint(KEY) != vault.fingerprint(Key(PLAIN + "x"))
    assert vault.fingerprint(KEY) != Vault([OLD]).fingerprint(KEY)
    assert len(vault.fingerprint(KEY)) == 64


@pytest.mark.parametrize("secrets", [[], ["short"], ["ключ"], [NEW, "not a key"], ["=" * 44]])
def test_an_unusable_secret_is_said_in_words(secrets: list[str]) -> None:
    """A secret that is no Fernet key gives a sentence that names the setting and quotes nothing."""
    with pytest.raises(VaultError, match="SECRET_KEY") as caught:
        Vault(secrets)
    assert "not a key" not in str(caught.value)
    assert NEW not in "".join(traceback.format_exception(caught.value))


@ON_SQLITE
async def test_no_byte_of_the_key_is_in_the_database(database: Database) -> None:
    """After adding, replacing and removing, the plain key and its fingerprint's input are in no file."""
    vault = Vault(load_secrets("", database.folder or Path("unused")))
    async with database.write() as tx:
        account = await accounts.add(
            tx,
            user_id=USER,
            provider="getsms",
            label="Get-SMS",
            tail=KEY.tail,
            sealed=b"",
            fingerprint=vault.fingerprint(KEY),
            now=START,
        )
        sealed = vault.seal(KEY, account_id=account.id, user_id=USER, provider="getsms")
        await sealing.put(tx, account.id, sealed)
    async with database.read() as tx:
        found = await accounts.sealed_key(tx, account.id)
    assert found is not None
    assert sealing.open_(vault, found) == KEY
    assert database.folder is not None
    files = contents(database.folder)
    assert any(name.endswith("-wal") for name in files)
    for name, content in files.items():
        assert PLAIN.encode() not in content, name
        assert PLAIN[:8].encode() not in content, name


def test_a_key_shows_itself_nowhere() -> None:
    """str, repr, format, containers, exceptions and copies of a key tell nothing of it."""
    holder = {"key": KEY, "list": [KEY], "tuple": (KEY,)}
    shown = [str(KEY), repr(KEY), f"{KEY}", f"{KEY!r:>20}", "%s" % KEY, f"{holder}", repr(ValueError(KEY))]  # noqa: UP031 - one of the ways
    for text in shown:
        assert PLAIN not in text
        assert PLAIN[-8:] not in text
    with pytest.raises(TypeError) as pickled:
        pickle.dumps(KEY)
    with pytest.raises(TypeError):
        copy.copy(KEY)
    with pytest.raises(TypeError) as encoded:
        json.dumps(KEY)
    assert PLAIN not in f"{pickled.value}{encoded.value}"
    assert not hasattr(KEY, "__dict__")


@pytest.mark.parametrize(
    ("plain", "tail"), [(PLAIN, "cdef"), ("123456789", "6789"), ("12345678", "78"), ("1234", "34")]
)
def test_the_tail_never_gives_much_of_a_key_away(plain: str, tail: str) -> None:
    """Four characters are shown, and of a short key only two."""
    assert Key(plain).tail == tail


def test_keys_compare_by_value() -> None:
    """Equal keys are equal and hash alike; a key is not equal to its text."""
    assert Key(PLAIN) == KEY
    assert hash(Key(PLAIN)) == hash(KEY)
    assert Key("other") != KEY
    assert KEY != PLAIN
