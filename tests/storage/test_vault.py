"""The vault: what is sealed opens for its owner only, and nothing shows a key by accident."""

import copy
import json
import pickle
import stat
import traceback
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secrets import Key
from bot.storage import accounts
from bot.storage.database import Database
from bot.storage.vault import KEY_FILE, Vault, VaultError, load_secrets
from tests.storage.conftest import USER
from tests.storage.makers import contents
from tests.support.clock import START

PLAIN = "Very-Secret-Api-Key-0123456789abcdef"
KEY = Key(PLAIN)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_a_sealed_key_opens_unchanged(plain: str) -> None:
    """Whatever the key is made of, it comes back as it was."""
    vault = Vault([NEW])
    assert vault.open(vault.seal(Key(plain), user_id=1, provider="p"), user_id=1, provider="p") == Key(plain)


@pytest.mark.parametrize(("user_id", "provider"), [(2, "getsms"), (1, "other")])
def test_a_sealed_key_is_bound_to_user_and_provider(user_id: int, provider: str) -> None:
    """A ciphertext that was moved to another row opens for nobody."""
    vault = Vault([NEW])
    sealed = vault.seal(KEY, user_id=1, provider="getsms")
    with pytest.raises(VaultError, match="another account"):
        vault.open(sealed, user_id=user_id, provider=provider)


def test_a_wrong_secret_is_said_in_words() -> None:
    """A key sealed with another secret gives a sentence, without the key and without the secrets."""
    sealed = Vault([OLD]).seal(KEY, user_id=1, provider="getsms")
    with pytest.raises(VaultError, match="cannot be opened with this SECRET_KEY") as caught:
        Vault([NEW]).open(sealed, user_id=1, provider="getsms")
    shown = "".join(traceback.format_exception(caught.value))
    assert PLAIN not in shown
    assert OLD not in shown
    assert NEW not in shown


@pytest.mark.parametrize("damage", [lambda s: s[:-5], lambda s: b"A" + s[1:], lambda _: b""])
def test_damage_is_noticed(damage: object) -> None:
    """A changed or cut ciphertext never opens to something else."""
    assert callable(damage)
    sealed = Vault([NEW]).seal(KEY, user_id=1, provider="getsms")
    with pytest.raises(VaultError):
        Vault([NEW]).open(damage(sealed), user_id=1, provider="getsms")


def test_secrets_are_rotated_by_putting_a_new_one_first() -> None:
    """The first secret seals, all of them open; a vault that lost the old one opens only what is new."""
    sealed_before = Vault([OLD]).seal(KEY, user_id=1, provider="getsms")
    rotating = Vault([NEW, OLD])
    assert rotating.open(sealed_before, user_id=1, provider="getsms") == KEY
    sealed_after = rotating.seal(KEY, user_id=1, provider="getsms")
    assert Vault([NEW]).open(sealed_after, user_id=1, provider="getsms") == KEY
    with pytest.raises(VaultError):
        Vault([OLD]).open(sealed_after, user_id=1, provider="getsms")


def test_a_rotation_does_not_forget_fingerprints() -> None:
    """A key that was stored under the old secret is recognised as a duplicate under both."""
    before = Vault([OLD]).fingerprint(KEY)
    rotating = Vault([NEW, OLD])
    assert rotating.fingerprint(KEY) == Vault([NEW]).fingerprint(KEY)
    assert rotating.fingerprints(KEY) == [rotating.fingerprint(KEY), before]


def test_sealing_twice_gives_two_ciphertexts_and_one_fingerprint() -> None:
    """Equal keys cannot be matched by ciphertext, only by fingerprint, and only with the secret."""
    vault = Vault([NEW])
    assert vault.seal(KEY, user_id=1, provider="p") != vault.seal(KEY, user_id=1, provider="p")
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


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """The first start makes ``secret.key`` with mode 0600 in a folder 0700; later starts read it."""
    folder = tmp_path / "data"
    made = load_secrets("", folder)
    assert load_secrets("", folder) == made
    assert len(made) == 1
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    Vault(made)


def test_a_configured_secret_comes_first(tmp_path: Path) -> None:
    """What is configured is used as it is, several keys by commas, and no file is made."""
    assert load_secrets(f" {NEW} , {OLD},", tmp_path) == [NEW, OLD]
    assert list(tmp_path.iterdir()) == []


def test_two_starts_at_once_agree_on_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds that another process has made the file meanwhile uses that one, and does not fail."""
    genuine = Fernet.generate_key

    def generate_late() -> bytes:
        monkeypatch.setattr(Fernet, "generate_key", genuine)
        first.extend(load_secrets("", tmp_path))
        return genuine()

    first: list[str] = []
    monkeypatch.setattr(Fernet, "generate_key", generate_late)
    assert load_secrets("", tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_missing_place_or_an_unreadable_file_is_said_in_words(tmp_path: Path) -> None:
    """Without a folder, or with a file that cannot be read, the person is told what to do about it."""
    with pytest.raises(VaultError, match="SECRET_KEY is needed"):
        load_secrets("", None)
    (tmp_path / KEY_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(VaultError, match="cannot be read"):
        load_secrets("", tmp_path)
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(VaultError, match="cannot be read"):
        load_secrets("", tmp_path)


def test_an_empty_key_file_is_said_in_words(tmp_path: Path) -> None:
    """A key file without a key names the file: an empty setting is not what is wrong."""
    (tmp_path / KEY_FILE).touch()
    with pytest.raises(VaultError, match=KEY_FILE):
        load_secrets("", tmp_path)


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
            sealed=vault.seal(KEY, user_id=USER, provider="getsms"),
            fingerprint=vault.fingerprint(KEY),
            now=START,
        )
    async with database.read() as tx:
        found = await accounts.sealed_key(tx, account.id)
    assert found is not None
    assert vault.open(found.sealed, user_id=found.user_id, provider=found.provider) == KEY
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
