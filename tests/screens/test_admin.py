"""The admin's screens: within Telegram's limits whatever is on them, and always with a way back."""

from datetime import timedelta

import pytest

from bot.domain.faults import Fault, Source
from bot.domain.people import Standing, User
from bot.domain.views import FaultsPage, Overview, PeoplePage, PersonView, ProviderHealth
from bot.i18n import Translator
from bot.telegram.callbacks import Decide, ShowOffice, ShowPeople, TellAgain
from bot.telegram.screens import admin
from bot.telegram.screens.screen import Screen
from tests.screens.judge import judged
from tests.screens.samples import LONG, NOW, UGLY


def user(standing: Standing = Standing.USUAL, *, reachable: bool = True) -> User:
    """Return a user with the largest id."""
    return User(2**52, "ru", reachable, NOW, standing)


def kinds(screen: Screen) -> list[type]:
    """Return what the buttons carry, in reading order."""
    return [type(button.data) for row in screen.rows for button in row]


def test_many_providers_fit(t: Translator) -> None:
    """However many there are and whatever they are called, the overview is one message."""
    health = [ProviderHealth(f"{UGLY}{LONG}"[:40], 10**6, NOW if one % 2 else None) for one in range(60)]
    view = Overview(10**6, 10**6, tuple(health), 10**6, timedelta(days=9), 10**6)
    assert t.number(9 * 24 * 60) in judged(admin.overview(view, t)).text
    calm = Overview(0, 0, (), 0, None, 0)
    assert t.plain("admin-queue-empty") in judged(admin.overview(calm, t)).text


def test_people_are_marked(t: Translator) -> None:
    """A full page in the middle fits, and shows who is blocked and who was let in."""
    page = PeoplePage((user(Standing.BLOCKED), user(Standing.ALLOWED), *[user()] * 3), 4, 99, 2)
    screen = admin.people(page, t)
    judged(screen)
    assert [row[0].text[-1] for row in screen.rows[:3]] == ["⛔", "✅", "6"]
    assert t.plain("admin-people-unreadable", count=2) in screen.text
    assert kinds(screen)[-1] is ShowOffice


@pytest.mark.parametrize("standing", list(Standing))
def test_every_other_standing_can_be_given(t: Translator, standing: Standing) -> None:
    """What a user is already is no button; about an admin there is none."""
    view = PersonView(user(standing, reachable=False), 3, 2)
    screen = admin.person(view, t, is_admin=False)
    judged(screen)
    given = [button.data for row in screen.rows for button in row if isinstance(button.data, Decide)]
    assert {data.standing for data in given} == set(Standing) - {standing}
    assert kinds(screen)[-1] is ShowPeople
    assert kinds(admin.person(view, t, is_admin=True)) == [ShowPeople]


def test_faults_fit_and_can_be_tried_again(t: Translator) -> None:
    """A page of the longest faults is one message; an empty list has nothing to try."""
    fault = Fault(Source.MESSAGE, "9" * 64, UGLY * 9, 10**6, NOW)
    screen = admin.faults(FaultsPage((fault,) * 5, 1, 9), t)
    judged(screen)
    assert TellAgain in kinds(screen)
    assert kinds(admin.faults(FaultsPage((), 0, 1), t)) == [ShowOffice]
