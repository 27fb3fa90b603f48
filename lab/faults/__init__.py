"""THE VERBS THAT BREAK: one context manager a fault kind. Law: leaving it restores what the plan says, safe twice and after half a start.

The first line of a kind's docstring is its description wherever faults are listed.
"""

from lab.faults.catalogue import descriptions, inject

__all__ = ["descriptions", "inject"]
