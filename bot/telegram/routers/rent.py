"""/rent: from an account through a country and a service to a period, each with its price."""

from collections.abc import Awaitable

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from bot.domain.errors import BadCountry, BadService, NoNumbers, ProviderError
from bot.domain.rental_views import RentServiceChoice, RentServicesView
from bot.engine.prompts import Prompt
from bot.telegram.rent_callbacks import (
    WHOLE,
    AddRentService,
    RentAccounts,
    RentCountries,
    RentOperators,
    RentPeriods,
    RentServices,
    SeekRentService,
)
from bot.telegram.routers.prompts import answers, ask
from bot.telegram.screens import rent as screens
from bot.telegram.screens.rent_periods import periods
from bot.telegram.screens.rent_services import found_services, further_services, service_prompt, services
from bot.telegram.screens.screen import Screen
from bot.telegram.visit import Visit

SERVICE = "rent-service"
_MOST_SERVICES = 4
_MOST_COUNTRIES = 2
_MOST_FOUND = 40  # of the catalogue's services, of which few can be rented
_LONGEST_SEARCH = 100


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="rent")
    here.message.register(rent_command, Command("rent"))
    here.callback_query.register(show_accounts, RentAccounts.filter())
    here.callback_query.register(show_countries, RentCountries.filter())
    here.callback_query.register(show_services, RentServices.filter())
    here.callback_query.register(show_operators, RentOperators.filter())
    here.callback_query.register(show_periods, RentPeriods.filter())
    here.callback_query.register(seek_service, SeekRentService.filter())
    here.callback_query.register(add_service, AddRentService.filter())
    here.message.register(take_service, answers(SERVICE))
    return here


async def rent_command(_: object, visit: Visit, command: CommandObject) -> None:
    """Begin with what stands behind the command."""
    await look_up(visit, command.args or "")


async def look_up(visit: Visit, text: str) -> None:
    """Go as far as the words lead; ask first which account pays, where several rent numbers out."""
    catalog = visit.desk.catalog
    words = " ".join(text.split())[:_LONGEST_SEARCH]
    asked = catalog.parse(words)
    service, country = (one.id if one else "" for one in (asked.service, asked.country))
    is_clear = not asked.unknown and (asked.certain or len(asked.choices) <= 1)
    if not words or (is_clear and (service or country)):
        await _accounts(visit, RentAccounts(service=service, country=country))
        return
    countries = [] if asked.country else catalog.countries.search(words, _MOST_COUNTRIES)
    found = asked.choices[:_MOST_SERVICES]
    await visit.show(screens.hits(words, found, countries, visit.t, catalog, country))


async def show_accounts(_: object, visit: Visit, callback_data: RentAccounts) -> None:
    """List the accounts that rent numbers out."""
    await _accounts(visit, callback_data)


async def show_countries(_: object, visit: Visit, callback_data: RentCountries) -> None:
    """List an account's countries, or go on where there is nothing to choose."""
    await _countries(visit, callback_data)


async def show_services(_: object, visit: Visit, callback_data: RentServices) -> None:
    """List what a number can be rented for in a country."""
    await _show(visit, callback_data.account_id, callback_data, _services(visit, callback_data))


async def show_operators(_: object, visit: Visit, callback_data: RentOperators) -> None:
    """List the operators of a country."""
    await _show(visit, callback_data.account_id, callback_data, _operators(visit, callback_data))


async def show_periods(_: object, visit: Visit, callback_data: RentPeriods) -> None:
    """List for how long a number can be rented, and for how much."""
    await _show(visit, callback_data.account_id, callback_data, _periods(visit, callback_data))


async def seek_service(_: object, visit: Visit, callback_data: SeekRentService) -> None:
    """Ask for the name of a service."""
    screen = service_prompt(callback_data.country, visit.t, visit.desk.catalog)
    await ask(visit, screen, SERVICE, callback_data.pack())


async def take_service(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Look for the service that was named among those that can be rented."""
    await visit.desk.engine.prompts.drop(visit.chat_id, visit.user_id)
    sought = SeekRentService.unpack(prompt.argument)
    wanted = RentServices(**sought.model_dump())
    words = " ".join((message.text or "").split())[:_LONGEST_SEARCH]
    await _show(visit, wanted.account_id, wanted, _found(visit, wanted, words))


async def add_service(_: object, visit: Visit, callback_data: AddRentService) -> None:
    """Ask for which other service the same number is wanted, or show what it costs with it."""
    shop = visit.desk.engine.rent_shop
    bill = (await shop.bill(visit.user_id, callback_data.token)).bill
    await _show(visit, bill.account_id, callback_data, _further(visit, callback_data))


async def _accounts(visit: Visit, wanted: RentAccounts) -> None:
    engine = visit.desk.engine
    if not await engine.accounts.list(visit.user_id):
        await visit.show(screens.invitation(engine.rent_shop.houses(visit.user_id), visit.t))
        return
    found = await engine.rent_shop.accounts(visit.user_id)
    usual = await engine.defaults.of(visit.user_id)
    chosen = next(
        (one for one in found if usual.account and one.account.id == usual.account.account.id), None
    )
    if not found:
        await visit.show(screens.no_accounts(engine.rent_shop.houses(visit.user_id), visit.t))
    elif (len(found) == 1 or chosen) and not wanted.wanted:
        only = (chosen or found[0]).account.id
        place = wanted.country or usual.country or ""
        named = RentCountries(account_id=only, service=wanted.service, country=place)
        await _countries(visit, named)
    else:
        await visit.show(screens.accounts(found, wanted, visit.t))


async def _countries(visit: Visit, wanted: RentCountries) -> None:
    await _show(visit, wanted.account_id, wanted, _after_countries(visit, wanted))


async def _after_countries(visit: Visit, wanted: RentCountries) -> Screen:
    """Return the countries, or what comes next where one was named, or where nobody can choose."""
    account_id, country, service = wanted.account_id, wanted.country, wanted.service
    view = await visit.desk.engine.rent_shop.countries(visit.user_id, account_id)
    if not view.choices:
        return await _periods(visit, RentPeriods(account_id=account_id))
    if country not in {choice.country for choice in view.choices}:
        return screens.countries(view, wanted, visit.t, visit.desk.catalog)
    if not service:
        return await _services(visit, RentServices(account_id=account_id, country=country))
    return await _periods(visit, RentPeriods(account_id=account_id, country=country, service=service))


async def _services(visit: Visit, wanted: RentServices, missing: str = "") -> Screen:
    view = await _sold(visit, wanted)
    return services(view, wanted, visit.t, visit.desk.catalog, missing)


async def _sold(visit: Visit, wanted: RentServices) -> RentServicesView:
    return await visit.desk.engine.rent_shop.services(
        visit.user_id, wanted.account_id, wanted.country, operator=wanted.operator or None
    )


async def _operators(visit: Visit, wanted: RentOperators) -> Screen:
    shop = visit.desk.engine.rent_shop
    names = await shop.operators(visit.user_id, wanted.account_id, wanted.country)
    return screens.operators(names, wanted, visit.t)


async def _periods(visit: Visit, wanted: RentPeriods) -> Screen:
    """Return the periods; where the service is not to be had, say so and list what is."""
    service = None if wanted.service in {"", WHOLE} else wanted.service
    lacking: ProviderError
    try:
        view = await visit.desk.engine.rent_shop.bills(
            visit.user_id,
            wanted.account_id,
            wanted.country or None,
            service,
            operator=wanted.operator or None,
        )
    except (NoNumbers, BadService, BadCountry) as error:
        lacking = error
    else:
        if view.bills or not (wanted.country and service):
            return periods(view, wanted, visit.t, visit.desk.catalog, now=visit.desk.clock.now())
        lacking = NoNumbers(view.account.provider.slug, "quotes")
    if not (wanted.country and service):
        raise lacking
    around = RentServices(account_id=wanted.account_id, country=wanted.country, operator=wanted.operator)
    return await _services(visit, around, service)


async def _further(visit: Visit, wanted: AddRentService) -> Screen:
    shop = visit.desk.engine.rent_shop
    bill = (await shop.bill(visit.user_id, wanted.token)).bill
    around = RentServices(
        account_id=bill.account_id, country=bill.country or "", operator=bill.operator or ""
    )
    if not wanted.service:
        return further_services(await _sold(visit, around), bill, wanted, visit.t, visit.desk.catalog)
    view = await shop.bills(
        visit.user_id,
        bill.account_id,
        bill.country,
        bill.service,
        operator=bill.operator,
        further=(*bill.further, wanted.service),
    )
    here = RentPeriods(**around.model_dump(exclude={"page"}), service=bill.service or WHOLE)
    return periods(view, here, visit.t, visit.desk.catalog, now=visit.desk.clock.now())


async def _found(visit: Visit, wanted: RentServices, words: str) -> Screen:
    catalog = visit.desk.catalog
    sold = [choice for choice in (await _sold(visit, wanted)).choices if choice.stock != 0]
    by_id = {choice.service: choice for choice in sold}
    meant = (one.id for one in catalog.services.search(words, _MOST_FOUND))
    known = [by_id[id_] for id_ in meant if id_ in by_id]
    own = [choice for choice in sold if choice not in known and _is_named(choice, words)]
    return found_services(words, [*known, *own], wanted, visit.t, catalog)


def _is_named(choice: RentServiceChoice, words: str) -> bool:
    """Say whether the provider's own name of a service holds the words."""
    return words.casefold() in (choice.name or "").casefold()


async def _show(visit: Visit, account_id: int, again: CallbackData, drawn: Awaitable[Screen]) -> None:
    """Show a screen; where the provider could not be asked for it, why, and the way to another try."""
    try:
        async with visit.patiently():
            screen = await drawn
    except ProviderError as error:
        screen = screens.trouble(error, visit.desk.blamed(error), account_id, again, visit.t)
    await visit.show(screen)
