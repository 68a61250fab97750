"""The adapters of a drain: one for each engine's row as it is now."""

import asyncio
import json

from generation import registry
from generation.engines.base import Engine, Misconfigured
from generation.models import Engine as EngineRow


class Adapters:
    """Makes an adapter for a row once, and again when the row was changed. It belongs to the drain's loop."""

    def __init__(self) -> None:
        self._made: dict[str, Engine] = {}

    def of(self, row: EngineRow) -> Engine:
        """Give the adapter for a row. Raises `Misconfigured` where its settings cannot be used."""
        key = json.dumps([row.pk, row.kind, row.concurrency, row.settings, row.secrets], sort_keys=True)
        if key not in self._made:
            try:
                self._made[key] = registry.create(row)
            except Exception as error:  # whatever an adapter says to settings that it cannot use
                raise Misconfigured(repr(error)) from error
        return self._made[key]

    async def close(self) -> None:
        """Give back what they hold."""
        await asyncio.gather(*(engine.close() for engine in self._made.values()), return_exceptions=True)
