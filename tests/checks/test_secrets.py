"""The search for secrets in the project's files: it finds ours, and passes what only looks like one."""

import secrets
import string
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from checks.secrets import files, suspects


def token() -> str:
    """Return a text in the shape of a bot token."""
    return "1234567890:" + "".join(secrets.choice(string.ascii_letters) for _ in range(35))


@pytest.mark.parametrize("folder", ["bot", "tests"])
def test_tokens_and_sealing_keys_are_found(tmp_path: Path, folder: str) -> None:
    """A bot token or a Fernet key in a file is named by file and line, and is not quoted."""
    (tmp_path / folder).mkdir()
    for number, secret in enumerate((token(), Fernet.generate_key().decode())):
        name = f"{folder}/file{number}.py"
        (tmp_path / name).write_text(f'found = "{secret}"\n', encoding="utf-8")
        said = suspects(tmp_path, [name])
        assert f"{name}:1" in said
        assert secret not in said


def test_a_named_password_is_found_in_the_product_alone(tmp_path: Path) -> None:
    """Tests may invent passwords; a line in the product may not, unless it says that it is none."""
    line = "password = " + repr("correct horse")
    for name, text in {
        "a.py": line,
        "tests/b.py": line,
        "c.py": f"{line}  # pragma: allowlist secret",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    said = suspects(tmp_path, ["a.py", "tests/b.py", "c.py"])
    assert "a.py:1" in said
    assert "b.py" not in said
    assert "c.py" not in said


def test_an_unpacked_archive_is_searched_too(tmp_path: Path) -> None:
    """Where there is no git, every file counts but those in folders that tools have made, and ``.env``."""
    for name in ("bot/a.py", "bot/__pycache__/a.pyc", ".venv/lib/b.py", ".env", ".env.example"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(files(tmp_path)) == [".env.example", "bot/a.py"]
