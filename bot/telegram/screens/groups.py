"""Groups that get a person's codes, as that person sees them in the private chat."""

from collections.abc import Sequence

from bot.catalog import Catalog, Service
from bot.domain.groups import Group, GroupState, GroupView, Option
from bot.domain.outbox import Notice
from bot.i18n import Html, Translator
from bot.telegram.cap_callbacks import ShowSettings
from bot.telegram.group_callbacks import (
    PickService,
    RemoveGroup,
    SetOption,
    ShowGroup,
    ShowGroups,
    ShowGroupServices,
    ShowMembers,
    StartGroup,
    StopGroup,
)
from bot.telegram.screens.group_members import group_members, group_title
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, paired, paragraphs
from bot.telegram.screens.words import service_name, whole

_A_PAGE = 6
_SERVICE_ROWS = 5
_MOST_NAMED = 6
_MARKS = {
    GroupState.PROPOSED: "❔",
    GroupState.ACTIVE: "🔔",
    GroupState.PAUSED: "⏸",
    GroupState.REFUSED: "🔕",
}


def groups_button(t: Translator) -> Button:
    """Return the button that leads to the list."""
    return Button(t.plain("button-groups"), ShowGroups())


def groups(found: Sequence[Group], page: int, t: Translator) -> Screen:
    """Draw the groups that get, or shall get, a person's codes."""
    shown, page, pages = page_of(found, page, _A_PAGE)
    rows = tuple((_group_button(group),) for group in shown)
    nav = turning(page, pages, lambda number: ShowGroups(page=number))
    back: Row = (Button(t.plain("button-back"), ShowSettings()),)
    text = paragraphs(t.t("groups-title"), t.t("groups-how"), "" if found else t.t("groups-none"))
    return Screen(text, (*rows, *nav, back))


def group(view: GroupView, t: Translator, catalog: Catalog) -> Screen:
    """Draw one group: how it stands, what is told there and how, and the switches."""
    one = view.group
    is_on = one.state is GroupState.ACTIVE
    stop = Button(t.plain("button-group-stop"), StopGroup(group_id=one.id), style=Style.DANGER)
    start = Button(t.plain("button-group-start"), StartGroup(group_id=one.id), style=Style.SUCCESS)
    refuse = Button(t.plain("button-group-refuse"), StopGroup(group_id=one.id))
    is_new = one.state is GroupState.PROPOSED
    turn: Row = (stop,) if is_on else (start, refuse) if is_new else (start,)
    away: Row = (
        Button(t.plain("button-back"), ShowGroups()),
        Button(t.plain("button-group-remove"), RemoveGroup(group_id=one.id)),
    )
    consent = "" if is_on else t.t("group-consent")
    text = paragraphs(group_title(one, t), _standing(one, t), _services_line(one, t, catalog), consent)
    people: Row = (
        Button(t.plain("button-group-people", count=len(view.members)), ShowMembers(group_id=one.id)),
    )
    return Screen(text, (turn, *_switches(one, t), people, away))


def group_services(
    view: GroupView, popular: Sequence[Service], page: int, t: Translator, catalog: Catalog
) -> Screen:
    """Draw the choice of the services that are told in a group; those chosen stand first."""
    one = view.group
    ids = [*sorted(one.services), *(service.id for service in popular if service.id not in one.services)]
    buttons = paired(
        Button(
            service_name(catalog, id_, t),
            PickService(group_id=one.id, service=id_, page=page),
            style=Style.SUCCESS if id_ in one.services else None,
        )
        for id_ in ids
    )
    rows, page, pages = page_of(buttons, page, _SERVICE_ROWS)
    every = Button(
        t.plain("button-group-every"),
        PickService(group_id=one.id),
        style=None if one.services else Style.SUCCESS,
    )
    nav = turning(page, pages, lambda number: ShowGroupServices(group_id=one.id, page=number))
    back: Row = (Button(t.plain("button-back"), ShowGroup(group_id=one.id)),)
    text = paragraphs(group_title(one, t), t.t("group-services-title"), _services_line(one, t, catalog))
    return Screen(text, ((every,), *rows, *nav, back))


def group_notice(notice: Notice, view: GroupView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what the owner is told of a group: that it was proposed, or that nothing is told there now."""
    screen = group(view, t, catalog)
    if notice is Notice.GROUP_ASKED:
        return Screen(paragraphs(t.t("notice-group-asked"), screen.text), screen.rows)
    if notice is Notice.GROUP_ACCESS:
        people = group_members(view, 0, t)
        return Screen(paragraphs(t.t("notice-group-access"), people.text), people.rows)
    return Screen(paragraphs(t.t("notice-group-paused"), screen.text), screen.rows)


def _standing(one: Group, t: Translator) -> Html:
    if one.pause is not None:
        return t.t(f"group-pause-{one.pause.value}")
    return t.t(f"group-state-{one.state.value}")


def _services_line(one: Group, t: Translator, catalog: Catalog) -> Html:
    if not one.services:
        return t.t("group-services-all")
    named = [service_name(catalog, service, t) for service in sorted(one.services)]
    more = len(named) - _MOST_NAMED
    told = ", ".join(named[:_MOST_NAMED]) + (" …" if more > 0 else "")
    return t.t("group-services-some", services=told)


def _switches(one: Group, t: Translator) -> tuple[Row, ...]:
    """Return a button for each setting that says how it is; a tap changes it."""
    services = t.plain("button-group-services", count=len(one.services))
    phone = t.plain("button-group-phone-whole" if one.whole_phone else "button-group-phone-masked")
    seen = t.plain("button-group-seen-named" if one.named_only else "button-group-seen-all")
    codes = t.plain("button-group-codes-covered" if one.spoiler else "button-group-codes-open")
    return (
        (Button(services, ShowGroupServices(group_id=one.id)),),
        (Button(phone, _switch(one, Option.WHOLE_PHONE, now=one.whole_phone)),),
        (Button(codes, _switch(one, Option.SPOILER, now=one.spoiler)),),
        (Button(seen, _switch(one, Option.NAMED_ONLY, now=one.named_only)),),
    )


def _switch(one: Group, option: Option, *, now: bool) -> SetOption:
    return SetOption(group_id=one.id, option=option, wanted=not now)


def _group_button(one: Group) -> Button:
    label = whole(one.title, lambda title: f"{_MARKS[one.state]} {title}")
    return Button(label, ShowGroup(group_id=one.id))
