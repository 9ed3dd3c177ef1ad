"""The bot's rows and the chats held against what the providers themselves wrote down."""

import asyncio
import time
from collections import Counter, defaultdict
from typing import Any

from tests.crash.audit_codes import CodesAudit
from tests.crash.audit_rentals import RentalsAudit
from tests.crash.books import BUYING, Sale, key_of, looks, sales
from tests.crash.findings import Findings, utc
from tests.crash.town import Town

_OPEN = frozenset({"waiting", "received", "waiting_again"})
_NOT_PAID = frozenset({"canceled", "banned", "expired", "failed"})


def audit(town: Town) -> Findings:
    """Compare everything; the bot may be running, and should be at rest."""
    town.listen()
    return _Audit(town).run()


async def settled(town: Town, seconds: float) -> Findings:
    """Return what is found once there is no problem any more, or after so many seconds."""
    until = time.monotonic() + seconds
    while (findings := audit(town)).problems and time.monotonic() < until:  # noqa: ASYNC110 - another process
        await asyncio.sleep(1)
    return findings


class _Audit:
    def __init__(self, town: Town) -> None:
        self._town = town
        self._orders = town.rows("SELECT * FROM orders ORDER BY id")
        self._owners = {walker.key: walker.person.id for walker in town.walkers}
        self._sales = [sale for house in town.houses.values() for sale in sales(house)]
        self._known = {(o["provider"], o["remote_id"]): o for o in self._orders if o["remote_id"] is not None}
        self.found = Findings()

    def run(self) -> Findings:
        counts = self.found.counts
        counts["orders of the bot"] = len(self._orders)
        counts["orders of the providers"] = len(self._sales)
        counts["confirm buttons pressed"] = sum(len(walker.tapped) for walker in self._town.walkers)
        counts.update(
            {f"orders {state}": n for state, n in Counter(o["state"] for o in self._orders).items()}
        )
        counts["updates put aside after three deaths"] = len(self._town.rows("SELECT ref FROM faults"))
        self._money()
        self._once()
        for sale in self._sales:
            order = self._known.get((sale.slug, sale.id))
            if order is not None:
                self._state(sale, order)
        rented = RentalsAudit(self._town, self._owners, self.found)
        rented.run()
        codes = CodesAudit(self._town, self._owners, self.found)
        names = {where: f"order {order['id']} ({order['state']})" for where, order in self._known.items()}
        codes.check(self._sales, names)
        codes.check(rented.leases, rented.names)
        return self.found

    def _problem(self, sentence: str) -> None:
        self.found.problems.append(sentence)

    # Money

    def _money(self) -> None:
        """Every provider's order is ours, or stands for one of ours that is told as uncertain."""
        doubtful: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for order in self._orders:
            if order["remote_id"] is None and order["error"] == "outcome-unknown":
                doubtful[order["provider"], order["user_id"]].append(order)
        for remote in self._sales:
            if (remote.slug, remote.id) in self._known:
                continue
            candidates = doubtful[remote.slug, self._owners[remote.key]]
            meant = next((o for o in candidates if utc(o["created_at"]) <= remote.created_at), None)
            if meant is None:
                self._problem(f"{remote.slug} {remote.id} was bought and nobody was told")
                continue
            candidates.remove(meant)
            self.found.counts["bought, and told as uncertain"] += 1
        self.found.counts["uncertain, and not bought"] = sum(map(len, doubtful.values()))
        self._doubts_told()
        for remote_key, orders in _by(self._orders, "provider", "remote_id").items():
            if remote_key[1] is not None and len(orders) > 1:
                self._problem(f"{remote_key} belongs to {len(orders)} orders")

    def _doubts_told(self) -> None:
        told = {
            row["order_id"]: row["ending"]
            for row in self._town.rows(
                "SELECT * FROM outbox WHERE notice = 'uncertain' AND ended_at IS NOT NULL"
            )
        }
        wanted: Counter[int] = Counter()
        for order in self._orders:
            if order["state"] == "placing":
                self._problem(f"order {order['id']} is still being placed")
            if order["state"] != "uncertain":
                continue
            wanted[order["user_id"]] += 1
            if told.get(order["id"]) != "sent":
                self._problem(f"order {order['id']} is uncertain, and its owner was not told")
        for user, times in wanted.items():
            if self._town.told.doubts[user] < times:
                self._problem(f"user {user} has {times} uncertain orders and fewer messages about them")

    def _once(self) -> None:
        """No tap bought twice: an order is placed by one bot, and sent at most once, by that one."""
        sent: Counter[tuple[str, str, int]] = Counter()
        for house in self._town.houses.values():
            for asked in house.ledger.requests:
                if asked.method in BUYING:
                    sent[house.slug, key_of(asked), self._town.life(asked.at)] += 1
        keys = {owner: key for key, owner in self._owners.items()}
        placed: Counter[tuple[str, str, int]] = Counter()
        for order in self._orders:
            placed[order["provider"], keys[order["user_id"]], self._town.life(utc(order["created_at"]))] += 1
        for where, times in sent.items():
            if times > placed[where]:
                self._problem(f"{where}: {times} purchases were sent for {placed[where]} orders")
        self.found.counts["purchases sent"] = sent.total()
        tokens = {
            order["token"]
            for order in self._orders
            if order["parent_id"] is None or "+" not in order["token"]
        }
        tapped = {data.rpartition("|")[2] for walker in self._town.walkers for data in walker.tapped}
        for token in tokens - tapped:
            self._problem(f"an order was placed by {token}, which nobody pressed")

    # States

    def _state(self, remote: Sale, order: dict[str, Any]) -> None:
        ours, counts = order["state"], self.found.counts
        where = f"order {order['id']} is {ours}, {remote.slug} {remote.id} is {remote.word}"
        if (ours in _OPEN) is not remote.alive:
            if remote.word == "finished" and ours in _OPEN:
                counts["finished there, open here until its end"] += 1
                return
            if remote.word == "refused" and order["error"] == "number-trouble":
                counts["banned there, told as trouble with the number"] += 1
                return
            self._problem(where)
        elif not remote.alive and ours in _NOT_PAID and remote.paid and not self._crossed(remote):
            self._problem(f"{where}, and was paid for")
        elif not remote.alive and remote.word in ("canceled", "banned") and ours == "expired":
            counts["given back, told as expired"] += 1

    def _crossed(self, remote: Sale) -> bool:
        """Whether the SMS that made a number be paid for came when it was as good as given back."""
        return bool(remote.sms) and not looks(self._town.houses[remote.slug], remote, 0)


def _by(rows: list[dict[str, Any]], *columns: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    groups: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in columns)].append(row)
    return groups
