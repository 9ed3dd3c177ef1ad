"""The file that holds the sealing secret: made once, replaced as a whole, readable by its owner alone."""

import errno
import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.storage.keyfile import KEY_FILE, load_secrets, replace_secrets
from bot.storage.vault import Vault, VaultError

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


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


def test_a_file_is_not_made_where_something_is_sealed_already(tmp_path: Path) -> None:
    """A lost key file is told by its name, and no other is put in its place."""
    with pytest.raises(VaultError, match=f"{KEY_FILE} is missing"):
        load_secrets("", tmp_path, make=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_others_may_read_is_closed(tmp_path: Path) -> None:
    """A key file that came back from a backup with other rights gets mode 0600 when it is read."""
    path = tmp_path / KEY_FILE
    path.write_text(OLD, encoding="ascii")
    path.chmod(0o644)
    assert load_secrets("", tmp_path) == [OLD]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secrets_are_replaced_as_a_whole(tmp_path: Path) -> None:
    """The new secrets stand in the file in their order, with mode 0600 and nothing left beside it."""
    load_secrets("", tmp_path)
    replace_secrets(tmp_path, [NEW, OLD])
    assert load_secrets("", tmp_path) == [NEW, OLD]
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_cannot_be_replaced_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk, or a folder that takes nothing, is told in words; the old secret is still there."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = load_secrets("", tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(os if step == "fsync" else Path, step, full)
        with pytest.raises(VaultError, match="cannot be written: No space left"):
            replace_secrets(tmp_path, [NEW])
    assert load_secrets("", tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
