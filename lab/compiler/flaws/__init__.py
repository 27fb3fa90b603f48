"""FLAWS: what is wrong in the networks of the workshops. Law: a flaw is pure, from a plan to a plan, and changes only the customer's side.

AWS's end changes with the customer's where the lab's AWS must follow it (see Bfd).
"""

from lab.compiler.flaws import appliances, backups, detection, sessions, sites
from lab.model.flaw import Flaw

_FAMILIES = (detection, sessions, backups, sites, appliances)

FLAWS: dict[str, Flaw] = {flaw.name: flaw for family in _FAMILIES for flaw in family.FLAWS}
"""Every flaw by its name."""
