"""FLAWS: what is wrong in the networks of the workshops. Law: a flaw is pure, from a plan to a plan, and changes only the customer's side.

AWS's end changes with the customer's where the lab's AWS must follow it (see Bfd).
"""

from lab.compiler.flaws import detection, policy, sessions
from lab.model.flaw import Flaw

FLAWS: dict[str, Flaw] = {flaw.name: flaw for family in (detection, policy, sessions) for flaw in family.FLAWS}
"""Every flaw by its name."""
