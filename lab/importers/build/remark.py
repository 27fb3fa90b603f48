"""How remarks are made: about what AWS has and the topology has not, or has only in part. Law: no account id and no address is in one."""

from lab.importers.private import harmless
from lab.model.imported import Remark

__all__ = ["Remark", "in_part", "left_out"]


def left_out(id_: str, what: str, why: str) -> Remark:
    """A remark about something that is not in the topology."""
    return Remark(id=harmless(id_), what=harmless(what), why=harmless(why))


def in_part(id_: str, what: str, why: str) -> Remark:
    """A remark about something that is in the topology, but not all of it."""
    return Remark(id=harmless(id_), what=harmless(what), why=harmless(why), is_left_out=False)
