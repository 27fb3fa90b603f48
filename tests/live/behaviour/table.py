"""The table: what AWS does, where that is written, and how a running lab shows it. The README beside is made from it."""

from types import ModuleType

from tests.live.behaviour import bfd, gateways, ike, inside, preference, sessions, sitelink, transit, vpn
from tests.live.behaviour.row import Row

MODULES: tuple[ModuleType, ...] = (sessions, bfd, ike, vpn, preference, gateways, transit, sitelink, inside)
"""Subjects, in the order of the README."""


def rows_of(module: ModuleType) -> tuple[Row, ...]:
    """A subject's rows, as they stand in its file."""
    return tuple(row for each in vars(module).values() for row in (each if isinstance(each, tuple) else (each,)) if isinstance(row, Row))


ROWS: tuple[Row, ...] = tuple(row for module in MODULES for row in rows_of(module))
