"""The people of a group: who may see codes, and who may buy with its owner's money."""

from decimal import Decimal

from bot.domain.groups import BudgetView, Group, GroupView, Member, MemberView
from bot.domain.money import Money
from bot.i18n import Html, Translator
from bot.telegram.group_callbacks import (
    RemoveMember,
    SetBudget,
    SetSees,
    ShowBudget,
    ShowGroup,
    ShowMember,
    ShowMembers,
)
from bot.telegram.screens.amounts import amounts
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, cut, whole

_A_PAGE = 6
_MOST_ACCOUNTS = 5
_LONGEST_TITLE = 48


def group_title(one: Group, t: Translator) -> Html:
    """Return what a group is called, in bold; that it is a topic of it is said."""
    title = t.t("group-title", title=cut(one.title, _LONGEST_TITLE))
    return lines(title, t.t("group-topic")) if one.topic_id else title


def group_members(view: GroupView, page: int, t: Translator) -> Screen:
    """Draw the people that were named in a group, or ask to be let in."""
    shown, page, pages = page_of(view.members, page, _A_PAGE)
    rows = tuple((_member_button(member),) for member in shown)
    id_ = view.group.id
    nav = turning(page, pages, lambda number: ShowMembers(group_id=id_, page=number))
    back: Row = (Button(t.plain("button-back"), ShowGroup(group_id=id_)),)
    text = paragraphs(group_title(view.group, t), t.t("group-people-how", command="/notify me"))
    return Screen(text, (*rows, *nav, back))


def group_member(view: MemberView, t: Translator) -> Screen:
    """Draw what a person may do in a group, with the switches."""
    one = view.member
    sees = Button(
        t.plain("button-member-sees" if one.sees else "button-member-sees-not"),
        SetSees(member_id=one.id, wanted=not one.sees),
        style=Style.SUCCESS if one.sees else None,
    )
    budgets = tuple((_budget_button(one, budget, t),) for budget in view.budgets[:_MOST_ACCOUNTS])
    away: Row = (
        Button(t.plain("button-back"), ShowMembers(group_id=one.group_id)),
        Button(t.plain("button-remove"), RemoveMember(member_id=one.id), style=Style.DANGER),
    )
    text = paragraphs(t.t("member-title", name=one.name), t.t("member-how"))
    return Screen(text, ((sees,), *budgets, away))


def budget(view: MemberView, account_id: int, t: Translator) -> Screen:
    """Draw what a person may spend of an account, with the choice of another amount."""
    one = view.member
    found = next(shown for shown in view.budgets if shown.account.account.id == account_id)
    choices = tuple(
        Button(
            t.money(money),
            SetBudget(member_id=one.id, account_id=account_id, amount=money.amount),
            style=Style.SUCCESS if money.amount == found.most else None,
        )
        for money in amounts(found.currency)
    )
    nothing = Button(
        t.plain("button-budget-none"),
        SetBudget(member_id=one.id, account_id=account_id, amount=Decimal(0)),
        style=None if found.most else Style.SUCCESS,
    )
    back: Row = (Button(t.plain("button-back"), ShowMember(member_id=one.id)),)
    spent = t.t("budget-spent", spent=t.money(Money(found.spent, found.currency)))
    title = t.t("budget-title", name=one.name, account=account_name(found.account))
    return Screen(
        paragraphs(title, lines(t.t("budget-how"), spent)), (choices[:2], choices[2:], (nothing,), back)
    )


def _member_button(one: Member) -> Button:
    mark = "✓" if one.is_let_in else "❔"
    return Button(whole(one.name, lambda name: f"{mark} {name}"), ShowMember(member_id=one.id))


def _budget_button(one: Member, view: BudgetView, t: Translator) -> Button:
    most = t.plain("budget-none") if view.most is None else t.money(Money(view.most, view.currency))
    label = t.plain("button-budget", account=account_name(view.account), most=most)
    data = ShowBudget(member_id=one.id, account_id=view.account.account.id)
    return Button(label, data, style=None if view.most is None else Style.SUCCESS)
