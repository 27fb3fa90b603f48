"""Make a topology of an AWS account, or find where an account and a topology differ. Nothing is written here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lab import importers
from lab.errors import InputError, Problem
from lab.importers.account import Account
from lab.importers.build import Imported, chosen, mistakes, topology_of, with_bearers
from lab.importers.draft import sites_draft
from lab.importers.drift import differences
from lab.importers.files import account_from, read_account
from lab.intent import Commented, dotted, read_commented, read_commented_text, read_sites
from lab.model.imported import Drifted, ImportDone
from lab.model.topology import Topology
from lab.model.where import Where
from lab.runtime.aws import collect

_OPTIONAL = ("inside_cidrs", "bandwidth")
"""Keys that a topology may leave out. Then there is nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a user asks for.

    - `files`: JSON files and folders. () if AWS is asked, with `profile` and in `regions` (() is all).
    - `check`: the topology file to compare with, None to make a topology.
    """

    files: tuple[Path, ...]
    sites: Path
    check: Path | None = None
    profile: str | None = None
    regions: tuple[str, ...] = ()


def import_aws(order: Order, say: Callable[[str], None]) -> ImportDone:
    """The topology of an account. If there is no sites file: a draft of one. Raises one InputError that lists every problem."""
    account = read_account(order.files) if order.files else account_from(collect(order.profile, order.regions, say))
    return made_of(account, order, "import-aws")


def made_of(account: Account, order: Order, made_by: str) -> ImportDone:
    """The topology of an account that is read, or a draft of a sites file. `made_by`: the command, for the first line of the text."""
    if chosen(account).is_empty:
        raise InputError(list(_nothing(order, account)))
    if order.check is None and not order.sites.exists():
        return ImportDone(draft=sites_draft(account, made_by))
    imported = _imported(account, order.sites, made_by)
    made = _checked(imported, order.sites)
    if order.check is None:
        return ImportDone(
            text=imported.text,
            name=made.topology.name,
            checks=imported.checks,
            counts=_counts(made.topology),
            remarks=imported.remarks,
        )
    return ImportDone(remarks=imported.remarks, drifted=tuple(_drifted(read_commented(order.check), made, imported)))


def collecting_script() -> str:
    """The script that collects an account's files with the AWS CLI. It only reads, and leaves secrets out."""
    return (Path(importers.__file__).parent / "collect-aws.sh").read_text(encoding="utf-8")


def _imported(account: Account, sites: Path, made_by: str) -> Imported:
    written = read_sites(sites)
    account = with_bearers(account, written.sites)
    kept = chosen(account, written.sites.leave_out)
    written.refuse((each.where, each.message) for each in mistakes(written.sites, kept, account))
    if kept.is_empty:
        message = "everything that leads to AWS is in leave_out (remove some of its entries)"
        raise InputError([Problem(place=f"{sites}:{written.document.line(('leave_out',))}", message=message)])
    imported = topology_of(account, written.sites, made_by)
    if not imported.flows:
        message = "no site reaches a VPC of the account, so no flow can be chosen (write flows here, for instance between two sites)"
        raise InputError([Problem(place=f"{sites}:1", message=message)])
    return imported


def _checked(imported: Imported, sites: Path) -> Commented:
    """The topology, read as any other. Raises InputError if AWS has what the language refuses."""
    try:
        return read_commented_text(imported.text, Path("topology"))
    except InputError as error:
        ids = {name: id_ for id_, name in imported.names}
        way_out = "nothing was written (correct this file, or add the AWS ids named above to leave_out)"
        problems = [Problem(place="the imported topology", message=_with_id(each, ids)) for each in error.problems]
        raise InputError([*problems, Problem(place=str(sites), message=way_out)]) from None


def _with_id(problem: Problem, ids: dict[str, str]) -> str:
    """A problem of the imported topology, with AWS's id of the thing that it is about. A line would be of no file."""
    parts = problem.message.partition(": ")[0].replace("[", ".").split(".")
    about = next((ids[part] for part in reversed(parts) if part in ids), "")
    return f"{problem.message}{f' [{about}]' if about else ''}"


def _drifted(file: Commented, made: Commented, imported: Imported) -> Iterator[Drifted]:
    ids = {name: id_ for id_, name in imported.names}
    unknown = frozenset(_unsaid(file) | _unsaid(made) | set(imported.unknown))
    for each in differences(file.topology, made.topology, ids, unknown):
        yield Drifted(place=f"{file.document.path}:{file.line(each.where)}: {dotted(each.where)}", aws=each.aws, file=each.file)


def _unsaid(commented: Commented) -> set[Where]:
    """The places of optional values that a file does not have."""
    topology = commented.topology
    entries = [("vpn_connections", each.name) for each in topology.vpn_connections]
    circuits = [("direct_connect", "connections", each.name) for each in topology.connections]
    places = ((*entry, key) for entry in (*entries, *circuits) for key in _OPTIONAL)
    return {place for place in places if place not in commented.document.lines}


def _counts(topology: Topology) -> tuple[tuple[str, int], ...]:
    return (
        ("data centre", len(topology.data_centers)),
        ("VPC", len(topology.vpcs)),
        ("gateway", len(topology.gateways)),
        ("Direct Connect gateway", len(topology.direct_connect_gateways)),
        ("circuit", len(topology.connections)),
        ("virtual interface", len(topology.virtual_interfaces)),
        ("VPN connection", len(topology.vpn_connections)),
        ("flow", len(topology.flows)),
    )


def _nothing(order: Order, account: Account) -> Iterator[Problem]:
    """Why nothing of an account comes in: it has no connection to a site, or none that the language can say."""
    place = ", ".join(map(str, order.files)) or f"profile {order.profile}"
    if not account.vpn_connections and not account.virtual_interfaces:
        message = "there is no VPN connection and no virtual interface, so nothing leads to a site (is this the right account and Region?)"
        yield Problem(place=place, message=message)
    for each in chosen(account).remarks if account.vpn_connections or account.virtual_interfaces or account.unread else ():
        if each.is_left_out:
            yield Problem(place=place, message=f"{each.id}: {each.what}: {each.why}")
