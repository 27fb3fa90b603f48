"""The table: what AWS does, where that is written, and how a running lab shows it. The README beside is made from it."""

from types import ModuleType

from tests.live.behaviour import bfd, gateways, preference, sessions, sitelink, transit
from tests.live.behaviour.row import Row

MODULES: tuple[ModuleType, ...] = (sessions, bfd, preference, gateways, transit, sitelink)
"""Subjects, in the order of the README."""

ROWS: tuple[Row, ...] = tuple(each for module in MODULES for each in vars(module).values() if isinstance(each, Row))
