"""The dashboard and the alerts speak of numbers that the bot really has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs would be a dependency for three tests

from bot.domain.figures import Backlog, Figures
from bot.metrics import Metrics

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "codebell.json"
GUIDE = ROOT / "docs" / "operations.md"

_NAME = re.compile(r"\b(?:codebell|process)_[a-z_]+\b")
_LABELS = re.compile(r"([a-z_]+)(?:=~|!=|=)\"")
_GROUPED = re.compile(r"\bby \(([^)]*)\)")
_OF_PROMETHEUS = {"job", "instance", "le"}


def _scraped() -> str:
    metrics = Metrics()
    metrics.update("message")
    metrics.delivered("code", 0.1, told=True)
    metrics.refused("no-numbers")
    metrics.paid("getsms", "done")
    metrics.provider_failed("getsms", "unreachable")
    metrics.poll_lag("getsms")(0.1)
    metrics.database_failed("OperationalError")
    metrics.loop_lagged(0.1)
    one = {"getsms": 1}
    figures = Figures({"code": Backlog()}, open_orders=one, rentals=one, down=one, leases_held=1, workers=1)
    return metrics.write(figures, 1.0).decode()


SCRAPED = _scraped()
SAMPLES = set(re.findall(r"^([a-z_]+)[ {]", SCRAPED, re.MULTILINE))
LABELS = set(re.findall(r'(\w+)="', SCRAPED)) | _OF_PROMETHEUS


def _rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _queries() -> Iterator[str]:
    for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])


EXPRESSIONS = [*(rule["expr"] for rule in _rules()), *_queries()]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_each_expression_asks_for_what_there_is(expression: str) -> None:
    """Every metric and every label of an alert or a panel is written by the bot, under that very name."""
    assert set(_NAME.findall(expression)) <= SAMPLES
    grouped = {name.strip() for names in _GROUPED.findall(expression) for name in names.split(",")}
    assert set(_LABELS.findall(expression)) | grouped <= LABELS


def test_the_dashboard_shows_every_number() -> None:
    """No number of ours is counted that nobody looks at; a histogram's sum stands behind its buckets."""
    shown = {name for expression in _queries() for name in _NAME.findall(expression)}
    ours = {
        name for name in SAMPLES if name.startswith("codebell_") and not name.endswith(("_sum", "_created"))
    }
    assert {name.removesuffix("_bucket").removesuffix("_count") for name in ours} == {
        name.removesuffix("_bucket").removesuffix("_count") for name in shown if name.startswith("codebell_")
    }


def test_each_alert_says_what_to_do() -> None:
    """An alert leads to a section of the operator's guide that has its name."""
    headings = re.findall(r"^#+ (\w+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    for rule in _rules():
        assert rule["alert"] in headings
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in {"page", "warn"}
