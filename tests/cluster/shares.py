"""What the simulators saw of the replicas: who looked after which account, and how often they asked."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from tests.cluster.via import Poll


def interleaved(polls: Iterable[Poll], within: timedelta) -> Iterator[Poll]:
    """Return looks at an account between two of another replica that are no longer apart than ``within``.

    One that takes over looks from then on alone. Where somebody else looked in between, both believed to
    hold the account.
    """
    by_account: defaultdict[str, list[Poll]] = defaultdict(list)
    for poll in polls:
        by_account[poll.what].append(poll)
    for looks in by_account.values():
        last: dict[str, datetime] = {}
        for before, look in pairwise(looks):
            last[before.via] = before.at
            own = last.get(look.via)
            if look.via != before.via and own is not None and look.at - own <= within:
                yield before


def taken_over(polls: Iterable[Poll], accounts: Iterable[str], since: datetime) -> dict[str, datetime]:
    """Return when each of these accounts was looked at first after a moment."""
    wanted = set(accounts)
    first: dict[str, datetime] = {}
    for poll in polls:
        if poll.at >= since and poll.what in wanted:
            first.setdefault(poll.what, poll.at)
    return first


def most_within(moments: Iterable[datetime], window: timedelta) -> int:
    """Return the highest number of moments in any stretch of so long."""
    most, recent = 0, deque[datetime]()
    for moment in moments:
        recent.append(moment)
        while recent[0] <= moment - window:
            recent.popleft()
        most = max(most, len(recent))
    return most
