"""The directions of a cable in which a fault acts."""

from typing import Literal, assert_never

from lab.model.plan import Endpoint, Link

Way = Literal["both", "a-to-b", "b-to-a"]


def receivers(link: Link, way: Way) -> tuple[Endpoint, ...]:
    """The ends of the cable at which the packets of this direction arrive."""
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
    """The ends of the cable at which the packets of this direction leave."""
    return tuple(link.a if end == link.b else link.b for end in receivers(link, way))
