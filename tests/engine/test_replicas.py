"""Several replicas on one database: each account is watched by one, whoever dies, freezes or takes a tap."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.domain.money import Money
from bot.domain.orders import Action, State
from bot.domain.outbox import Notice
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Act, Bill, BillState, RentalState
from bot.providers.trade import Bought
from bot.storage import bills, orders, rentals, wishes
from bot.storage.tables import OrderRow
from sandbox.getsms import GetSmsSimulator, serve
from sandbox.getsms import State as RemoteState
from tests.engine.replicas import (
    Fleet,
    Replica,
    add_accounts,
    buy,
    codes,
    intend,
    notices,
    order_of,
    run_out,
)
from tests.support.clock import ManualClock
from tests.support.servers import postgres

__all__ = ["postgres"]

USERS = range(1001, 1007)
CHECK_SECONDS = 5
LEASE_SECONDS = 15


@pytest.fixture
async def fleet(postgres: str, sim: GetSmsSimulator, clock: ManualClock) -> AsyncIterator[Fleet]:
    """Replicas to come, on one database and one provider with stock."""
    sim.stock("tg", "ru", count=50, price="12.50")
    async with serve(sim) as url:
        yield Fleet(postgres, sim, url, clock)


@pytest.fixture
async def three(fleet: Fleet, sim: GetSmsSimulator) -> AsyncIterator[list[Replica]]:
    """Three running replicas; each of six users has an account and an open order."""
    async with AsyncExitStack() as stack:
        replicas = [await stack.enter_async_context(fleet.replica()) for _ in range(3)]
        await add_accounts(replicas[0], sim, USERS)
        await replicas[0].start()
        for user in USERS:
            await buy(replicas[0], user)
        for replica in replicas[1:]:
            await replica.start()
        await fleet.pass_(15, *replicas)
        yield replicas


def shares(replicas: list[Replica]) -> list[int]:
    """Return how many orders each replica watches; together they must be all different ones."""
    watched = [replica.watched for replica in replicas]
    assert sum(map(len, watched)) == len(set().union(*watched))
    return sorted(map(len, watched))


async def test_new_replicas_get_their_share(fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]) -> None:
    """Each holds a fair share of the accounts, and each order is asked for as often as by one replica."""
    assert shares(three) == [2, 2, 2]
    assert [replica.shared.held for replica in three] == [2, 2, 2]
    assert [replica.shared.workers for replica in three] == [3, 3, 3]
    before = sim.ledger.count("getcode")
    await fleet.pass_(60, *three)
    asked = sim.ledger.count("getcode") - before
    assert abs(asked - len(USERS) * 60 / CHECK_SECONDS) <= len(USERS)


async def test_each_replica_tells_its_share_and_everybodys_orders(three: list[Replica]) -> None:
    """What a replica holds is its own number; what is open is the database's, and the same at each."""
    found = [await replica.engine.readings.figures() for replica in three]
    assert [(one.leases_held, one.workers) for one in found] == [(2, 3)] * 3
    assert [dict(one.open_orders) for one in found] == [{"getsms": len(USERS)}] * 3


async def test_what_a_dead_replica_held_is_taken_over(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """A code that comes after a replica was killed is recorded by another, once the leases have run out."""
    dead, *left = three
    order = await order_of(dead, min(dead.watched))
    await dead.kill()
    sim.deliver(order.remote_id or "", "code 1")
    await fleet.pass_(15, *left)
    assert shares(left) == [3, 3]
    await fleet.pass_(CHECK_SECONDS, *left)
    assert await codes(left[0]) == ["code 1"]


async def test_a_replica_that_stops_leaves_at_once(fleet: Fleet, three: list[Replica]) -> None:
    """Whoever ends in good order frees its accounts; nobody waits for its leases to run out."""
    gone, *left = three
    await gone.stop()
    await fleet.pass_(5, *left)
    assert shares(left) == [3, 3]


async def test_a_frozen_replica_stands_back_before_it_acts(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """Woken after its leases ran out, it asks no provider for what others watch now; then it gets a share."""
    frozen, *others = three
    its = frozen.watched
    await run_out(others[0].database, frozen)
    await fleet.pass_(15, *others)
    assert its <= others[0].watched | others[1].watched
    asked = sim.ledger.count()
    frozen.clock.skip(60)
    await frozen.clock.advance(0)
    await frozen.quiet()
    assert sim.ledger.count() == asked
    await fleet.pass_(15, *three)
    assert shares(three) == [2, 2, 2]


async def test_a_job_that_is_due_in_a_lost_territory_is_dropped(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """Between the end of the leases and the next beat nothing is asked: the monotonic clock forbids it."""
    del fleet
    replica = three[0]
    asked = sim.ledger.count()
    replica.clock.skip(LEASE_SECONDS)
    assert not any(replica.shared.mine(check.account_id) for check in replica.engine.watch.checks)
    for check in replica.engine.watch.checks:
        replica.engine.scheduler.add(check)
    async with replica.shared._lock:  # the next beat has to wait
        await replica.clock.advance(0)
        await asyncio.sleep(0.05)
        assert sim.ledger.count() == asked


async def test_any_replica_takes_a_tap(fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]) -> None:
    """What is bought or canceled at another replica is watched, or no more, by who holds the account."""
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    bought = await buy(other, order.user_id)
    await fleet.pass_(1, *three)
    assert bought.id in holder.watched
    assert bought.id not in other.watched | three[2].watched
    canceled = await other.engine.actions.act(order.user_id, order.id, Action.CANCEL)
    assert canceled.state is State.CANCELED
    await fleet.pass_(1, *three)
    assert order.id not in set().union(*(replica.watched for replica in three))
    sim.deliver(bought.remote_id or "", "code 1")
    await fleet.pass_(2 * CHECK_SECONDS, *three)
    assert await codes(other) == ["code 1"]


async def test_what_nobody_holds_is_claimed_by_who_changes_it(fleet: Fleet, sim: GetSmsSimulator) -> None:
    """The first order of an account is watched at once by the replica that bought it."""
    async with fleet.replica() as one, fleet.replica() as other:
        await add_accounts(one, sim, [1001])
        await one.start()
        await other.start()
        order = await buy(other, 1001)
        await other.shared.settled()
        assert other.watched == {order.id}
        assert one.watched == set()


async def test_a_lost_word_is_made_up_for(fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]) -> None:
    """Where the bus is silent, the holder finds what others bought and ended by itself, and codes come."""
    fleet.wire.is_cut = True
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    bought = await buy(other, order.user_id)
    await other.engine.actions.act(order.user_id, order.id, Action.CANCEL)
    await other.shared.settled()
    assert bought.id not in holder.watched
    sim.deliver(bought.remote_id or "", "code 1")
    await fleet.pass_(20, *three)
    assert await codes(other) == ["code 1"]
    assert bought.id in holder.watched
    assert order.id not in holder.watched


async def test_a_replaced_key_is_used_everywhere(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """A key that was replaced at one replica is forgotten by the others: at once by a word, else in time."""
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    for number, is_cut in enumerate((False, True)):
        fleet.wire.is_cut = is_cut
        sim.add_key(f"demo-key-anew-{number}", balance="500.00")
        await other.engine.accounts.replace(order.user_id, order.account_id, f"demo-key-anew-{number}")
        await fleet.pass_(31 if is_cut else 1, *three)
        assert (await holder.keyring.key(order.account_id)).tail == f"ew-{number}"


async def test_a_call_of_a_provider_is_passed_on(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """A webhook that reaches another replica has the holder look at once."""
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    sim.deliver(order.remote_id or "", "code 1")
    other.engine.hooks.called(order.account_id, b"{}")
    await other.shared.settled()
    await fleet.pass_(0.1, *three)
    assert await codes(other) == ["code 1"]


async def test_a_purchase_is_its_replicas_until_that_is_dead(fleet: Fleet, sim: GetSmsSimulator) -> None:
    """While a replica lives and waits for an answer, its purchase is lost to nobody; then it is, once."""
    async with fleet.replica() as buyer, fleet.replica() as one, fleet.replica() as other:
        [(user, account_id)] = (await add_accounts(buyer, sim, [1001])).items()
        for replica in (buyer, one, other):
            await replica.start()
        order = await intend(buyer, user, account_id)
        await fleet.pass_(30, buyer, one, other)
        assert (await order_of(one, order.id)).state is State.PLACING
        await buyer.kill()
        await fleet.pass_(20, one, other)
        assert (await order_of(one, order.id)).state is State.UNCERTAIN
        assert await notices(one) == [Notice.UNCERTAIN]
        assert sim.ledger.count("getnumber") == 0


async def test_an_answer_that_comes_late_is_believed(fleet: Fleet, sim: GetSmsSimulator) -> None:
    """A purchase that was taken for lost, as its replica was frozen, is its order all the same."""
    async with fleet.replica() as buyer, fleet.replica() as other:
        await add_accounts(buyer, sim, [1001])
        await buyer.start()
        await other.start()
        order = await buy(buyer, 1001)
        async with buyer.database.write() as tx:
            workers = (await tx.execute(select(OrderRow.worker))).scalars().all()
            await orders.move(tx, order.id, of={State.WAITING}, to=State.UNCERTAIN)
        assert workers == [buyer.shared.worker]
        bought = Bought(order.remote_id or "", order.phone)
        again = await buyer.engine.purchase._bought(order, bought)
        assert (again.state, again.remote_id) == (State.WAITING, order.remote_id)
        await fleet.pass_(10, buyer, other)
        assert sorted([buyer.watched, other.watched], key=len) == [set(), {order.id}]


async def test_two_that_believe_they_hold_an_account_tell_a_code_once(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """Should leases fail altogether, what several read at once is recorded and told once."""
    order = await order_of(three[0], min(three[0].watched))
    for replica in three:
        replica.shared._held.add(order.account_id)
        await replica.engine.holdings.load([order.account_id])
    sim.deliver(order.remote_id or "", "code 1")
    for replica in three:
        replica.engine.watch.look_now(order.account_id)
    await asyncio.gather(*(replica.clock.advance(0.1) for replica in three))
    for replica in three:
        await replica.quiet()
    assert await codes(three[0]) == ["code 1"]
    del fleet


async def test_a_number_given_back_elsewhere_is_not_called_closed(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """A holder that hears "over" while another gives the number back leaves it to that one, then asks on."""
    fleet.wire.is_cut = True
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    async with other.database.write() as tx:
        await wishes.make(tx, order.id, Action.CANCEL, other.clock.now(), of=State.WAITING)
    sim._shop.end(sim.order(order.remote_id or ""), RemoteState.CANCELED)
    await fleet.pass_(CHECK_SECONDS, *three)
    assert (await order_of(other, order.id)).state is State.WAITING
    await fleet.pass_(30, *three)
    assert (await order_of(other, order.id)).is_open is False
    assert await codes(other) == []


async def test_one_button_buys_once_whoever_takes_the_taps(fleet: Fleet, sim: GetSmsSimulator) -> None:
    """Two taps on one button, at two replicas at once, buy one number."""
    async with fleet.replica() as one, fleet.replica() as other:
        await add_accounts(one, sim, [1001])
        await one.start()
        await other.start()
        token = (await one.engine.shop.offers(1001, "telegram", "RU")).offers[0].draft.token
        card = {"chat_id": 1001, "message_id": 55}
        answers = await asyncio.gather(
            *(replica.engine.purchase.confirm(1001, token, **card) for replica in (one, other)),
            return_exceptions=True,
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Order", "OutOfDate"]
        assert sim.ledger.count("getnumber") == 1


async def test_one_activation_is_adopted_once(fleet: Fleet, three: list[Replica]) -> None:
    """Replicas that all look after one uncertain purchase make one order of what is listed, told once."""
    order = await order_of(three[0], min(three[0].watched))
    async with three[0].database.write() as tx:
        lost = await orders.move(tx, order.id, of={State.WAITING}, to=State.UNCERTAIN, remote_id=None)
    assert lost is not None
    taken = await asyncio.gather(
        *(
            replica.engine.recovery._adoption.take(lost, order.remote_id or "", order.phone, None)
            for replica in three
        )
    )
    assert [one is not None for one in taken].count(True) == 1
    await fleet.pass_(CHECK_SECONDS, *three)
    assert shares(three) == [2, 2, 2]


async def test_a_rental_made_elsewhere_is_watched_by_the_holder(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """What another replica writes of a rental is taken up by who holds the account, and by nobody else."""
    del sim
    holder, other = three[0], three[1]
    order = await order_of(holder, min(holder.watched))
    async with other.database.write() as tx:
        rental = await rentals.add(
            tx,
            user_id=order.user_id,
            account_id=order.account_id,
            provider=order.provider,
            currency="RUB",
            now=other.clock.now(),
            state=RentalState.ACTIVE.value,
            remote_id="r-1",
            phone="79990001122",
            card_chat_id=order.user_id,
        )
    other.engine.rent_watch.take(rental)
    await other.shared.settled()
    await holder.quiet()
    assert [rental_id for rental_id, _ in holder.engine.rent_watch.watched()] == [rental.id]
    assert other.engine.rent_watch.watched() == []
    await fleet.pass_(1, *three)


async def test_a_bill_under_way_belongs_to_who_pays(fleet: Fleet, three: list[Replica]) -> None:
    """A rental's payment of a replica that lives is nobody else's; of one that is dead it is uncertain."""
    payer, one, _ = three
    order = await order_of(one, min(one.watched))
    bill = Bill(
        token="bill-1",
        user_id=order.user_id,
        account_id=order.account_id,
        act=Act.RENT,
        state=BillState.OFFERED,
        service="telegram",
        country="RU",
        operator=None,
        period=Period(Unit.DAY, 1),
        price=Money(Decimal(5), "RUB"),
        created_at=one.clock.now(),
    )
    async with payer.database.write() as tx:
        await bills.add(tx, bill, "RUB")
        await bills.move(
            tx, bill.token, of={BillState.OFFERED}, to=BillState.PLACING, worker=payer.shared.worker
        )
    await fleet.pass_(20, *three)
    async with one.database.read() as tx:
        assert (await bills.in_states(tx, {BillState.PLACING}))[0][0].token == bill.token
    await payer.kill()
    await fleet.pass_(20, *three[1:])
    async with one.database.read() as tx:
        assert await bills.in_states(tx, {BillState.PLACING}) == ((), {})
