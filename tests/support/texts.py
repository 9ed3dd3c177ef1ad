"""Reads what the code asks of the texts, and what the Fluent files hold."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Use:
    """One call of ``t`` or ``plain`` in the code.

    Attributes:
        where: file and line.
        plain: whether the text is for a button or toast, without markup.
        ids: the literal ids it may name; empty for a family.
        family: what stands before the first placeholder of an f-string, or None.
        values: the variables it gives; None where it gives them by ``**``.
    """

    where: str
    plain: bool
    ids: tuple[str, ...]
    family: str | None
    values: Names | None


def uses(folder: Path) -> Iterator[Use]:
    """Find every call of a translator below a folder.

    Raises:
        ValueError: an id is neither a literal nor the member of a family.
    """
    for path in sorted(folder.rglob("*.py")):
        if path.name == "i18n.py":
            continue
        yield from uses_in(path.read_text(encoding="utf-8"), str(path.relative_to(folder)))


def uses_in(source: str, name: str) -> Iterator[Use]:
    """Find every call of a translator in a source text."""
    for node in ast.walk(ast.parse(source, filename=name)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in {"t", "plain"}:
            continue
        where = f"{name}:{node.lineno}"
        values = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
        spread = any(keyword.arg is None for keyword in node.keywords)
        ids, family = _named(node.args[0], where)
        yield Use(where, called == "plain", ids, family, None if spread else values)


def _named(node: ast.expr, where: str) -> tuple[tuple[str, ...], str | None]:
    match node:
        case ast.Constant(value=str(text)):
            return (text,), None
        case ast.IfExp(body=body, orelse=orelse):
            return _named(body, where)[0] + _named(orelse, where)[0], None
        case ast.JoinedStr(values=[ast.Constant(value=str(family)), *_]):
            return (), family
    raise ValueError(f"{where}: a text is named by a literal, or by an f-string that begins with its family")


@dataclass(slots=True)
class Text:
    """One Fluent message.

    Attributes:
        variables: what it needs, also through the messages and terms it refers to.
        references: messages and terms (with ``-``) that it names.
        selectors: the variants' keys of each choice.
        numbers: variables that choose a plural.
        patterns: every pattern in it (each variant, and the whole as the last), ``{}`` for what is filled in.
    """

    variables: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    selectors: list[Names] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All its own text, without markup."""
        return re.sub(r"<[^>]*>", " ", " ".join(self.patterns))


PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


def texts(folder: Path) -> dict[str, Text]:
    """Return every message and term (with ``-``) of one language."""
    found: dict[str, Text] = {}
    for path in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message | ftl.Term) and entry.value:
                text = Text()
                _read(entry.value, text)
                found[("-" if isinstance(entry, ftl.Term) else "") + entry.id.name] = text
    for text in found.values():
        for reference in _closure(text, found):
            if not reference.startswith("-"):
                text.variables |= found[reference].variables
    return found


def _closure(text: Text, found: dict[str, Text]) -> set[str]:
    seen: set[str] = set()
    waiting = [reference for reference in text.references if reference in found]
    while waiting:
        reference = waiting.pop()
        if reference not in seen:
            seen.add(reference)
            waiting += [further for further in found[reference].references if further in found]
    return seen


def _read(pattern: ftl.Pattern, text: Text) -> None:
    shown = []
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            shown.append(element.value)
        else:
            shown.append(_read_expression(element.expression, text))
    text.patterns.append("".join(shown))


def _read_expression(expression: Any, text: Text) -> str:
    match expression:
        case ftl.StringLiteral():
            return str(expression.parse()["value"])
        case ftl.VariableReference():
            text.variables.add(expression.id.name)
        case ftl.MessageReference():
            text.references.add(expression.id.name)
        case ftl.TermReference():
            text.references.add(f"-{expression.id.name}")
        case ftl.SelectExpression():
            _read_choice(expression.selector, expression.variants, text)
        case ftl.FunctionReference():
            for argument in expression.arguments.positional:
                _read_expression(argument, text)
        case ftl.Placeable():
            return _read_expression(expression.expression, text)
    return "{}"


def _read_choice(selector: Any, variants: Sequence[ftl.Variant], text: Text) -> None:
    _read_expression(selector, text)
    keys = frozenset(
        str(getattr(variant.key, "name", getattr(variant.key, "value", ""))) for variant in variants
    )
    text.selectors.append(keys)
    plural = keys & PLURALS - {"other"}
    if plural and isinstance(selector, ftl.VariableReference):
        text.numbers.add(selector.id.name)
    for variant in variants:
        _read(variant.value, text)
