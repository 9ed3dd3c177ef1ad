"""SMS of rentals: the message that rings, and the inbox."""

import pytest

from bot.catalog import Catalog
from bot.domain.rental_views import InboxView
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.telegram.rent_callbacks import ShowInbox, ShowRental
from bot.telegram.screens.rental_sms import inbox, rental_sms
from tests.screens.judge import judged
from tests.screens.rental_samples import SMS, rental_view, ugliest
from tests.screens.samples import NOW, UGLY


def test_a_code_comes_first(en: Translator, catalog: Catalog) -> None:
    """The code that stands in the text, who sent it, for which service, to which number, the whole text."""
    screen = rental_sms(SMS, rental_view(), en, catalog)
    shown = judged(screen)
    assert shown.text == (
        "48213\n\nFrom: Telegram\nTelegram · 🇷🇺 Russia\n+7 996 981-78-67 · Get-SMS\n\nYour code: 48213"
    )
    assert [one["type"] for one in shown.entities].count("expandable_blockquote") == 1
    assert [(button.text, button.copy) for row in screen.rows for button in row] == [("Copy code", "48213")]


def test_the_provider_s_own_code_goes_first(en: Translator, catalog: Catalog) -> None:
    """Where the provider names a code, that is the one, whatever the text looks like."""
    screen = rental_sms(Sms("Your code: 48213", "ABC"), rental_view(), en, catalog)
    assert screen.rows[0][0].copy == "ABC"


@pytest.mark.parametrize("text", ["Your parcel is on its way", "Pay 4500 ₽ by 12.05.2026", ""])
def test_without_a_code_there_is_no_button(t: Translator, catalog: Catalog, text: str) -> None:
    """A text in which no code can be told is shown itself."""
    screen = rental_sms(Sms(text), rental_view(), t, catalog)
    assert screen.rows == ()
    assert judged(screen).text.startswith(text or t.plain("code-empty"))


def test_the_whole_number_and_the_provider_s_own_service_are_named(en: Translator, catalog: Catalog) -> None:
    """A number for everything says so; a service that the catalogue lacks has the provider's name."""
    assert "All services · 🇷🇺 Russia" in judged(rental_sms(SMS, rental_view(service=None), en, catalog)).text
    odd = rental_view(service="getsms:zz", name="Zig <Zag>", country=None)
    assert "\nZig <Zag>\n+7" in judged(rental_sms(SMS, odd, en, catalog)).text


def test_the_inbox_has_a_copy_button_for_each_code(en: Translator, catalog: Catalog) -> None:
    """Newest first, each with sender, moment and text; codes can be copied, and the way back is there."""
    other = Sms("Hello", sender="Avito", received_at=NOW)
    view = InboxView(rental_view(sms_count=7), (SMS, other), 0, 2)
    screen = inbox(view, en, catalog)
    told = judged(screen).text
    assert "SMS of +7 996 981-78-67" in told
    assert "48213 · Telegram · 15 Jan, 12:00 UTC\nYour code: 48213" in told
    assert told.index("Your code: 48213") < told.index("Avito · 15 Jan, 12:00 UTC\nHello")
    assert [(button.text, button.copy) for button in screen.rows[0]] == [("Copy 48213", "48213")]
    ways = [button.data for row in screen.rows[1:] for button in row]
    assert ShowInbox(rental_id=9, page=1) in ways
    assert ways[-2:] == [ShowRental(rental_id=9), ShowInbox(rental_id=9)]


def test_an_empty_inbox_says_so(t: Translator, catalog: Catalog) -> None:
    """Before the first SMS it is said that it will be told."""
    assert t.plain("inbox-none") in judged(inbox(InboxView(rental_view(), (), 0, 1), t, catalog)).text


def test_telegram_takes_the_ugliest(t: Translator, catalog: Catalog) -> None:
    """Five SMS of the greatest length on a page, and one as a message, are taken."""
    long = [Sms(UGLY * 200, f"{number}" * 60, sender=UGLY * 9, received_at=NOW) for number in range(5)]
    judged(inbox(InboxView(ugliest(), tuple(long), 7, 9_999), t, catalog))
    judged(rental_sms(long[0], ugliest(), t, catalog))
