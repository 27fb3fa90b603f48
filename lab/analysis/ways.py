"""Find out which targets, and which edge routers of sites, a path passes."""

from itertools import pairwise

from lab.model.plan import Plan, Role

EDGES = frozenset({Role.EDGE, Role.CUSTOMER_GATEWAY})


def passes(path: tuple[str, ...], plan: Plan, name: str) -> bool:
    """Whether a path passes a target: one of the target's nodes, or both ends of one of its links directly one after the other."""
    target = plan.target(name)
    if target.waypoints:
        return any(node in target.waypoints for node in path)
    hops = {frozenset(pair) for pair in pairwise(path)}
    return any(frozenset((plan.link(link).a.node, plan.link(link).b.node)) in hops for link in target.links)


def passes_any(path: tuple[str, ...], plan: Plan, names: tuple[str, ...]) -> bool:
    """Whether a path passes at least one of the targets."""
    return any(passes(path, plan, name) for name in names)


def edges_of(path: tuple[str, ...], plan: Plan) -> frozenset[str]:
    """The edge routers and customer gateways on a path."""
    return frozenset(node for node in path if plan.node(node).role in EDGES)


def arrowed(path: tuple[str, ...]) -> str:
    """A path in words for messages: the names of its nodes with arrows between them."""
    return " > ".join(path) or "nowhere"
