"""A world to play in: simulated providers, a simulated Telegram and a web chat. Never imported by the bot."""
