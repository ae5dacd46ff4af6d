"""The rule sets that were in force, file by file, so that what an alert was decided with can be looked at again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, true
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema

_set = schema.rule_set.c
_file = schema.rule_file.c


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRules:
    """A rule set that was in force."""

    hash: str  # as on alerts and assessments
    first_at: datetime
    last_at: datetime  # when it was last put into force
    files: Mapping[str, bytes]  # path relative to the rule folder -> content


class RuleSets:
    """Rule sets by hash; files that several have in common are kept once."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, name: str, files: Mapping[str, bytes], *, at: datetime) -> None:
        """Remember that a rule set is in force from now on."""
        manifest = {path: hashlib.sha256(body).hexdigest() for path, body in sorted(files.items())}
        bodies = {manifest[path]: body for path, body in files.items()}
        known = set(self._connection.scalars(select(_file.hash).where(_file.hash.in_(bodies))))
        rows = [{"hash": key, "body": zlib.compress(body)} for key, body in bodies.items() if key not in known]
        if rows:
            self._connection.execute(upsert(schema.rule_file).on_conflict_do_nothing(), rows)
        values = {"last_at": at, "files": manifest}
        statement = upsert(schema.rule_set).values(hash=name, first_at=at, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["hash"], set_=values))

    def in_force(self) -> str | None:
        """Hash of the set that was put into force last; None before the first start."""
        name: str | None = self._connection.scalar(select(_set.hash).order_by(_set.last_at.desc()).limit(1))
        return name

    def named(self, prefix: str) -> tuple[str, ...]:
        """Hashes that begin like this, the latest first."""
        query = select(_set.hash).where(_set.hash.startswith(prefix, autoescape=True)).order_by(_set.last_at.desc())
        return tuple(self._connection.scalars(query.limit(10)))

    def get(self, name: str) -> StoredRules | None:
        """A rule set with its files."""
        row = self._connection.execute(select(schema.rule_set).where(_set.hash == name)).one_or_none()
        if row is None:
            return None
        query = select(_file.hash, _file.body).where(_file.hash.in_(set(row.files.values())))
        bodies = {found.hash: zlib.decompress(found.body) for found in self._connection.execute(query)}
        files = {path: bodies[key] for path, key in row.files.items()}
        return StoredRules(hash=row.hash, first_at=row.first_at, last_at=row.last_at, files=files)

    def forget(self, before: datetime) -> int:
        """Drop sets last put into force before, but for the one in force, with files that no other has."""
        newest = select(func.max(_set.last_at)).scalar_subquery()
        gone = self._connection.execute(
            delete(schema.rule_set).where(_set.last_at < before, _set.last_at < newest)
        ).rowcount
        if gone:
            files = func.jsonb_each_text(_set.files).table_valued("key", "value").lateral()
            used = select(files.c.value).select_from(schema.rule_set.join(files, true()))
            self._connection.execute(delete(schema.rule_file).where(_file.hash.not_in(used)))
        return gone
