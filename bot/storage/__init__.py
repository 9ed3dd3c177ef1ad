"""What the bot keeps: tables, repositories, the key vault, migrations."""
