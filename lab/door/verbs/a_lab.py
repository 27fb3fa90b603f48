"""Commands for a lab: deploy, inspect, break, repair and remove it."""

from pathlib import Path

from invoke.context import Context

from lab.door import after_dashes, console, say, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import DEFAULT_HELP, DEFAULT_TOPOLOGY, IPSEC_HELP, JSON_HELP, LAB_HELP, RUNNING_HELP, TIMERS_HELP
from lab.door.progress import progress
from lab.door.values import choice
from lab.errors import InputError, Problem
from lab.program import COMMAND
from lab.views.plain_text import plain

_BREAK_HELP = {
    "fault": f"a kind of fault ({COMMAND} lab-faults lists all kinds)",
    "target": "what to break: the name of a node, a link, a tunnel or a group of them. For a daemon: NODE/DAEMON, such as dc1-gw1/bgpd",
    "for TIME": f"undo the fault after this time, for instance 10s (default: the fault stays until {COMMAND} lab-heal undoes it)",
    "with NAME=VALUE": "a parameter of the fault, for instance loss=5%. May be given several times "
    f"({COMMAND} lab-faults lists all parameters)",
    "topology TOPOLOGY": RUNNING_HELP,
    "json FILE": JSON_HELP,
}
_MONITOR_HELP = f"also run Prometheus and Alertmanager beside the lab ({COMMAND} lab-monitor opens their pages)"


@command(
    {
        "topology TOPOLOGY": DEFAULT_HELP,
        **TIMERS_HELP,
        "monitor": _MONITOR_HELP,
        "act NAME": "with --monitor: let this automation of the topology act. May be given several times",
        "as NAME": "call the lab TOPOLOGY@NAME, so that several labs of one topology run side by side",
        "json FILE": JSON_HELP,
        **IPSEC_HELP,
    },
    several=["act"],
)
@verb
def lab_up(
    _: Context,
    topology: str = DEFAULT_TOPOLOGY,
    timers: str = "tuned",
    ipsec: str = "userspace",
    monitor: bool = False,
    act: list[str] | None = None,
    as_: str = "",
    json: str | None = None,
) -> int:
    """Start a lab. Returns when every session and flow works.

    Needs root. Installs or builds what is missing: Docker, and the image of the nodes.
    """
    from lab.api import labs
    from lab.model.plan import Ipsec, Timers
    from lab.views.lab.changes import lab_json, print_lab

    with progress(json) as shown:
        options = labs.UpOptions(
            timers=choice(timers, "--timers", Timers),
            ipsec=choice(ipsec, "--ipsec", Ipsec),
            monitor=monitor,
            act=tuple(act or ()),
            copy=as_,
        )
        facts = labs.bring_up(topology, options, shown.say)
    print_lab(console(json), facts)
    write(json, lab_json(facts))
    return 0


@command(
    {"topology TOPOLOGY": f"{LAB_HELP} (default: the only lab that runs)", "all": "remove every lab of this host", "json FILE": JSON_HELP},
)
@verb
def lab_down(_: Context, topology: str | None = None, all: bool = False, json: str | None = None) -> int:
    """Remove a lab completely.

    Works also after a crash, and when the files of the lab are gone. Does nothing if there is no such lab.
    """
    from lab.api import labs
    from lab.views.lab.changes import print_removed, removed_json

    with progress(json) as shown:
        removed = labs.bring_down(topology, shown.say, every=all)
    print_removed(console(json), removed, topology)
    write(json, removed_json(removed))
    return 0


@command(
    {
        "topology TOPOLOGY": RUNNING_HELP,
        "all": "also show every session, tunnel, route and address, which may fill more than one screen",
        "teacher": "in a lab of a workshop: also show what is wrong, and the faults in force",
        "json FILE": JSON_HELP,
    }
)
@verb
def lab_status(_: Context, topology: str | None = None, all: bool = False, teacher: bool = False, json: str | None = None) -> int:
    """Show faults, flows, sessions, tunnels and routes of a lab."""
    from lab.api.status import look_at_lab
    from lab.views.lab.status import print_status, status_json

    status = look_at_lab(topology, is_teacher=teacher)
    print_status(console(json), status, every=all)
    write(json, status_json(status))
    return 0


@command({"topology TOPOLOGY": RUNNING_HELP})
@verb
def lab_monitor(_: Context, topology: str | None = None) -> int:
    """Open the pages of Prometheus and Alertmanager, until Ctrl-C.

    The lab must run with a monitor: ./inv lab-up --monitor. The pages are on 127.0.0.1 of this host, and nowhere else.
    """
    from lab.api.monitor.pages import Page, show_pages

    def tell(lab: str, pages: tuple[Page, ...]) -> None:
        for page in pages:
            print(f"{page.name:<13} {page.address}", flush=True)
        say(f"{lab}: the pages are open until Ctrl-C")

    if show_pages(topology, tell):
        say("the monitor has ended, so its pages are gone")
    return 0


@command({"json FILE": JSON_HELP})
@verb
def lab_list(_: Context, json: str | None = None) -> int:
    """List the labs of this host.

    Also shows incomplete labs: their deployment or removal did not finish.
    """
    from lab.api import running
    from lab.views.lab.labs import labs_json, print_labs

    listings = running.labs()
    print_labs(console(json), listings)
    write(json, labs_json(listings))
    return 0


@command({"node": "the name of a node", "topology TOPOLOGY": RUNNING_HELP})
@verb
def lab_shell(_: Context, node: str, topology: str | None = None) -> int:
    """Open a shell in a node.

    The shell has vtysh (FRR), swanctl (strongSwan), ip, tcpdump and others.
    """
    from lab.api import nodes

    return nodes.run_in_node(topology, node, [])


@command({"node": "the name of a node", "topology TOPOLOGY": RUNNING_HELP})
@verb
def lab_exec(_: Context, node: str, topology: str | None = None) -> int:
    """Run one command in a node.

    For instance: ./inv lab-exec dc1-gw1 -- vtysh -c "show ip bgp"

    Exits with the exit code of the command in the node.
    """
    from lab.api import nodes

    words = after_dashes()
    if not words:
        raise InputError([Problem(place="lab-exec", message=f"the command is missing (write {COMMAND} lab-exec {node} -- COMMAND)")])
    return nodes.run_in_node(topology, node, words)


@command(
    {
        "link": "the name of a link",
        "file FILE": "write the packets to FILE as pcap, for Wireshark (- for standard output)",
        "topology TOPOLOGY": RUNNING_HELP,
    }
)
@verb
def lab_capture(_: Context, link: str, file: str | None = None, topology: str | None = None) -> int:
    """Show the packets of a link, until Ctrl-C."""
    from lab.api import look

    taken = look.capture(topology, link, Path(file) if file else None, lambda line: print(plain(line), flush=True))
    say(f"{taken} packets of {link}")
    return 0


@command(_BREAK_HELP, several=["with_"])
@verb
def lab_break(
    _: Context,
    fault: str,
    target: str,
    for_: str | None = None,
    with_: list[str] | None = None,
    topology: str | None = None,
    json: str | None = None,
) -> int:
    """Break something in a lab by hand."""
    from lab.api import breaks
    from lab.views.lab.changes import hand_fault_json

    order = breaks.ByHand(lab=topology, kind=fault, target=target, duration=for_, parameters=tuple(with_ or ()))
    with progress(json) as shown:
        broken = breaks.break_by_hand(order, shown.say)
    write(json, hand_fault_json(broken))
    return 0


@command(
    {
        "fault FAULT": "undo only this fault of lab-break, for instance 'silent-loss dx1' or dx1. May be given several times. Other faults "
        "stay in force (default: repair everything)",
        "topology TOPOLOGY": RUNNING_HELP,
        "json FILE": JSON_HELP,
    },
    several=["fault"],
)
@verb
def lab_heal(_: Context, fault: list[str] | None = None, topology: str | None = None, json: str | None = None) -> int:
    """Repair a lab. Returns when every flow works again."""
    from lab.api import breaks
    from lab.views.lab.changes import healed_json, print_healed, print_undone, undone_json

    if fault:
        result = breaks.undo_by_hand(topology, fault)
        print_undone(console(json), result.undone, result.left)
        write(json, undone_json(result.undone, result.left))
        return 0
    found = breaks.heal(topology)
    print_healed(console(json), found)
    write(json, healed_json(found))
    return 0


_FILE_HELP = {"file": "the path of the file, for instance node.tar.gz"}


@command({**_FILE_HELP, "monitor": "the image of Prometheus and Alertmanager, instead of that of the nodes"})
@verb
def image_save(_: Context, file: str, monitor: bool = False) -> int:
    """Write the image of nodes to a file, for a host offline

    Builds the image first if this host does not have it.
    """
    from pathlib import Path

    from lab.api import images

    with progress(None) as shown:
        tag = images.save(Path(file), shown.say, monitor=monitor)
    say(f"{tag} is in {file} ({Path(file).stat().st_size // 2**20} MB; load it with image-load)")
    return 0


@command(_FILE_HELP)
@verb
def image_load(_: Context, file: str) -> int:
    """Load an image that image-save has written."""
    from pathlib import Path

    from lab.api import images

    with progress(None) as shown:
        tag = images.load(Path(file), shown.say)
    say(f"{tag} is loaded")
    return 0
