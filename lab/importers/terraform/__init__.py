"""TERRAFORM: what `terraform show -json` prints, of a state or of a plan → declared resources. One function, `resources_of`.

Law: a value that Terraform marks as sensitive is never read. Nor is any key, whatever it is marked as.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lab.importers.declared import Resource
from lab.importers.record import Record
from lab.importers.regions import is_region
from lab.importers.terraform.address import is_harmless, label, without_secrets
from lab.importers.terraform.hidden import hidden, is_key, visible
from lab.importers.terraform.plan import Made, Plan, Shown

__all__ = ["resources_of"]

_NOT_BEFORE_APPLY = "is known only after apply, and the plan does not say what it will be"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file: its path as the user wrote it, the Region in it ("" if none), what stands before its addresses, and its plan."""

    path: str
    prefix: str
    region: str
    plan: Plan


def resources_of(document: Record, region: str, prefix: str) -> Iterator[Resource]:
    """Every resource in a state or a plan. `region`: the one that the path names, "" if none.

    `prefix`: what stands before the address of a resource that AWS has not made yet, so that two plans may have the same addresses.
    """
    is_plan = "planned_values" in document.data
    shown = list(_shown(document.record("planned_values" if is_plan else "values").record("root_module")))
    if is_plan:
        before = _shown(document.record("prior_state").record("values").record("root_module"))
        here = {each.address for each in shown}
        shown += [each for each in before if each.is_data and each.address not in here]
    file = _File(path=document.file, prefix=prefix, region=region, plan=Plan(document.data if is_plan else {}, shown))
    yield from (_resource(each, file) for each in shown)


def _shown(module: Record) -> Iterator[Shown]:
    """The resources of a module, and those of the modules in it."""
    for each in module.records("resources"):
        values = each.record("values").data
        yield Shown(
            address=each.text("address"),
            module=module.text_or("address"),
            kind=each.text("type"),
            name=each.text("name"),
            index=index if isinstance(index := each.data.get("index"), int | str) else None,
            is_data=each.text_or("mode") == "data",
            values={key: value for key, value in values.items() if not is_key(key)},
            sensitive=each.record("sensitive_values").data,
        )
    for child in module.records("child_modules"):
        yield from _shown(child)


def _resource(shown: Shown, file: _File) -> Resource:
    values = visible(shown.values, shown.sensitive)
    written = without_secrets(shown.address)
    unknown = {key: f"{key} is marked as sensitive, so it is not read" for key in hidden(shown.values, shown.sensitive)}
    for key in file.plan.unknown(shown):
        meant = file.plan.meant(shown, key)
        if meant is None:
            unknown[key] = f"{key} {_NOT_BEFORE_APPLY}"
        elif isinstance(meant, Made):
            values[key] = meant.id or f"{file.prefix}{without_secrets(meant.address)}"
    id_ = values.get("id")
    is_made = isinstance(id_, str) and bool(id_)
    return Resource(
        kind=shown.kind,
        id=str(id_) if is_made else f"{file.prefix}{written}",
        written=written,
        file=file.path,
        region=_region(shown, file),
        values=values,
        unknown=unknown,
        label="" if is_made or not is_harmless(shown.address) else label(shown.address),
        is_data=shown.is_data,
    )


def _region(shown: Shown, file: _File) -> str:
    """The Region: version 6 of the provider says it. Earlier ones say it in the ARN. A plan has that of the provider."""
    for found in (shown.values.get("region"), _in_arn(shown.values), file.plan.region(shown), file.region):
        if isinstance(found, str) and is_region(found):
            return found
    return ""


def _in_arn(values: Mapping[str, object]) -> str:
    """The Region in an ARN: `arn:aws:ec2:us-east-1:…`. "" if there is none."""
    parts = str(values.get("arn") or "").split(":")
    return parts[3] if len(parts) > 3 else ""
