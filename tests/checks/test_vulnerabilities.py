"""The audit of dependencies: a finding fails, silence of the service is said and is no finding."""

import json
from typing import Any

import pytest

from checks.vulnerabilities import judge

SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
HOLED: dict[str, Any] = {
    "name": "holed",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": [], "description": "bad"}],
}
UNKNOWN: dict[str, Any] = {"name": "unknown", "skip_reason": "Dependency not found"}
NO_NETWORK = "requests.exceptions.ConnectionError: Max retries exceeded"


def report(*packages: dict[str, Any]) -> str:
    """Return what pip-audit writes."""
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize("required", [False, True])
def test_a_finding_fails(*, required: bool) -> None:
    """One known vulnerability is named with its mending version, and the check does not pass."""
    verdict = judge(report(SOUND, HOLED), "Found 1 known vulnerability", required=required)
    assert not verdict.is_fine
    assert verdict.said[0] == "holed 1.0: PYSEC-2026-1, mended in 1.1"


def test_no_finding_passes_and_says_what_was_not_known() -> None:
    """The verdict counts what was audited; what the service does not know is named, not hidden."""
    verdict = judge(report(SOUND, UNKNOWN), "", required=True)
    assert verdict.is_fine
    assert verdict.said == (
        "1 locked packages audited, 0 known vulnerabilities.",
        "Not known to the service: unknown.",
    )


@pytest.mark.parametrize(("found", "complaints"), [("", NO_NETWORK), (report(UNKNOWN, UNKNOWN), "")])
def test_an_absent_service_is_said_and_fails_only_on_demand(found: str, complaints: str) -> None:
    """No network, or a mirror that knows no package: "no vulnerabilities" is never claimed."""
    for required in (False, True):
        verdict = judge(found, complaints, required=required)
        assert verdict.is_fine is not required
        assert "could not be asked" in verdict.said[0]
        assert "NOTHING was audited" in verdict.said[0]


def test_a_broken_audit_fails() -> None:
    """Whatever else goes wrong is not taken for a missing network."""
    verdict = judge("", "ERROR: the requirements file has no hashes", required=False)
    assert not verdict.is_fine
    assert "no hashes" in verdict.said[-1]
