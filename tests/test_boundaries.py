"""Who may import whom: the contracts of pyproject.toml, and the rules that name an only importer."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ONLY_IN = {
    "httpx": ("bot.providers.http", "bot.providers.transports", "bot.providers.wires"),
    "sqlalchemy": ("bot.storage",),
    "alembic": ("bot.storage",),
    "aiosqlite": ("bot.storage",),
    "asyncpg": ("bot.storage",),
    "cryptography": ("bot.storage.vault",),
    "fluent": ("bot.i18n",),
    "redis": ("bot.cluster",),
    "structlog": ("bot.logs",),
    "prometheus_client": ("bot.metrics",),
    "pydantic_settings": ("bot.config",),
    "rapidfuzz": ("bot.catalog",),
    "matplotlib": ("bot.telegram.drawing",),
}
"""External package → the modules or packages of the bot that know it: one, or one and its other half."""

SEEN_BY_SCREENS = (
    "bot.domain",
    "bot.catalog",
    "bot.i18n",
    "bot.telegram.callbacks",
    "bot.telegram.cap_callbacks",
    "bot.telegram.alert_callbacks",
    "bot.telegram.data_callbacks",
    "bot.telegram.default_callbacks",
    "bot.telegram.group_callbacks",
    "bot.telegram.finding_callbacks",
    "bot.telegram.history_callbacks",
    "bot.telegram.quiet_callbacks",
    "bot.telegram.rent_callbacks",
    "bot.telegram.screens",
)


@cache
def modules(package: str) -> dict[str, frozenset[str]]:
    """Return what every module of a package imports, by full name, wherever in the file it does."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        parent = name if path.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = frozenset(_imports(tree, parent))
    return found


def _imports(tree: ast.AST, parent: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = parent.split(".")[: len(parent.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            # "from bot import engine" imports bot.engine: the names may be modules.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def inside(name: str, *packages: str) -> bool:
    """Tell whether a module or name belongs to one of the packages."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def offenders(package: str, *allowed: str) -> list[str]:
    """List who imports a package without being allowed to."""
    return [
        f"{module} imports {name}"
        for module, names in modules("bot").items()
        for name in names
        if inside(name, package) and not inside(module, *allowed)
    ]


def test_the_contracts_of_pyproject_hold() -> None:
    """Imports run downwards, as import-linter judges."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("package", "owners"), ONLY_IN.items())
def test_each_library_is_known_in_one_place(package: str, owners: tuple[str, ...]) -> None:
    """A library that could spread stays behind the one room that hides it."""
    assert offenders(package, *owners) == []


def test_the_domain_needs_nothing_but_python() -> None:
    """The words of the business import the standard library and each other."""
    strangers = [
        f"{module} imports {name}"
        for module, names in modules("bot").items()
        if inside(module, "bot.domain")
        for name in names
        if not inside(name, "bot.domain") and name.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert strangers == []


def test_screens_see_what_is_shown_and_nothing_else() -> None:
    """Screens are pure: of ours they know the domain, the catalogue, texts and callback data."""
    strangers = [
        f"{module} imports {name}"
        for module, names in modules("bot").items()
        if inside(module, "bot.telegram.screens")
        for name in names
        if inside(name, "bot") and not inside(name, *SEEN_BY_SCREENS)
    ]
    assert strangers == []


def test_the_product_stands_without_its_tests() -> None:
    """Neither the bot nor its sandbox imports tests or benchmarks."""
    strangers = [
        f"{module} imports {name}"
        for package in ("bot", "sandbox")
        for module, names in modules(package).items()
        for name in names
        if inside(name, "tests", "benchmarks", "pytest")
    ]
    assert strangers == []


def test_the_sandbox_shares_only_the_clock_with_the_bot() -> None:
    """A simulator that borrowed the bot's code would share its mistakes."""
    strangers = [
        f"{module} imports {name}"
        for module, names in modules("sandbox").items()
        for name in names
        if inside(name, "bot") and not inside(name, "bot.clock")
    ]
    assert strangers == []


def test_every_folder_of_code_is_a_package_that_says_what_it_is() -> None:
    """Each package has an ``__init__.py`` that begins with a docstring."""
    folders = {path.parent for package in ("bot", "sandbox") for path in (ROOT / package).rglob("*.py")} - {
        ROOT / "bot" / "storage" / "migrations" / "versions"
    }  # Alembic reads these by path
    silent = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders)
        if not (init := folder / "__init__.py").exists() or not ast.get_docstring(ast.parse(init.read_text()))
    ]
    assert silent == []


def test_the_reader_of_imports_sees_every_form() -> None:
    """The walk finds plain, nested, relative and aliased imports: else the rules above would pass blindly."""
    tree = ast.parse("import a.b\ndef f():\n    from c import d as e\nfrom . import x\nfrom ..y import z\n")
    assert set(_imports(tree, "bot.telegram.screens")) == {
        "a.b",
        "c.d",
        "bot.telegram.screens.x",
        "bot.telegram.y.z",
    }
    assert "bot.logs.get_logger" in modules("bot")["bot.i18n"]
    assert offenders("fluent"), "somebody must import fluent, or the walk is blind"
