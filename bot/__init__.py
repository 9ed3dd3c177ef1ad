"""Codebell: a Telegram bot that buys SMS numbers with its user's own keys."""

__version__ = "0.1.0"
