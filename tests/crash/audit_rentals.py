"""Rented numbers: what the bot knows of them and of their payments, held against the providers' ledgers."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.crash.books import RENTING, Lease, key_of, leases
from tests.crash.findings import Findings, utc
from tests.crash.town import Town

_HELD = frozenset({"active", "sleeping", "waking", "missing"})
_PRESENT = {"asleep": "sleeping", "awake": "active", "waking": "waking", "missing": "missing"}
_GIVEN_BACK = "canceled"
_SAME_END = timedelta(minutes=2)  # between the provider's clock and what a bot works out from an answer
_LOST = "outcome-unknown"
_ITSELF = "auto-"  # the tokens of what no button offered

Number = tuple[str, str]
"""A provider and a phone number there."""


class RentalsAudit:
    """Holds that every paid act is known or in doubt and told so, none was made twice, and states agree.

    Args:
        town: the town.
        owners: by key, whose it is.
        found: where findings go.

    Attributes:
        leases: all that was rented out.
        names: how the bot calls those that it knows, by provider and the provider's id.
    """

    def __init__(self, town: Town, owners: Mapping[str, int], found: Findings) -> None:
        self._town = town
        self._owners = owners
        self._keys = {owner: key for key, owner in owners.items()}
        self._found = found
        self._rentals = town.rows("SELECT * FROM rentals ORDER BY id")
        self._bills = town.rows(
            "SELECT bills.*, accounts.provider FROM bills JOIN accounts ON accounts.id = bills.account_id"
            " WHERE placed_at IS NOT NULL ORDER BY placed_at"
        )
        self._by_id = {rental["id"]: rental for rental in self._rentals}
        self.leases = [lease for house in town.houses.values() for lease in leases(house)]
        self._known = {(one["provider"], one["remote_id"]): one for one in self._rentals if one["remote_id"]}
        self.names = {where: f"rental {one['id']} ({one['state']})" for where, one in self._known.items()}

    def run(self) -> None:
        """Do it."""
        counts = self._found.counts
        counts["rentals of the bot"] = len(self._rentals)
        counts["rentals of the providers"] = len(self.leases)
        counts["paid acts of rentals"] = sum(len(lease.acts) for lease in self.leases)
        counts.update(
            {f"{b['act']} {b['state']}": 0 for b in self._bills},
        )
        counts.update(f"{bill['act']} {bill['state']}" for bill in self._bills)
        self._money()
        self._told()
        self._once()
        newest = {(lease.slug, lease.id): lease for lease in self.leases}  # a number can be rented out again
        for where, lease in newest.items():
            rental = self._known.get(where)
            if rental is not None:
                self._state(lease, rental)

    def _problem(self, sentence: str) -> None:
        self._found.problems.append(sentence)

    # Money

    def _money(self) -> None:
        """Every paid act at a number is a paid bill here, or stands for one that is told as uncertain."""
        acts: Counter[Number] = Counter()
        keys: dict[Number, str] = {}
        for lease in self.leases:
            number = (lease.slug, lease.phone)
            acts[number] += len(lease.acts)
            keys[number] = lease.key
        paid, doubts, lost = self._claims()
        given_up = self._given_up()
        running = {(lease.slug, lease.phone) for lease in self.leases if lease.alive}
        self._found.counts["bills in doubt"] = sum(doubts.values()) + sum(lost.values())
        for number, times in acts.items():
            missing = times - paid[number]
            account = (number[0], self._owners[keys[number]])
            for claims, whose in ((doubts, number), (lost, account)):
                in_doubt = min(claims[whose], max(missing, 0))
                claims[whose] -= in_doubt
                missing -= in_doubt
                self._found.counts["paid for, and told as uncertain"] += in_doubt
            if missing > 0 and number not in running:
                over = min(given_up[account], missing)
                given_up[account] -= over
                missing -= over
                self._found.counts["paid for, told as uncertain, and over before it was found"] += over
            if missing:
                told = "nobody was told of" if missing > 0 else "too many the bot tells of"
                sentence = f"{number}: {times} acts were paid for, and {abs(missing)} of them {told}"
                self._problem(f"{sentence}; {self._evidence(*account)}")
        for number in set(paid) - set(acts):
            self._problem(f"{number} was never rented out, and the bot tells of {paid[number]} payments")
        self._found.counts["bills in doubt, and not paid"] = sum(doubts.values()) + sum(lost.values())

    def _evidence(self, provider: str, user: int) -> str:
        """Return what the bot has written down of a person's payments at a provider."""
        bills = [
            (bill["act"], bill["state"], bill["error"], bill["phone"], bill["placed_at"], bill["rental_id"])
            for bill in self._bills
            if (bill["provider"], bill["user_id"]) == (provider, user)
        ]
        rows = [
            (row["id"], row["state"], row["phone"], row["remote_id"])
            for row in self._rentals
            if (row["provider"], row["user_id"]) == (provider, user)
        ]
        there = [
            (lease.id, lease.phone, lease.word, str(lease.created_at))
            for lease in self.leases
            if (lease.slug, self._owners[lease.key]) == (provider, user)
        ]
        return f"bills {bills}, rentals {rows}; the provider has {there}"

    def _claims(self) -> tuple[Counter[Number], Counter[tuple[str, Any]], Counter[tuple[str, Any]]]:
        """Return what the bot says of payments: by number those made and those in doubt; others in doubt.

        Those in doubt that no number is known of are counted by provider and user.
        """
        made_by: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for rental in self._rentals:
            if rental["bill"]:
                made_by[rental["bill"]].append(rental)
        paid: Counter[Number] = Counter()
        doubts: Counter[tuple[str, Any]] = Counter()
        lost: Counter[tuple[str, Any]] = Counter()
        for bill in self._bills:
            makes = bill["act"] in {"rent", "add_service"}
            rows = made_by[bill["token"]] if makes else [self._by_id.get(bill["rental_id"], bill)]
            for row in rows:
                number = (bill["provider"], row["phone"] or bill["phone"])
                is_in_doubt = bill["state"] in {"placing", "uncertain"} or (
                    bill["state"] == "paid" and makes and row["remote_id"] is None
                )
                if bill["state"] == "paid" and not is_in_doubt:
                    paid[number] += 1
                elif is_in_doubt and number[1] is not None:
                    doubts[number] += 1
                elif is_in_doubt:
                    lost[bill["provider"], bill["user_id"]] += 1
        return paid, doubts, lost

    def _given_up(self) -> Counter[tuple[str, Any]]:
        """Return how many payments were told as uncertain, and as without a trace later."""
        makes = (bill for bill in self._bills if bill["act"] in {"rent", "add_service"})
        return Counter(
            (bill["provider"], bill["user_id"])
            for bill in makes
            if (bill["state"], bill["error"]) == ("failed", _LOST)
        )

    def _told(self) -> None:
        """Whoever has a payment in doubt was told, with the advice not to pay again."""
        sent = {
            row["rental_id"]: row["ending"]
            for row in self._town.rows(
                "SELECT * FROM outbox WHERE notice = 'bill-uncertain' AND ended_at IS NOT NULL ORDER BY id"
            )
        }
        first: dict[str | None, int] = {}
        for rental in self._rentals:
            first.setdefault(rental["bill"], rental["id"])
        wanted: Counter[int] = Counter()
        for bill in self._bills:
            name = f"{bill['act']} of user {bill['user_id']} at {bill['provider']}"
            if bill["state"] == "placing":
                self._problem(f"{name} is still being paid for")
            is_given_up = (bill["state"], bill["error"]) == ("failed", _LOST)
            if bill["state"] != "uncertain" and not is_given_up:
                continue
            wanted[bill["user_id"]] += 1
            made = bill["act"] in {"rent", "add_service"}
            if sent.get(first[bill["token"]] if made else bill["rental_id"]) != "sent":
                self._problem(f"{name} is uncertain, and its owner was not told")
        for user, times in wanted.items():
            if self._town.told.unpaid[user] < times:
                self._problem(f"user {user} has {times} uncertain payments and fewer messages about them")
        for rental in self._rentals:
            if rental["state"] == "placing":
                self._problem(f"rental {rental['id']} is still being placed")

    def _once(self) -> None:
        """No tap paid twice: a bill is placed by one bot, and its call sent at most once, by that one."""
        sent: Counter[tuple[str, str, int]] = Counter()
        for house in self._town.houses.values():
            for asked in house.ledger.requests:
                if asked.method in RENTING:
                    sent[house.slug, key_of(asked), self._town.life(asked.at)] += 1
        placed: Counter[tuple[str, str, int]] = Counter()
        for bill in self._bills:
            life = self._town.life(utc(bill["placed_at"]))
            placed[bill["provider"], self._keys[bill["user_id"]], life] += 1
        for where, times in sent.items():
            if times > placed[where]:
                self._problem(f"{where}: {times} payments were sent for {placed[where]} bills")
        self._found.counts["payments for rentals sent"] = sent.total()
        tapped = {data.rpartition("|")[2] for walker in self._town.walkers for data in walker.tapped}
        for bill in self._bills:
            if bill["token"] not in tapped and not bill["token"].startswith(_ITSELF):
                self._problem(f"a {bill['act']} was paid by {bill['token']}, which nobody pressed")

    # States

    def _state(self, lease: Lease, rental: dict[str, Any]) -> None:
        ours, counts = rental["state"], self._found.counts
        where = f"rental {rental['id']} is {ours}, {lease.slug} {lease.id} is {lease.word}"
        if (ours in _HELD) is not lease.alive:
            self._problem(where)
        elif lease.presence and lease.alive and ours != _PRESENT[lease.presence]:
            self._problem(f"{where} and {lease.presence}")
        elif lease.alive:
            self._end(lease, rental, where)
        elif ours == _GIVEN_BACK and lease.is_final:
            self._problem(f"{where}, and was paid for")
        elif lease.word == _GIVEN_BACK and ours != _GIVEN_BACK:
            counts["rentals given back, told as over"] += 1

    def _end(self, lease: Lease, rental: dict[str, Any], where: str) -> None:
        is_in_doubt = any(b["rental_id"] == rental["id"] and b["state"] == "uncertain" for b in self._bills)
        if is_in_doubt:
            return
        # An end that no provider tells is worked out by the bot's own clock, as wrong as that was just then.
        off = 0.0 if rental["until_told"] else self._town.clock.most_off
        allowed = _SAME_END + timedelta(seconds=off)
        if rental["until"] is None or abs(utc(rental["until"]) - lease.until) > allowed:
            self._problem(f"{where}: until {rental['until']} here, {lease.until} there")
