"""What the admin sees. Nothing of what belongs to a user: no key, no code, no number."""

from bot.domain.faults import Fault
from bot.domain.people import Standing, User
from bot.domain.views import FaultsPage, Overview, PeoplePage, PersonView, ProviderHealth
from bot.i18n import LANGUAGES, Html, Translator
from bot.telegram.callbacks import Decide, ShowFaults, ShowOffice, ShowPeople, ShowPerson, TellAgain
from bot.telegram.screens.pages import turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import code, cut

_MOST_PROVIDERS = 20
_MARKS = {Standing.USUAL: "", Standing.ALLOWED: " · ✅", Standing.BLOCKED: " · ⛔"}


def overview(view: Overview, t: Translator) -> Screen:
    """Draw how the bot is."""
    minutes = 0 if view.waiting_for is None else int(view.waiting_for.total_seconds() // 60)
    numbers = lines(
        t.t("admin-people", count=t.number(view.users)),
        t.t("admin-orders", count=t.number(view.open_orders)),
        t.t("admin-queue", count=t.number(view.waiting), minutes=t.number(minutes))
        if view.waiting
        else t.t("admin-queue-empty"),
        t.t("admin-faults", count=t.number(view.faults)),
    )
    providers = lines(*(_provider(one, t) for one in view.providers[:_MOST_PROVIDERS]))
    rows: tuple[Row, ...] = (
        (Button(t.plain("button-people"), ShowPeople()),),
        (Button(t.plain("button-faults"), ShowFaults(), style=Style.DANGER if view.faults else None),),
        (Button(t.plain("button-refresh"), ShowOffice()),),
        back(t),
    )
    return Screen(paragraphs(t.t("admin-title"), numbers, providers), rows)


def people(page: PeoplePage, t: Translator) -> Screen:
    """Draw who uses the bot, a button each."""
    rows = tuple(
        (Button(f"{user.id}{_MARKS[user.standing]}", ShowPerson(user_id=user.id)),) for user in page.users
    )
    nav = turning(page.page, page.pages, lambda number: ShowPeople(page=number))
    lacking = t.t("admin-people-unreadable", count=page.unreadable) if page.unreadable else Html("")
    return Screen(paragraphs(t.t("admin-people-title"), lacking), (*rows, *nav, _office(t)))


def person(view: PersonView, t: Translator, *, is_admin: bool) -> Screen:
    """Draw one user, and what can be decided; about an admin, the configuration decides."""
    user = view.user
    text = paragraphs(
        t.t("admin-person", id=str(user.id)),
        lines(
            t.t("admin-since", moment=t.date_time(user.created_at, "d")),
            t.t("admin-language", language=LANGUAGES.get(user.language, user.language)),
            t.t("admin-accounts", count=t.number(view.accounts)),
            t.t("admin-orders", count=t.number(view.open_orders)),
            "" if user.reachable else t.t("admin-unreachable"),
        ),
        t.t("admin-is-admin") if is_admin else t.t(f"admin-standing-{user.standing.value}"),
    )
    to_list = (Button(t.plain("button-back"), ShowPeople()),)
    return Screen(text, (*(() if is_admin else _decisions(user, t)), to_list))


def faults(page: FaultsPage, t: Translator) -> Screen:
    """Draw what was put aside."""
    if not page.faults:
        return Screen(paragraphs(t.t("admin-faults-title"), t.t("admin-faults-none")), (_office(t),))
    nav = turning(page.page, page.pages, lambda number: ShowFaults(page=number))
    again = (Button(t.plain("button-try-again"), TellAgain()),)
    told = (_fault(one, t) for one in page.faults)
    text = paragraphs(t.t("admin-faults-title"), *told, t.t("admin-faults-advice"))
    return Screen(text, (*nav, again, _office(t)))


def _provider(one: ProviderHealth, t: Translator) -> Html:
    count = t.number(one.open_orders)
    if one.silent_since is None:
        return t.t("admin-provider", provider=one.title, count=count)
    moment = t.date_time(one.silent_since)
    return t.t("admin-provider-silent", provider=one.title, count=count, moment=moment)


def _fault(fault: Fault, t: Translator) -> Html:
    what = t.t(f"admin-source-{fault.source.value}", ref=fault.ref)
    reason = code(cut(fault.reason, 200))
    if fault.created_at is None:
        return lines(what, reason)
    moment = t.date_time(fault.created_at)
    return lines(what, reason, t.t("admin-fault-when", moment=moment, count=t.number(fault.times)))


def _decisions(user: User, t: Translator) -> tuple[Row, ...]:
    labels = {
        Standing.ALLOWED: t.plain("button-allow"),
        Standing.BLOCKED: t.plain("button-block"),
        Standing.USUAL: t.plain("button-usual"),
    }
    buttons = [
        Button(
            label,
            Decide(user_id=user.id, standing=standing),
            style=Style.DANGER if standing is Standing.BLOCKED else None,
        )
        for standing, label in labels.items()
        if standing is not user.standing
    ]
    return stacked(buttons)


def _office(t: Translator) -> Row:
    return (Button(t.plain("button-back"), ShowOffice()),)
