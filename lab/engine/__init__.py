"""ENGINE: run one check. Law: it knows a lab only by its capabilities, and leaves the lab as it found it."""

from lab.engine.journal import Journal, read_journal
from lab.engine.session import Settings, run_check

__all__ = ["Journal", "Settings", "read_journal", "run_check"]
