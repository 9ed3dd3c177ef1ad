"""All tables: whoever compares a database with the code must have every module of tables loaded."""

from sqlalchemy import MetaData

from bot.storage import alert_tables, finding_tables, group_tables, lease_tables, rental_tables
from bot.storage.tables import Base

_MODULES = (alert_tables, finding_tables, group_tables, lease_tables, rental_tables)
"""Further modules of tables join here."""

METADATA: MetaData = Base.metadata
