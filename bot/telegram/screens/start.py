"""The first screens: welcome, help, language."""

from bot.i18n import LANGUAGES, Translator
from bot.telegram.callbacks import AddKey, Go, Place, SetLanguage, ShowKeys, ShowOrders, ShowServices
from bot.telegram.cap_callbacks import ShowSettings
from bot.telegram.history_callbacks import ShowHistory, ShowStats
from bot.telegram.rent_callbacks import RentAccounts
from bot.telegram.screens.screen import Button, Row, Screen, Style, paragraphs


def back(t: Translator) -> Row:
    """Return the row that leads to the first screen."""
    return (Button(t.plain("button-menu"), Go(place=Place.START)),)


def welcome(t: Translator, *, has_keys: bool) -> Screen:
    """Draw what /start shows: to a newcomer the one thing to do, to others the whole menu."""
    if not has_keys:
        add = Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY)
        return Screen(paragraphs(t.t("start-title"), t.t("start-newcomer")), ((add,),))
    rows = (
        (Button(t.plain("button-buy"), ShowServices(), style=Style.PRIMARY),),
        (Button(t.plain("button-rent"), RentAccounts()),),
        (
            Button(t.plain("button-orders"), ShowOrders()),
            Button(t.plain("button-balance"), Go(place=Place.BALANCE)),
        ),
        (
            Button(t.plain("button-purchases"), ShowHistory()),
            Button(t.plain("button-stats"), ShowStats()),
        ),
        (
            Button(t.plain("button-keys"), ShowKeys()),
            Button(t.plain("button-language"), Go(place=Place.LANGUAGES)),
        ),
        (
            Button(t.plain("button-settings"), ShowSettings()),
            Button(t.plain("button-help"), Go(place=Place.HELP)),
        ),
    )
    return Screen(paragraphs(t.t("start-title"), t.t("start-known")), rows)


def help_(t: Translator) -> Screen:
    """Draw what the commands and buttons mean, and the rules of use."""
    parts = (t.t("help-title"), t.t("help-commands"), t.t("help-buttons"), t.t("help-rules"))
    return Screen(paragraphs(*parts), (back(t),))


def languages(t: Translator) -> Screen:
    """Draw the choice of a language, each under its own name."""
    rows = tuple(
        (
            Button(
                name,
                SetLanguage(language=language),
                style=Style.SUCCESS if language == t.language else None,
            ),
        )
        for language, name in LANGUAGES.items()
    )
    return Screen(t.t("language-title"), (*rows, back(t)))


def blocked(t: Translator) -> Screen:
    """Draw what a person sees whom the admin has blocked: their numbers are not forgotten."""
    return Screen(t.t("blocked"))


def slow_down(t: Translator) -> Screen:
    """Draw what a person sees, once, who sends more than can be answered."""
    return Screen(t.t("slow-down"))


def not_invited(t: Translator) -> Screen:
    """Draw what a person sees whom the bot's owner did not invite."""
    return Screen(t.t("not-invited"))
