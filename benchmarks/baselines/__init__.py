"""What the bot is held against: the least that could do the same, and what is usually written."""
