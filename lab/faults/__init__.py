"""FAULTS: one function for each fault kind, in the families of `lab.model.fault`.

Law: a function registers its undo before it acts. Undoing restores what the plan says. It is safe twice, and after half an injection.
"""

from lab.faults.catalogue import descriptions, inject, inject_for_good, notices, require_possible

__all__ = ["descriptions", "inject", "inject_for_good", "notices", "require_possible"]
