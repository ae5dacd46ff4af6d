"""Keep records and give them back; PostgreSQL is the only database, embedded unless DATABASE_URL names another."""

from bot.storage.database import Database, connect
from bot.storage.transaction import Transaction
from bot.storage.upgrading import SchemaState, schema_state, upgrade

__all__ = ["Database", "SchemaState", "Transaction", "connect", "schema_state", "upgrade"]
