"""Looks for secrets in the project's files with detect-secrets.

A line that only looks like one ends with ``# pragma: allowlist secret``. Tests and the simulators invent keys
and passwords, and name them so: there the search for such names is left out, and what looks like a key by
itself is still found.
"""

import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_INVENTING = ("tests/", "sandbox/")
_NAMES = ("--disable-plugin", "KeywordDetector")


def files(root: Path) -> list[str]:
    """Return the project's files, relative to its root: what git keeps, or would keep if it was told to."""
    git = shutil.which("git")
    if (
        git is None or not (root / ".git").exists()
    ):  # an unpacked archive: all but what tools and people have put there
        found = (path.relative_to(root) for path in root.rglob("*") if path.is_file() and path.name != ".env")
        return [
            str(path) for path in found if not any(part.startswith((".", "__")) for part in path.parts[:-1])
        ]
    listed = subprocess.run(
        (git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def suspects(root: Path, names: list[str]) -> str:
    """Return what detect-secrets says of these files; empty where it finds nothing."""
    said = []
    for options, inventing in (((), False), (_NAMES, True)):
        group = [name for name in names if name.startswith(_INVENTING) is inventing]
        if group:
            hook = Path(sys.executable).with_name("detect-secrets-hook")
            done = subprocess.run(
                (str(hook), *options, *group), cwd=root, check=False, capture_output=True, text=True
            )
            said.append(done.stdout + done.stderr if done.returncode else "")
    return "".join(said)


def main() -> int:
    """Search the checkout; return the exit code."""
    names = files(_ROOT)
    found = suspects(_ROOT, names)
    sys.stdout.write(found or f"No secrets in {len(names)} files.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
