"""Ask AWS with boto3. Only this file knows boto3, which is installed with the extra `aws`. It only reads, and it keeps no answer."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lab.errors import HostError
from lab.importers.calls import CALLS, NOT_READ, Call, Each
from lab.importers.printed import Printed
from lab.importers.private import harmless
from lab.program import COMMAND, IS_CLONE

_FIRST_REGION = "us-east-1"
"""Asked for the list of Regions if the profile names no Region."""

_OWNERS = {
    Each.TRANSIT_TABLE: ("TransitGatewayRouteTables", "TransitGatewayRouteTableId", "TransitGatewayRouteTableId"),
    Each.VIRTUAL_INTERFACE: ("virtualInterfaces", "virtualInterfaceId", "virtualInterfaceId"),
    Each.DX_GATEWAY: ("directConnectGateways", "directConnectGatewayId", "directConnectGatewayId"),
}
"""For a call that is made once for every thing of a kind: the list that has these things, the key of their id, and its parameter."""

_REFUSED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException"})
"""The codes by which AWS says that the profile may not make a call (EC2 API, common errors; Direct Connect API, common errors)."""

_MORE = "AdditionalRoutesAvailable"

_STATIC = [{"Name": "type", "Values": ["static"]}]


class Session(Protocol):
    """What we need of a session of boto3."""

    @property
    def region_name(self) -> str | None:
        """The Region of the profile. None if it names none."""

    def client(self, service_name: str, region_name: str) -> object:
        """A client of a service. It has a method for each operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A session, and the exceptions by which it says that AWS cannot be asked or refuses to answer."""

    session: Session
    refusals: tuple[type[Exception], ...]


def collect(profile: str | None, regions: Sequence[str], say: Callable[[str], None]) -> tuple[Printed, ...]:
    """All that AWS says about the network of an account. `regions`: () asks all Regions that are enabled.

    Raises HostError if boto3 is missing, or if AWS cannot be asked.
    """
    return tuple(collected(_access(profile), regions, say))


class _UnansweredError(Exception):
    """AWS did not answer a call. `is_denied`: it answered that the profile may not make it."""

    def __init__(self, call: Call, region: str, error: Exception) -> None:
        self.is_denied = _code(error) in _REFUSED
        super().__init__(f"AWS does not answer {call.command} in {region}: {harmless(str(error))}")


def collected(access: Access, regions: Sequence[str], say: Callable[[str], None]) -> Iterator[Printed]:
    """The answers of all calls. Progress is told for each Region. A call that AWS does not answer is told in the last one."""
    chosen = tuple(regions) or _enabled(access)
    unanswered: list[Mapping[str, object]] = []
    is_heard = not regions
    for number, region in enumerate(chosen):
        say(f"asking AWS about {region} ({number + 1} of {len(chosen)})")
        lists: dict[str, list[Mapping[str, object]]] = {}
        for call in CALLS:
            if number and call.each in {Each.ACCOUNT, Each.DX_GATEWAY}:
                continue  # these are the same in every Region
            try:
                yield from _printed(access, call, region, lists)
                is_heard = is_heard or call.key in lists
            except _UnansweredError as error:
                if not is_heard and not error.is_denied:
                    raise HostError(f"{error} (check the profile and the network)") from None
                say(f"not read: {call.command} in {region}. It needs the permission {call.permission}")
                unanswered.append({"call": call.command, "region": region})
    if not is_heard:
        needed = "ec2:Describe*, ec2:SearchTransitGatewayRoutes, directconnect:Describe*, directconnect:ListVirtualInterfaceRoutes"
        raise HostError(f"AWS refused every call (give the profile these permissions: {needed})")
    yield Printed(file="what AWS answered", region="", data={NOT_READ: unanswered})


def _printed(access: Access, call: Call, region: str, lists: dict[str, list[Mapping[str, object]]]) -> Iterator[Printed]:
    """The answers of one call: one for each thing for which it is made. They are also added to `lists`."""
    for arguments in _arguments(call, lists):
        answer = _asked(access, call, region, arguments)
        found = answer[call.key]
        lists.setdefault(call.key, []).extend(found if isinstance(found, list) else ())
        beside = {key: value for key, value in arguments.items() if key != "Filters"}
        yield Printed(file=f"{call.command} in {region}", region=region, data={**beside, **answer})


def _arguments(call: Call, lists: Mapping[str, list[Mapping[str, object]]]) -> Iterator[dict[str, object]]:
    if call.each not in _OWNERS:
        yield {}
        return
    section, key, parameter = _OWNERS[call.each]
    for owner in lists.get(section, ()):
        yield {parameter: owner[key], **({"Filters": _STATIC} if call.operation == "search_transit_gateway_routes" else {})}


def _asked(access: Access, call: Call, region: str, arguments: Mapping[str, object]) -> dict[str, object]:
    """The whole list that a call gives, from all its pages, under its key. `AdditionalRoutesAvailable` is kept if AWS gives no next page.

    Raises _UnansweredError.
    """
    found: list[Mapping[str, object]] = []
    token: dict[str, object] = {}
    try:
        operation = getattr(access.session.client(call.service, region_name=region), call.operation, None)
        if operation is None and call.is_optional:
            return {call.key: []}
        while operation:
            page = operation(**arguments, **token)
            found += page.get(call.key, ())
            token = {key: page[key] for key in ("NextToken", "nextToken") if page.get(key)}
            if not token:
                return {call.key: found, **({_MORE: True} if page.get(_MORE) else {})}
    except access.refusals as error:
        if call.is_optional:
            return {call.key: []}
        raise _UnansweredError(call, region, error) from None
    raise HostError(f"boto3 is too old for {call.command} (update it: pip install --upgrade boto3)")


def _code(error: Exception) -> str:
    """The code of an error that AWS answered, such as `UnauthorizedOperation`. "" if AWS did not answer at all."""
    response = getattr(error, "response", {})
    return str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""


def _enabled(access: Access) -> tuple[str, ...]:
    """The Regions that are enabled in the account."""
    region = access.session.region_name or _FIRST_REGION
    call = Call(service="ec2", operation="describe_regions", key="Regions")
    try:
        found = _asked(access, call, region, {})[call.key]
    except _UnansweredError as error:
        way_out = f"name the Regions with --region, or give the profile the permission {call.permission}"
        raise HostError(f"{error} ({way_out})") from None
    return tuple(sorted(str(each["RegionName"]) for each in found)) if isinstance(found, list) else ()


def _access(profile: str | None) -> Access:
    try:
        boto3 = importlib.import_module("boto3")
        exceptions = importlib.import_module("botocore.exceptions")
    except ImportError:
        way_out = ".venv/bin/pip install boto3" if IS_CLONE else "pipx inject failover-lab boto3, or pip install 'failover-lab[aws]'"
        message = (
            f"boto3 is not installed, and only it can ask AWS (install it: {way_out}; or collect files: {COMMAND} import-aws --script)"
        )
        raise HostError(message) from None
    refusals = (exceptions.BotoCoreError, exceptions.ClientError)
    try:
        return Access(session=boto3.Session(profile_name=profile), refusals=refusals)
    except refusals as error:
        raise HostError(f"the profile {profile!r} cannot be used: {harmless(str(error))} (see ~/.aws/config)") from None
