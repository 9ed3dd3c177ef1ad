"""A simulated Telegram: the Bot API over HTTP, with people behind it."""
