"""A lab: bring it up, look into it, break it, repair it, remove it."""

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from lab.door import after_dashes, choice, console, say, verb
from lab.door.files import write
from lab.door.help import DEFAULT_TOPOLOGY, JSON_HELP, LAB_HELP, OPTIONS_HELP, RUNNING_HELP
from lab.door.progress import progress
from lab.errors import InputError, Problem
from lab.program import COMMAND
from lab.views.plain_text import plain

_BREAK_HELP = {
    "fault": f"kind of fault; {COMMAND} lab-faults lists them",
    "target": "what to break: a node, link, tunnel or a group of them; NODE/DAEMON for daemons",
    "for": f"undo it after so long, e.g. 10s; without it the fault stays until {COMMAND} lab-heal",
    "with": f"a parameter of the fault, e.g. loss=5%; may be given several times ({COMMAND} lab-faults lists them)",
    "topology": RUNNING_HELP,
    "json": JSON_HELP,
}


@task(name="lab-up", help={"topology": LAB_HELP, "json": JSON_HELP} | OPTIONS_HELP)
@verb
def lab_up(_: Context, topology: str = DEFAULT_TOPOLOGY, timers: str = "tuned", ipsec: str = "userspace", json: str | None = None) -> int:
    """Deploy a lab; returns when every tunnel, BGP session and flow in both directions is good."""
    from lab.api import labs
    from lab.model.plan import Ipsec, Timers
    from lab.views.lab.changes import lab_json, print_lab

    with progress(json) as shown:
        facts = labs.bring_up(topology, choice(timers, "--timers", Timers), choice(ipsec, "--ipsec", Ipsec), shown.say)
    print_lab(console(json), facts)
    write(json, lab_json(facts))
    return 0


@task(
    name="lab-down",
    help={"topology": LAB_HELP + "; the default is the only one running", "all": "every lab on this host", "json": JSON_HELP},
)
@verb
def lab_down(_: Context, topology: str | None = None, all: bool = False, json: str | None = None) -> int:
    """Remove every trace of a lab, also after a crash, also without the files that made it; one that is gone already is fine."""
    from lab.api import labs
    from lab.views.lab.changes import print_removed, removed_json

    with progress(json) as shown:
        removed = labs.bring_down(topology, shown.say, every=all)
    print_removed(console(json), removed, topology)
    write(json, removed_json(removed))
    return 0


@task(
    name="lab-status",
    help={"topology": RUNNING_HELP, "all": "more than one screen: also every session, tunnel, route and address", "json": JSON_HELP},
)
@verb
def lab_status(_: Context, topology: str | None = None, all: bool = False, json: str | None = None) -> int:
    """The state of a running lab: faults, flows, BGP sessions, tunnels, routes, addresses."""
    from lab.api.status import look_at_lab
    from lab.views.lab.status import print_status, status_json

    status = look_at_lab(topology)
    print_status(console(json), status, every=all)
    write(json, status_json(status))
    return 0


@task(name="lab-list", help={"json": JSON_HELP})
@verb
def lab_list(_: Context, json: str | None = None) -> int:
    """Every lab that runs on this host or has left anything on it."""
    from lab.api import running
    from lab.views.lab.labs import labs_json, print_labs

    listings = running.labs()
    print_labs(console(json), listings)
    write(json, labs_json(listings))
    return 0


@task(name="lab-shell", help={"node": "name of a node", "topology": RUNNING_HELP})
@verb
def lab_shell(_: Context, node: str, topology: str | None = None) -> int:
    """A shell in a node; `vtysh`, `swanctl`, `ip` and `tcpdump` are there."""
    from lab.api import nodes

    return nodes.run_in_node(topology, node, [])


@task(name="lab-exec", help={"node": "name of a node", "topology": RUNNING_HELP})
@verb
def lab_exec(_: Context, node: str, topology: str | None = None) -> int:
    """Run one command in a node; its exit code is ours.

    Example: ./inv lab-exec NODE -- vtysh -c "show ip bgp"
    """
    from lab.api import nodes

    command = after_dashes()
    if not command:
        raise InputError([Problem(place="lab-exec", message=f"no command ({COMMAND} lab-exec {node} -- COMMAND)")])
    return nodes.run_in_node(topology, node, command)


@task(
    name="lab-capture",
    help={"link": "name of a link", "file": "write pcap to this file (- for standard output)", "topology": RUNNING_HELP},
)
@verb
def lab_capture(_: Context, link: str, file: str | None = None, topology: str | None = None) -> int:
    """Packets of a link until Ctrl-C: on the terminal, or to a file for Wireshark."""
    from lab.api import look

    taken = look.capture(topology, link, Path(file) if file else None, lambda line: print(plain(line), flush=True))
    say(f"{taken} packets of {link}")
    return 0


@task(name="lab-break", help=_BREAK_HELP, iterable=["with_"])
@verb
def lab_break(
    _: Context,
    *,
    topology: str | None = None,
    for_: str | None = None,
    with_: list[str] | None = None,
    json: str | None = None,
    fault: str,
    target: str,
) -> int:
    """Break something of a running lab by hand."""  # topology comes first, so that it has -t as everywhere
    from lab.api import breaks
    from lab.views.lab.changes import hand_fault_json

    order = breaks.ByHand(lab=topology, kind=fault, target=target, duration=for_, parameters=tuple(with_ or ()))
    with progress(json) as shown:
        broken = breaks.break_by_hand(order, shown.say)
    write(json, hand_fault_json(broken))
    return 0


@task(name="lab-heal", help={"topology": RUNNING_HELP, "json": JSON_HELP})
@verb
def lab_heal(_: Context, topology: str | None = None, json: str | None = None) -> int:
    """Put right whatever differs from the plan; returns when all flows pass again."""
    from lab.api import breaks
    from lab.views.lab.changes import healed_json, print_healed

    found = breaks.heal(topology)
    print_healed(console(json), found)
    write(json, healed_json(found))
    return 0
