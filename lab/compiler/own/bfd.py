"""Read the block `bfd` of a customer's configuration: the intervals of its peers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from lab.compiler.own.statements import Statement
from lab.model.ip import Address
from lab.model.router import Neighbor


def with_intervals(neighbor: Neighbor, statements: Sequence[Statement], unread: list[Statement]) -> Neighbor:
    """The neighbor with the intervals of its peer in the block `bfd`. What has no value is added to `unread`."""
    intervals: dict[str, int] = {}
    for each in statements:
        if neighbor.bfd is None or not _is_of(each, neighbor.address):
            continue
        match each.words:
            case ("detect-multiplier" | "receive-interval" | "transmit-interval" as what, number) if number.isdigit():
                intervals[what] = int(number)
            case ("log-session-changes",):
                pass
            case _:
                unread.append(each)
    bfd = neighbor.bfd
    if bfd is None:
        return neighbor
    both = {intervals.get("receive-interval", bfd.interval), intervals.get("transmit-interval", bfd.interval)}
    if len(both) > 1:
        unread += [each for each in statements if _is_of(each, neighbor.address) and each.words[0].endswith("-interval")]
    bfd = replace(bfd, interval=both.pop(), multiplier=intervals.get("detect-multiplier", bfd.multiplier))
    return replace(neighbor, bfd=bfd)


def strange_peers(statements: Sequence[Statement], known: Collection[Address]) -> Iterator[Statement]:
    """The statements of the block that are not about a neighbor with BFD: profiles, and other peers."""
    names = {str(each) for each in known}
    for each in (each for each in statements if each.blocks[:1] == (("bfd",),)):
        head = each.blocks[1] if len(each.blocks) > 1 else each.words
        if not (head[0] == "peer" and len(head) > 1 and head[1] in names):
            yield each


def _is_of(statement: Statement, address: Address) -> bool:
    """Whether a statement is in the block of a peer."""
    return len(statement.blocks) > 1 and statement.blocks[0] == ("bfd",) and statement.blocks[1][:2] == ("peer", str(address))
