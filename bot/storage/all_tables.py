"""All tables: whoever compares a database with the code must have every module of tables loaded."""

from sqlalchemy import MetaData

from bot.storage import finding_tables, group_tables, lease_tables, rental_tables
from bot.storage.tables import Base

_MODULES = (finding_tables, group_tables, lease_tables, rental_tables)
"""Further modules of tables join here."""

METADATA: MetaData = Base.metadata
