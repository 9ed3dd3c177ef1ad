"""What buttons carry: one class an action, packed into at most 64 bytes.

Buttons hold all the state that they need, so that they work after a restart. The separator is ``|``, because
ids may hold a colon (``getsms:code``).
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.deals import Choice, Deal, Tool
from bot.domain.finding import Sort
from bot.domain.orders import Action
from bot.domain.people import Standing

LONGEST = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""


RowId = Annotated[int, Field(gt=0, lt=2**63)]
"""An id of ours: whoever makes up callback data by hand gets no further than the database would."""

LAST_PAGE = 9999
Page = Annotated[int, Field(ge=0, le=LAST_PAGE)]


Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Place(StrEnum):
    """Screens that need nothing but the person who looks at them."""

    START = "start"
    HELP = "help"
    LANGUAGES = "lang"
    BALANCE = "balance"


class Go(CallbackData, prefix="g", sep="|"):
    """Show a screen."""

    place: Place


def fits(data: CallbackData) -> bool:
    """Say whether this can be packed: a provider's own code, unknown to the catalogue, may be too long."""
    try:
        data.pack()
    except ValueError:
        return False
    return True


class SetLanguage(CallbackData, prefix="l", sep="|"):
    """Speak this language from now on."""

    language: str


class ShowKeys(CallbackData, prefix="k", sep="|"):
    """List the accounts."""

    page: Page = 0


class AddKey(CallbackData, prefix="ka", sep="|"):
    """Ask for a key; without a provider, ask first which one."""

    provider: str = ""


class ShowKey(CallbackData, prefix="ks", sep="|"):
    """Show one account."""

    account_id: RowId


class CheckKey(CallbackData, prefix="kc", sep="|"):
    """Ask the provider what an account holds."""

    account_id: RowId


class RenameKey(CallbackData, prefix="kn", sep="|"):
    """Ask for another label."""

    account_id: RowId


class ReplaceKey(CallbackData, prefix="kr", sep="|"):
    """Ask for another key for an account."""

    account_id: RowId


class RemoveKey(CallbackData, prefix="kx", sep="|"):
    """Remove an account; not sure yet, ask whether it is meant."""

    account_id: RowId
    sure: bool = False


class ShowProviders(CallbackData, prefix="kp", sep="|"):
    """Ask at which provider a key is."""

    page: Page = 0


class AddHost(CallbackData, prefix="kh", sep="|"):
    """Ask for the address of another host; with an account, to move its key there."""

    account_id: Annotated[int, Field(ge=0, lt=2**63)] = 0


class PickCurrency(CallbackData, prefix="kw", sep="|"):
    """Say which currency the prices of the host are in that was asked about last."""

    currency: Currency


class AddHostKey(CallbackData, prefix="ku", sep="|"):
    """Ask for a key for a host that is not kept yet."""

    currency: Currency
    url: str


class ShowTargets(CallbackData, prefix="km", sep="|"):
    """List where an account's key can be moved to."""

    account_id: RowId
    page: Page = 0


class MoveKey(CallbackData, prefix="kt", sep="|"):
    """Move an account's key to another provider; not sure yet, say what that means."""

    account_id: RowId
    provider: str
    sure: bool = False


class ShowServices(CallbackData, prefix="s", sep="|"):
    """List services; with a country, those lead straight to its offers."""

    page: Page = 0
    country: str = ""


class ShowOwnServices(CallbackData, prefix="so", sep="|"):
    """List what a provider sells under its own names alone; without a provider, ask first which."""

    provider: str = ""
    country: str = ""
    page: Page = 0


class ShowCountries(CallbackData, prefix="c", sep="|"):
    """List the countries of a service; without an order, as its person likes it."""

    service: str
    sort: Sort | None = None
    page: Page = 0


class ShowOffers(CallbackData, prefix="o", sep="|"):
    """List the offers for a service in a country, in place of this screen."""

    service: str
    country: str
    page: Page = 0


class BuyAnother(CallbackData, prefix="b", sep="|"):
    """List the offers for a service in a country in a new message: this one is a card, and stays."""

    service: str
    country: str


class ShowOffer(CallbackData, prefix="d", sep="|"):
    """Show one offer with its confirm button."""

    token: str


class Confirm(CallbackData, prefix="y", sep="|"):
    """Buy, once."""

    token: str


class ShowOperators(CallbackData, prefix="co", sep="|"):
    """List the operators that an offer can be narrowed down to."""

    token: str
    page: Page = 0


class ChooseOperator(CallbackData, prefix="cs", sep="|"):
    """Narrow an offer down to an operator, or to none in particular."""

    token: str
    operator: str = ""


class Change(CallbackData, prefix="cc", sep="|"):
    """Choose something else of an offer: whatever needs no list."""

    token: str
    choice: Choice
    wanted: bool = True


class AddService(CallbackData, prefix="cm", sep="|"):
    """Buy the same number for one more service."""

    token: str
    service: str


class UseAgain(CallbackData, prefix="u", sep="|"):
    """Ask what the number of an order would cost again; for another service, ask first which."""

    order_id: RowId
    deal: Deal


class UseFor(CallbackData, prefix="us", sep="|"):
    """Ask what another service on the number of an order would cost."""

    order_id: RowId
    service: str


class Raise(CallbackData, prefix="r", sep="|"):
    """Offer what an order was refused at the least price that the provider takes."""

    order_id: RowId


class Step(StrEnum):
    """How far a talk has got that begins under a card."""

    BEGIN = "b"  # in a new message: the card stays
    REFRESH = "r"
    NEW = "n"  # ask for what is needed


class Ask(CallbackData, prefix="t", sep="|"):
    """Ask something about the number of an order, or have it done."""

    order_id: RowId
    tool: Tool
    step: Step = Step.BEGIN


class AskAccount(CallbackData, prefix="ta", sep="|"):
    """Ask a provider something about an account, or have it done; what changes things, once it is sure."""

    account_id: RowId
    tool: Tool
    page: Page = 0
    sure: bool = False


class ShowImports(CallbackData, prefix="i", sep="|"):
    """List what was bought elsewhere."""

    page: Page = 0


class Adopt(CallbackData, prefix="ia", sep="|"):
    """Watch a number that was bought elsewhere."""

    account_id: RowId
    remote_id: str


class ShowOrders(CallbackData, prefix="q", sep="|"):
    """List open orders, or the archive."""

    is_open: bool = True
    page: Page = 0


class ShowOrder(CallbackData, prefix="v", sep="|"):
    """Show one order in place of the list."""

    order_id: RowId
    is_open: bool = True
    page: Page = 0


class Act(CallbackData, prefix="a", sep="|"):
    """Do something with an order."""

    order_id: RowId
    action: Action


class Claim(CallbackData, prefix="ac", sep="|"):
    """Say which number of the provider's list an uncertain purchase has made; without an id, none of them."""

    order_id: RowId
    remote_id: str = ""


class ShowOffice(CallbackData, prefix="z", sep="|"):
    """Show the admin how the bot is."""


class ShowPeople(CallbackData, prefix="zu", sep="|"):
    """List who uses the bot."""

    page: Page = 0


class ShowPerson(CallbackData, prefix="zp", sep="|"):
    """Show one user."""

    user_id: RowId


class Decide(CallbackData, prefix="zd", sep="|"):
    """Let a user use the bot, or not."""

    user_id: RowId
    standing: Standing


class ShowFaults(CallbackData, prefix="zf", sep="|"):
    """List what was put aside."""

    page: Page = 0


class TellAgain(CallbackData, prefix="zt", sep="|"):
    """Try again what was put aside."""


class Still(CallbackData, prefix="-", sep="|"):
    """A button that only shows something: a page number."""
