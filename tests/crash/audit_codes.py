"""Every SMS that came to a number, held against the chats."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tests.crash.books import Lease, Remote, looks, subject
from tests.crash.findings import Findings
from tests.crash.town import PACE, Town

_TO_WRITE = timedelta(seconds=5 * PACE)  # five real seconds, from the answer on its way to the commit


class CodesAudit:
    """Holds that each SMS was told to its owner, and no oftener than deaths and lost answers excuse.

    Args:
        town: the town.
        owners: by key, whose it is.
        found: where findings go.
    """

    def __init__(self, town: Town, owners: Mapping[str, int], found: Findings) -> None:
        self._town = town
        self._owners = owners
        self._found = found

    def check(self, remotes: Iterable[Remote], known: Mapping[tuple[str, str], str]) -> None:
        """Check the SMS of these numbers; ``known`` says how the bot calls those that it knows."""
        for remote in remotes:
            kind = "SMS of rentals" if isinstance(remote, Lease) else "SMS"
            for place, sms in enumerate(remote.sms):
                self._found.counts[f"{kind} at the providers"] += 1
                chats = self._town.told.codes.get(sms.code, [])
                if not chats:
                    self._untold(remote, known.get((remote.slug, remote.id)), place)
                    continue
                self._found.counts[f"{kind} told"] += 1
                self._told(sms.code, chats, self._owners[remote.key])

    def _told(self, code: str, chats: list[int], owner: int) -> None:
        counts, problems = self._found.counts, self._found.problems
        if set(chats) != {owner}:
            problems.append(f"code {code} of {owner} was told to {sorted(set(chats))}")
        again, told = len(chats) - 1, self._town.told
        if again > told.excused[code] + told.unanswered[code]:
            problems.append(
                f"code {code} was told {len(chats)} times, with {told.excused[code]} deaths and"
                f" {told.unanswered[code]} lost answers to excuse it"
            )
        counts["SMS told again"] += again
        counts["deaths between Telegram's answer and our commit"] += told.excused[code]

    def _untold(self, remote: Remote, name: str | None, place: int) -> None:
        """Tell a code that was lost from one that nobody could have fetched."""
        sms, counts = remote.sms[place], self._found.counts
        if name is None:
            counts["SMS of numbers told as uncertain"] += 1
            return
        seen = looks(self._town.houses[remote.slug], remote, place)
        if remote.alive or any(self._lived_on(look) for look in seen):
            self._found.problems.append(f"code {sms.code} of {name}, which is {remote.word}, was not told")
        elif seen:
            counts["SMS read by a bot that died of it, and gone with their number"] += 1
        else:
            seconds = round((self._ended(remote) - sms.at).total_seconds(), 1)
            counts["SMS that came and went with their number, unread"] += 1
            self._found.unread.append(f"{remote.slug} {remote.id} {remote.word}, {seconds} s after the SMS")

    def _lived_on(self, moment: datetime) -> bool:
        """Whether the bot that lived at a moment had the time to write down what it then read."""
        lives = [life for life in self._town.lives if life.began <= moment <= life.ended]
        return all(life.ended - moment > _TO_WRITE for life in lives)

    def _ended(self, remote: Remote) -> datetime:
        requests = self._town.houses[remote.slug].ledger.requests
        return max((one.at for one in requests if subject(one) == remote.id), default=remote.created_at)
