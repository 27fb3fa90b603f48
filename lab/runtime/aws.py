"""Ask AWS with boto3. Only this file knows boto3, which is installed with the extra `aws`. It only reads, and it keeps no answer."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lab.errors import HostError
from lab.importers.calls import CALLS, Call, Each
from lab.importers.printed import Printed
from lab.program import COMMAND, IS_CLONE

_FIRST_REGION = "us-east-1"
"""Asked for the list of Regions if the profile names no Region."""

_OWNERS = {
    Each.TRANSIT_TABLE: ("TransitGatewayRouteTables", "TransitGatewayRouteTableId", "TransitGatewayRouteTableId"),
    Each.VIRTUAL_INTERFACE: ("virtualInterfaces", "virtualInterfaceId", "virtualInterfaceId"),
    Each.DX_GATEWAY: ("directConnectGateways", "directConnectGatewayId", "directConnectGatewayId"),
}
"""For a call that is made once for every thing of a kind: the list that has these things, the key of their id, and its parameter."""

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


def collected(access: Access, regions: Sequence[str], say: Callable[[str], None]) -> Iterator[Printed]:
    """The answers of all calls. Progress is told for each Region."""
    chosen = tuple(regions) or _enabled(access)
    for number, region in enumerate(chosen):
        say(f"asking AWS about {region} ({number + 1} of {len(chosen)})")
        lists: dict[str, list[Mapping[str, object]]] = {}
        for call in CALLS:
            if number and call.each in {Each.ACCOUNT, Each.DX_GATEWAY}:
                continue  # these are the same in every Region
            for arguments in _arguments(call, lists):
                answer = _asked(access, call, region, arguments)
                lists.setdefault(call.key, []).extend(answer)
                beside = {key: value for key, value in arguments.items() if key != "Filters"}
                yield Printed(file=f"{call.service} {call.operation} in {region}", region=region, data={**beside, call.key: answer})


def _arguments(call: Call, lists: Mapping[str, list[Mapping[str, object]]]) -> Iterator[dict[str, object]]:
    if call.each not in _OWNERS:
        yield {}
        return
    section, key, parameter = _OWNERS[call.each]
    for owner in lists.get(section, ()):
        yield {parameter: owner[key], **({"Filters": _STATIC} if call.each is Each.TRANSIT_TABLE else {})}


def _asked(access: Access, call: Call, region: str, arguments: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The whole list that a call gives, from all its pages."""
    found: list[Mapping[str, object]] = []
    token: dict[str, object] = {}
    try:
        operation = getattr(access.session.client(call.service, region_name=region), call.operation, None)
        if operation is None and call.is_optional:
            return []
        while operation:
            page = operation(**arguments, **token)
            found += page.get(call.key, ())
            token = {key: page[key] for key in ("NextToken", "nextToken") if page.get(key)}
            if not token:
                return found
    except access.refusals as error:
        if call.is_optional:
            return []
        way_out = "check the profile's rights, or name the Regions that it may read with --region"
        raise HostError(f"AWS does not answer {call.service} {call.operation} in {region}: {error} ({way_out})") from None
    raise HostError(f"boto3 is too old for {call.service} {call.operation} (update it: pip install --upgrade boto3)")


def _enabled(access: Access) -> tuple[str, ...]:
    """The Regions that are enabled in the account."""
    region = access.session.region_name or _FIRST_REGION
    call = Call(service="ec2", operation="describe_regions", key="Regions")
    return tuple(sorted(str(each["RegionName"]) for each in _asked(access, call, region, {})))


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
        raise HostError(f"the profile {profile!r} cannot be used: {error} (see ~/.aws/config)") from None
