"""FAULTS: one function for each kind of fault, in the families of `lab.model.fault`.

Law: a function registers its undo before it acts. Undoing restores what the plan says. It works twice, and after half an injection.
"""

from lab.faults.catalogue import descriptions, inject, inject_for_good, notices, require_possible, undo

__all__ = ["descriptions", "inject", "inject_for_good", "notices", "require_possible", "undo"]
