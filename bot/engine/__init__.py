"""What the bot does: purchase, actions, watching, recovery. Knows no chat and never imports aiogram."""
