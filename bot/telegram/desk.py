"""What every router works with: one object instead of many names."""

from dataclasses import dataclass, field

from bot.catalog import Catalog
from bot.clock import Clock
from bot.domain.errors import CodebellError, ProviderError
from bot.domain.views import ProviderFacts
from bot.engine.engine import Engine
from bot.i18n import Translations
from bot.metrics import Metrics
from bot.telegram.chart import Draftsman
from bot.telegram.filling import Fillings
from bot.telegram.sender import Sender


@dataclass(frozen=True, slots=True)
class Desk:
    """The engine, the way to the chat, and the words.

    Attributes:
        engine: does what people ask for.
        sender: writes to chats.
        translations: texts in every language.
        catalog: names of services and countries.
        clock: whose time counts.
        fillings: which messages are being filled in.
        draftsman: draws pictures.
        admins: Telegram ids of those who see /admin.
        metrics: counts what people meet with.
    """

    engine: Engine
    sender: Sender
    translations: Translations
    catalog: Catalog
    clock: Clock
    fillings: Fillings = field(default_factory=Fillings)
    draftsman: Draftsman = field(default_factory=Draftsman)
    admins: frozenset[int] = frozenset()
    metrics: Metrics = field(default_factory=Metrics)

    def blamed(self, error: CodebellError) -> ProviderFacts | None:
        """Return the provider that an error came from, or None."""
        if not isinstance(error, ProviderError):
            return None
        return self.engine.accounts.known(error.provider)
