"""Where the secrets come from that seal the keys: ``SECRET_KEY``, else a file beside the database."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.storage.vault import VaultError, new_secret

KEY_FILE = "secret.key"
_DRAFT = ".secret.key.draft-"


def load_secrets(
    configured: str, folder: Path | None, *, make: bool = True, protect: bool = True
) -> list[str]:
    """Return the Fernet keys: the configured ones, else those of the key file, which is made on first use.

    Args:
        configured: the value of ``SECRET_KEY``: keys separated by commas, or empty.
        folder: where the key file lies (beside the SQLite database), or None where there is no such place.
        make: whether a missing file may be made; not where something is sealed already.
        protect: whether the file's rights are mended; not by who only looks.

    Raises:
        VaultError: nothing configured and no folder, or the file is missing or cannot be read.
    """
    if configured.strip():
        return _split(configured)
    if folder is None:
        raise VaultError("SECRET_KEY is needed with this DATABASE_URL: there is no folder for a key file")
    path = folder / KEY_FILE
    if not path.exists():
        if not make:
            raise VaultError(
                f"SECRET_KEY is empty and the key file {path} is missing, which alone opens the stored keys"
            )
        _make(path)
    try:
        if protect:
            path.chmod(0o600)  # it may have come back from a backup with other rights
        found = _split(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(f"the key file {path} cannot be read: {type(error).__name__}") from None
    if not found:
        raise VaultError(f"the key file {path} is empty: restore it from a backup, or set SECRET_KEY")
    return found


def replace_secrets(folder: Path, secrets: Sequence[str]) -> None:
    """Put other secrets into the key file: at every moment it holds either all of the old or all of the new.

    Raises:
        VaultError: it cannot be written; it is as it was.
    """
    path = folder / KEY_FILE
    try:
        for left in folder.glob(f"{_DRAFT}*"):  # by somebody who was killed while writing
            left.unlink()
        draft = _draft(path, secrets)
        try:
            draft.replace(path)
        except OSError:
            draft.unlink()
            raise
        _flush_folder(folder)
    except OSError as error:
        raise VaultError(f"the key file {path} cannot be written: {error.strerror}") from None


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _make(path: Path) -> None:
    """Make the key file, whole or not at all; one that another process made meanwhile is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, [new_secret()])
    try:
        # A link never replaces: two first starts must not seal with two secrets.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    _flush_folder(path.parent)


def _draft(path: Path, secrets: Sequence[str]) -> Path:
    """Write a new file beside the key file, for its owner alone (``mkstemp`` sees to that)."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_DRAFT)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(",".join(secrets) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink()
        raise
    return draft


def _flush_folder(folder: Path) -> None:
    """Have the folder's entry on the disk before anything is sealed with what stands in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
