"""The simulation of many users: repeatable, and honest about queues that only grow."""

import pytest

from benchmarks.page import SCALE, renew_part
from benchmarks.simulate import USERS, Costs, Habits, costs_of, simulate, table

COSTS = Costs(check_us=200.0, order_kb=1.0, statements_a_code=7.0)


def test_the_same_seed_gives_the_same_hour() -> None:
    """Figures on a page can be checked by whoever runs it again."""
    assert simulate(10_000, COSTS, Habits()) == simulate(10_000, COSTS, Habits())
    assert simulate(10_000, COSTS, Habits(), seed=1) != simulate(10_000, COSTS, Habits(), seed=2)


def test_what_grows_with_the_users() -> None:
    """Ten times the users have some ten times the open orders, checks and messages."""
    few, many = simulate(100_000, COSTS, Habits()), simulate(1_000_000, COSTS, Habits())
    for figure in ("open_orders", "checks", "messages", "statements"):
        assert 8 < getattr(many, figure) / getattr(few, figure) < 12
    assert many.cores == pytest.approx(many.checks * 200e-6)


def test_a_queue_that_only_grows_has_no_wait() -> None:
    """Beyond what one bot may send there is no figure for the wait, but a number of bots that is enough."""
    crowd = simulate(1_000_000, COSTS, Habits())
    assert crowd.wait_s is None
    assert crowd.bots > 1
    with_more = simulate(1_000_000, COSTS, Habits(telegram=30 * crowd.bots))
    assert with_more.wait_s is not None
    assert with_more.wait_s <= 1.0


def test_open_orders_follow_from_how_long_they_live() -> None:
    """Little's law: a number that gets no SMS lives as long as it is not given up."""
    patient = simulate(100_000, COSTS, Habits(success=0.0, given_up_s=600))
    impatient = simulate(100_000, COSTS, Habits(success=0.0, given_up_s=60))
    arrivals = 100_000 * 2 * 0.08 / 3600
    assert patient.open_orders == pytest.approx(arrivals * 600, rel=0.1)
    assert impatient.open_orders == pytest.approx(arrivals * 60, rel=0.3)
    assert patient.codes == 0


def test_costs_are_those_of_the_largest_run() -> None:
    """The run with the most orders and users stands for a busy process; baselines do not count."""
    small = {"design": "codebell", "provider": "getsms", "orders": 100, "users": 100}
    large = {**small, "orders": 10_000, "users": 200, "cpu_us": 210.0, "memory_kb": 1.5}
    bare = {**large, "design": "bare aiohttp", "cpu_us": 90.0}
    runs = [{**small, "cpu_us": 400.0, "memory_kb": None}, large, bare]
    report = {"runs": [{**run, "statements_per_code": 8.0} for run in runs]}
    assert costs_of(report) == Costs(210.0, 1.5, 8.0)


def test_the_page_has_a_place_for_the_table(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The table on the page is written by the program, between its marks."""
    page = tmp_path_factory.mktemp("page") / "scale.md"
    page.write_text(SCALE.read_text(encoding="utf-8"), encoding="utf-8")
    told = table([simulate(users, COSTS, Habits()) for users in USERS[:2]])
    renew_part(page, "simulate", told)
    assert told in page.read_text(encoding="utf-8")
