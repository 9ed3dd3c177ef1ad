"""What is counted about the replicas: it names what breaks a promise, and is silent about what does not."""

from datetime import timedelta

from tests.cluster.shares import interleaved, most_within, taken_over
from tests.cluster.via import Poll
from tests.support.clock import START

_WITHIN = timedelta(seconds=5)


def _polls(*looks: tuple[float, str]) -> list[Poll]:
    return [Poll(START + timedelta(seconds=at), via, "key") for at, via in looks]


def test_an_account_that_passes_on_is_no_problem() -> None:
    """One replica after another may look after an account, and the first one again, later."""
    assert not [*interleaved(_polls((0, "a"), (2, "a"), (4, "b"), (6, "b"), (9, "a"), (11, "a")), _WITHIN)]


def test_two_at_once_are_told() -> None:
    """A look between two of somebody else is told."""
    polls = _polls((0, "a"), (2, "b"), (3, "a"), (4, "a"))
    assert [*interleaved(polls, _WITHIN)] == [polls[1]]


def test_who_was_looked_after_since_when() -> None:
    """Looks before the moment that is asked about do not count."""
    polls = _polls((0, "a"), (2, "b"), (3, "b"))
    since = START + timedelta(seconds=1)
    assert taken_over(polls, ["key", "other"], since) == {"key": START + timedelta(seconds=2)}


def test_the_most_in_a_stretch() -> None:
    """A stretch is open at its beginning, so that two that are just so far apart are in none together."""
    moments = [START + timedelta(seconds=at) for at in (0, 0.4, 1.0, 1.3)]
    assert most_within(moments, timedelta(seconds=1)) == 3
