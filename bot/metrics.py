"""The numbers of ``/metrics``, in a registry of our own; nobody else knows the library that writes them.

Labels are few and known beforehand: kinds, slugs of errors, and providers that the operator
has configured, and one name for all hosts of users. No person, chat, key or host of a user is among them.
Counting is all that happens while the bot works; what is open is counted when somebody asks (``write``).
"""

import platform
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.domain.figures import Figures

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_LAG = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_TOLD = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_LOOP = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Metrics:
    """What one process has counted since its start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._now = _Now()
        self._updates = self._counter("updates", "Updates of Telegram that were handled", "kind")
        self._deliveries = self._counter(
            "deliveries",
            "Messages of the outbox that have ended: told, or dropped for good",
            "kind",
            "outcome",
        )
        self._delivery = self._histogram(
            "delivery_seconds", "From writing a message down to telling it", _TOLD, "kind"
        )
        self._refusals = self._counter("refusals", "What people were told that does not work", "error")
        self._paid = self._counter("paid_calls", "Paid calls, by how they ended", "provider", "outcome")
        self._failures = self._counter(
            "provider_failures", "Questions for SMS that a provider did not answer", "provider", "error"
        )
        self._lag = self._histogram(
            "poll_lag_seconds", "How long after its time a provider was asked for SMS", _LAG, "provider"
        )
        self._database = self._counter(
            "database_errors", "Statements and connections that failed, but for broken constraints", "error"
        )
        self._loop = self._histogram(
            "event_loop_lag_seconds", "How much later than asked a sleep ended", _LOOP
        )
        self._registry.register(self._now)
        ProcessCollector(registry=self._registry)

    def update(self, kind: str) -> None:
        """Count an update that was handled."""
        self._updates.labels(kind).inc()

    def delivered(self, kind: str, seconds: float, *, told: bool) -> None:
        """Count a message that has ended.

        Args:
            kind: of message.
            seconds: since it was written down.
            told: whether Telegram has taken it; else it never will be told.
        """
        self._deliveries.labels(kind, "told" if told else "dropped").inc()
        if told:
            self._delivery.labels(kind).observe(max(seconds, 0.0))

    def refused(self, error: str) -> None:
        """Count an error, by its slug, that a person was told of."""
        self._refusals.labels(error).inc()

    def paid(self, provider: str, outcome: str) -> None:
        """Count a paid call, by the label of the provider and ``done`` or the error's slug."""
        self._paid.labels(provider, outcome).inc()

    def provider_failed(self, provider: str, error: str) -> None:
        """Count a question for SMS without an answer, by the label of the provider and the error's slug."""
        self._failures.labels(provider, error).inc()

    def poll_lag(self, provider: str) -> Callable[[float], None]:
        """Return what notes the lag, in seconds, of a question to a provider; made once and called often."""
        return self._lag.labels(provider).observe

    def database_failed(self, error: str) -> None:
        """Count an error of the database, by its class."""
        self._database.labels(error).inc()

    def loop_lagged(self, seconds: float) -> None:
        """Note how much later than asked the event loop came back to a task."""
        self._loop.observe(max(seconds, 0.0))

    def write(self, figures: Figures | None, telegram_silent: float | None) -> bytes:
        """Return everything in Prometheus' text format.

        Args:
            figures: what is open; None where the database did not tell.
            telegram_silent: seconds since Telegram last answered; None where it never did.
        """
        self._now.figures, self._now.telegram_silent = figures, telegram_silent
        return generate_latest(self._registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"codebell_{name}", told, labels, registry=self._registry)

    def _histogram(self, name: str, told: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"codebell_{name}", told, labels, registry=self._registry, buckets=buckets)


class _Now(Collector):
    """What is so at the moment of the question."""

    def __init__(self) -> None:
        self.figures: Figures | None = None
        self.telegram_silent: float | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield each family; what is not known is left out."""
        build = GaugeMetricFamily("codebell_build_info", "What runs", labels=["version", "python"])
        build.add_metric([__version__, platform.python_version()], 1)
        yield build
        yield _one(
            "database_up", "Whether the database has told what is open", float(self.figures is not None)
        )
        if self.telegram_silent is not None:
            yield _one("telegram_silent_seconds", "Since Telegram last answered a call", self.telegram_silent)
        if self.figures is not None:
            yield from _families(self.figures)


def _families(now: Figures) -> Iterator[Metric]:
    waiting = {kind: one.waiting for kind, one in now.backlog.items()}
    oldest = {kind: one.oldest_seconds for kind, one in now.backlog.items()}
    uncertain = {"order": now.uncertain_orders, "bill": now.uncertain_bills}
    yield _many("outbox_waiting", "Messages written down and not told yet", "kind", waiting)
    yield _many("outbox_oldest_seconds", "How long the oldest of them has waited", "kind", oldest)
    yield _many("open_orders", "Orders that are open", "provider", now.open_orders)
    yield _many("open_rentals", "Rentals that are running or in doubt", "provider", now.rentals)
    yield _many("uncertain_purchases", "Paid calls whose outcome nobody knows yet", "what", uncertain)
    yield _many("provider_down", "1 where a provider has not answered for a while", "provider", now.down)
    if now.leases_held is not None:
        yield _one("leases_held", "Accounts that this replica watches", now.leases_held)
    if now.workers is not None:
        yield _one("workers", "Replicas that were seen lately", now.workers)


def _one(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"codebell_{name}", told, value=value)


def _many(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"codebell_{name}", told, labels=[label])
    for of, value in sorted(values.items()):
        family.add_metric([of], value)
    return family
