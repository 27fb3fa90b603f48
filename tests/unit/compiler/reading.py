"""Read compiled files of a node, and split a BGP configuration by neighbor."""

from lab.model.plan import Node, Plan, Role


def nodes_of(plan: Plan, *roles: Role) -> list[Node]:
    """Every node of these roles. There must be one, or the test would test nothing."""
    found = [node for node in plan.nodes if node.role in roles]
    assert found
    return found


def text_of(node: Node, path: str) -> str:
    """One file of a node."""
    return next(file.text for file in node.files if file.path == path)


def bgpd_lines(node: Node) -> list[str]:
    """The lines of a node's BGP configuration, without indentation."""
    return [line.strip() for line in text_of(node, "frr/bgpd.conf").splitlines()]


def told_of(node: Node, neighbor: object) -> set[str]:
    """The lines about one neighbor in a node's BGP configuration."""
    head = f"neighbor {neighbor} "
    return {line.removeprefix(head) for line in bgpd_lines(node) if line.startswith(head)}


def route_map(node: Node, name: str) -> dict[str, list[str]]:
    """The entries of a route-map in order, such as `permit 10`, each with its lines."""
    entries: dict[str, list[str]] = {}
    inside = None
    for line in bgpd_lines(node):
        if line.startswith("route-map "):
            inside = line.removeprefix(f"route-map {name} ") if line.startswith(f"route-map {name} ") else None
            if inside:
                entries[inside] = []
        elif line == "exit":
            inside = None
        elif inside:
            entries[inside].append(line)
    assert entries, f"{node.name} has no route-map {name}"
    return entries
