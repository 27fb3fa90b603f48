"""Rules for edges that run the customer's own FRR configuration."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.customer_side import of_bfd
from lab.intent.rules.draft import Draft, where
from lab.model.told import Line
from lab.model.topology import VirtualInterface
from lab.spelling import way_out


def of_edges(draft: Draft) -> Iterator[Finding]:
    """Rule: only an edge of the same data centre has its own configuration."""
    for center in draft.topology.data_centers:
        for own in center.own:
            if own.router not in center.edges:
                what = f"{own.router!r} is no edge of {center.name}"
                if own.router == f"{center.name}-core":
                    what += ": the core router is the lab's, and only edges run your configuration"
                yield Finding(where=(*where(center), "routers", own.router), message=f"{what} {way_out(own.router, center.edges)}")


def decide_alone(draft: Draft) -> Iterator[Finding]:
    """Rule: what an own configuration decides is written only there."""
    files = {own.router: own.file for center in draft.topology.data_centers for own in center.own}
    for edge, line in draft.lines_of_edges:
        for key in _of_routers(line) if edge in files else ():
            message = f"{edge} runs {files[edge]}, which decides this, so {key} would do nothing (write it in that file, and remove {key})"
            yield Finding(where=(*where(line), key), message=message)


def _of_routers(line: Line) -> Iterator[str]:
    """The keys of a virtual interface or VPN connection that set something of the customer's router."""
    customer, is_vif = line.customer, isinstance(line, VirtualInterface)
    written = {
        "prefer": customer.prefer is not None,
        "accept": bool(customer.accept),
        "announce": bool(customer.announce),
        "as_path_prepend": line.as_path_prepend > 0,
        "timers": customer.timers is not None,
        "graceful_restart": customer.graceful_restart is not None,
        "local_preference": is_vif and getattr(line, "local_preference", None) is not None,
    }
    yield from (key for key, is_written in written.items() if is_written)
    yield from of_bfd(line) if isinstance(line, VirtualInterface) else ()
