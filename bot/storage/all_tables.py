"""All tables: whoever compares a database with the code must have every module of tables loaded."""

from sqlalchemy import MetaData

from bot.storage import lease_tables, rental_tables
from bot.storage.tables import Base

_MODULES = (lease_tables, rental_tables)
"""Further modules of tables join here."""

METADATA: MetaData = Base.metadata
