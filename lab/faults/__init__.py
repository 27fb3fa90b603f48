"""THE VERBS THAT BREAK: one function a fault kind, in the families of `lab.model.fault`. Law: it registers how it is undone before it
acts, and undoing restores what the plan says, safe twice and after half a start.

The first line of a kind's docstring is its description wherever faults are listed.
"""

from lab.faults.catalogue import descriptions, inject, inject_for_good, notices, require_possible

__all__ = ["descriptions", "inject", "inject_for_good", "notices", "require_possible"]
