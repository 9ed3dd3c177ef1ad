"""aiogram routers, one a topic: they decide, screens draw, the engine acts."""
