"""Who is there when the sandbox opens: three people with three languages, and a group of theirs."""

from sandbox.telegram.server import TelegramServer


def furnish(server: TelegramServer) -> None:
    """Let them join; nobody has written to the bot yet."""
    anna = server.person("Anna", "en", "anna")
    boris = server.person("Борис", "ru", "boris")
    deniz = server.person("Deniz", "tr", "deniz")
    server.group("Codes at work", anna, boris, deniz)
