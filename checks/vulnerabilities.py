"""Asks whether a locked dependency has a known vulnerability; a finding fails, an absent service does not.

pip-audit alone is not enough for that: where its service cannot be reached it ends as on a finding, and where
a mirror answers "not found" for every package it says that nothing was found.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 300
_EXPORT = (
    "export",
    "--quiet",
    "--frozen",
    "--all-groups",
    "--no-emit-project",
    "--format",
    "requirements-txt",
)
_AUDIT = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")

# How pip-audit and the HTTP library below it name what is between us and the service.
_UNREACHED = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError", "ServiceError")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of asking.

    Attributes:
        is_fine: whether the check passes.
        said: lines for the person.
    """

    is_fine: bool
    said: tuple[str, ...]


def judge(report: str, complaints: str, *, required: bool) -> Verdict:
    """Read what pip-audit left behind.

    Args:
        report: its JSON; empty where it gave up.
        complaints: what it wrote to standard error.
        required: whether a service that could not be asked fails, too.
    """
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if any(name in complaints for name in _UNREACHED):
            return _unasked("it cannot be reached", required=required)
        return Verdict(is_fine=False, said=("pip-audit failed:", *complaints.splitlines()[-5:]))
    asked = [package for package in packages if "vulns" in package]
    if not asked:
        return _unasked(f"it knows none of the {len(packages)} packages", required=required)
    found = tuple(
        f"{package['name']} {package['version']}: {flaw['id']}, mended in "
        f"{', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package in asked
        for flaw in package["vulns"]
    )
    unknown = [package["name"] for package in packages if "vulns" not in package]
    said = f"{len(asked)} locked packages audited, {len(found)} known vulnerabilities."
    skipped = (f"Not known to the service: {', '.join(unknown)}.",) if unknown else ()
    return Verdict(is_fine=not found, said=(*found, said, *skipped))


def _unasked(why: str, *, required: bool) -> Verdict:
    return Verdict(
        is_fine=not required,
        said=(f"The vulnerability service could not be asked: {why}. NOTHING was audited.",),
    )


def main() -> int:
    """Audit ``uv.lock``; return the exit code. With ``REQUIRE_AUDIT`` set, a service out of reach fails."""
    tools = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        locked, report = Path(folder, "requirements.txt"), Path(folder, "report.json")
        uv = shutil.which("uv") or str(tools / "uv")
        subprocess.run((uv, *_EXPORT, "--output-file", str(locked)), check=True, stdout=subprocess.DEVNULL)
        command = (str(tools / "pip-audit"), *_AUDIT, "--requirement", str(locked), "--output", str(report))
        try:
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_SECONDS)
            complaints = done.stderr
        except subprocess.TimeoutExpired:
            complaints = "ReadTimeout"
        found = report.read_text(encoding="utf-8") if report.exists() else ""
    verdict = judge(found, complaints, required=bool(os.environ.get("REQUIRE_AUDIT")))
    sys.stdout.write("\n".join(verdict.said) + "\n")
    return 0 if verdict.is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
