"""The table: what AWS does, where that is written, and how a running lab shows it. The README beside is made from it."""

from types import ModuleType

from tests.live.behaviour import bfd, sessions
from tests.live.behaviour.row import Row

MODULES: tuple[ModuleType, ...] = (sessions, bfd)
"""Subjects, in the order of the README."""

ROWS: tuple[Row, ...] = tuple(each for module in MODULES for each in vars(module).values() if isinstance(each, Row))
