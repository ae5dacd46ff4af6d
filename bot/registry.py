"""Find one plug-in per file in a folder, and refuse files that break the contract."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Protocol, TypeVar, get_type_hints, runtime_checkable

from bot.errors import PluginError


@runtime_checkable
class Named(Protocol):
    """What every plug-in has: a name equal to its file's name."""

    @property
    def name(self) -> str:
        """Name under which rule files and settings call the plug-in."""


N = TypeVar("N", bound=Named)


def discover(package: ModuleType, constant: str, contract: type[N]) -> Mapping[str, N]:
    """Import every public module of a package and collect the plug-in that each one declares.

    Args:
        package: The folder to scan; modules whose name starts with an underscore are skipped.
        constant: Name of the constant that each module must define and annotate, e.g. ``CHANNEL``.
        contract: Protocol of the constant. Signatures are checked by mypy through the annotation.

    Returns:
        A read-only mapping from plug-in name to plug-in, ordered by name.

    Raises:
        PluginError: A module lacks the constant or its annotation, or the name differs from the file's.
    """
    found: dict[str, N] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        plugin = getattr(module, constant, None)
        if plugin is None:
            raise PluginError(f"{module.__name__}: the module must define {constant}")
        if constant not in get_type_hints(module):
            raise PluginError(f"{module.__name__}: annotate it as `{constant}: {contract.__name__} = ...`")
        if not isinstance(plugin, contract):
            raise PluginError(f"{module.__name__}: {constant} is no {contract.__name__}")
        # A module cannot be called zh-Hans, a language can.
        if plugin.name.replace("-", "_").lower() != info.name.lower():
            raise PluginError(f"{module.__name__}: {constant}.name must be {info.name!r}, not {plugin.name!r}")
        found[plugin.name] = plugin
    return MappingProxyType(found)
