"""Ways: the directions of a cable that a fault is in."""

from typing import Literal, assert_never

from lab.model.plan import Endpoint, Link

Way = Literal["both", "a-to-b", "b-to-a"]


def receivers(link: Link, way: Way) -> tuple[Endpoint, ...]:
    """The ends at which the packets of one way, or of both, arrive."""
    match way:
        case "both":
            return (link.a, link.b)
        case "a-to-b":
            return (link.b,)
        case "b-to-a":
            return (link.a,)
        case _:
            assert_never(way)


def senders(link: Link, way: Way) -> tuple[Endpoint, ...]:
    """The ends from which the packets of one way, or of both, leave."""
    return tuple(link.a if end == link.b else link.b for end in receivers(link, way))
