"""Remarks: what AWS has and the topology has not, and why. They are shown on the terminal and stand in the head of the file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that the topology says not at all (`is_left_out`), or only in part.

    `id`: AWS's id. `what`: what AWS has, in AWS's words. `why`: the reason, and what to do if there is something to do.
    """

    id: str
    what: str
    why: str
    is_left_out: bool = True


def left_out(id: str, what: str, why: str) -> Remark:  # noqa: A002  # AWS's word
    """A remark about something that is not in the topology."""
    return Remark(id=id, what=what, why=why)


def in_part(id: str, what: str, why: str) -> Remark:  # noqa: A002  # AWS's word
    """A remark about something that is in the topology, but not all of it."""
    return Remark(id=id, what=what, why=why, is_left_out=False)
