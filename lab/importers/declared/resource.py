"""A resource that Terraform or a CloudFormation template declares. `kind` and the keys of `values` are Terraform's words for both."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

UNREAD, IN_PART = "unread", "in part"
"""Kinds of what could not be read at all, or only in part. The `unknown` of such a resource says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource.

    - `kind`: Terraform's type, such as `aws_vpn_connection`, or UNREAD or IN_PART.
    - `id`: AWS's id. If AWS has not made it yet: its address in Terraform, or its logical id in a template.
    - `written`: its address or logical id, for messages. It has no address of a host and no secret in it.
    - `label`: what the user calls it, if nothing else names it. "" if AWS has made it, so that the names are those of `import-aws`.
    - `values`: what is known. `unknown`: for each value that is written, but not known, the reason as words in a message.
    - `is_data`: Terraform only reads it (a data source).
    """

    kind: str
    id: str
    written: str
    file: str
    region: str
    values: Mapping[str, object]
    unknown: Mapping[str, str]
    label: str = ""
    is_data: bool = False

    def get(self, *keys: str) -> object:
        """The value at the first of these keys that has one. None if none has."""
        return next((value for key in keys if (value := self.values.get(key)) is not None and value != ""), None)

    def text(self, *keys: str) -> str:
        """The text at the first of these keys that has one. "" if none has."""
        return next((value for key in keys if isinstance(value := self.values.get(key), str) and value), "")

    def each(self, key: str) -> Iterator[Mapping[str, object]]:
        """The objects in the list at a key."""
        values = self.values.get(key)
        yield from (each for each in values if isinstance(each, dict)) if isinstance(values, list) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A connection or a LAG: where it ends. `device`, `hardware`: as in an account. Terraform knows only the hardware (`aws_device`)."""

    id: str
    region: str
    location: str
    device: str
    hardware: str


class Declared:
    """All resources of all files. A data source gives way to the resource itself. `circuits`: those that other files have."""

    def __init__(self, resources: Iterable[Resource], circuits: Iterable[Circuit] = ()) -> None:
        self._circuits = {each.id: each for each in circuits}
        ordered = sorted(resources, key=lambda each: each.is_data)
        self._by_kind: dict[str, list[Resource]] = {}
        self._by_id: dict[str, Resource] = {}
        for each in ordered:
            first = self._by_id.setdefault(each.id, each)
            if each.is_data and first is not each and first.kind == each.kind:
                continue
            self._by_kind.setdefault(each.kind, []).append(each)

    def __iter__(self) -> Iterator[Resource]:
        for resources in self._by_kind.values():
            yield from resources

    def of(self, *kinds: str) -> Iterator[Resource]:
        """The resources of these kinds."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    def find(self, id_: str) -> Resource | None:
        """The resource with an id. None if no file has it."""
        return self._by_id.get(id_)

    def circuit(self, id_: str) -> Circuit | None:
        """The connection or LAG with an id. None if no file has it."""
        found = self._by_id.get(id_)
        if found is None or found.kind not in {"aws_dx_connection", "aws_dx_lag"}:
            return self._circuits.get(id_)
        return Circuit(id=id_, region=found.region, location=found.text("location"), device="", hardware=found.text("aws_device"))
