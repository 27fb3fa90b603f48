"""A plan: which values are known only after apply, and to which resource such a value leads.

A plan has no id of what is not made yet. It has the expressions of the configuration. If such an expression names exactly one resource
whose value can be unknown, the value is that resource. Otherwise it is not known, and is never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.importers.terraform.address import index_of, parent, steps, within, without_index

_CONSTANT = ("each.key", "count.index", "path.", "terraform.")
"""What is always known in a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A resource as Terraform shows it. `module`: the address of its module, "" for the root. `index`: of `count` or `for_each`."""

    address: str
    module: str
    kind: str
    name: str
    index: object
    is_data: bool
    values: Mapping[str, object]
    sensitive: Mapping[str, object]

    @property
    def block(self) -> str:
        """Its name in the module: `aws_vpc.main`, `data.aws_vpc.main`."""
        return f"{'data.' if self.is_data else ''}{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """Where an expression is written: the module, and the index of the block that has it. `for_each`: what its `for_each` refers to."""

    module: str
    index: object
    keys: frozenset[object]
    for_each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A resource to which a value leads. `id`: AWS's, "" if AWS has not made it yet."""

    id: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """Nobody wrote the value, so AWS chooses it."""


class _OpenError(Exception):
    """An expression refers to something of which the plan does not say what it is."""


class Plan:
    """A plan of Terraform. An empty document is a state, in which everything is known."""

    def __init__(self, document: Mapping[str, object], shown: Sequence[Shown]) -> None:
        self._configuration = _at(document, "configuration")
        self._variables = _at(document, "variables")
        self._changes = {str(each.get("address")): _at(each, "change", "after_unknown") for each in _list(document, "resource_changes")}
        self._blocks: dict[tuple[str, str], list[Shown]] = {}
        for each in shown:
            self._blocks.setdefault((each.module, each.block), []).append(each)
        self._modules = frozenset(outer for module, _ in self._blocks for outer in within(module))

    def unknown(self, shown: Shown) -> Iterator[str]:
        """The attributes of a resource that are known only after apply."""
        yield from (key for key, value in self._changes.get(shown.address, {}).items() if value is True and key != "id")

    def meant(self, shown: Shown, key: str) -> Made | Unwritten | None:
        """What an unknown value will be. None if the plan does not say it."""
        block = self._block(shown)
        if not block:
            return None
        references = _references(_at(block, "expressions", key))
        try:
            found = dict.fromkeys(self._resolve(references, self._within(shown)))
        except (_OpenError, RecursionError):
            return None
        return None if len(found) > 1 else next(iter(found), Unwritten())

    def region(self, shown: Shown) -> str:
        """The Region of the provider of a resource. "" if the plan does not say it."""
        key = str(self._block(shown).get("provider_config_key", ""))
        providers = _at(self._configuration, "provider_config")
        written = _at(providers, key, "expressions", "region") or _at(providers, key.rpartition(":")[2], "expressions", "region")
        value: object = written.get("constant_value")
        for reference in _references(written):
            if reference.startswith("var."):
                value = value or _at(self._variables, steps(reference)[1]).get("value")
        return value if isinstance(value, str) else ""

    def _resolve(self, references: Iterable[str], scope: _Scope) -> Iterator[Made]:
        """All resources that an expression refers to. Raises _OpenError if a part of it is not known."""
        longest = _longest(references)
        for each in longest:
            if each.startswith(_CONSTANT):
                continue
            first, *rest = steps(each)
            match first:
                case "each":
                    yield from self._resolve(scope.for_each, scope)
                case "var":
                    yield from self._variable(rest[0], scope)
                case "module":
                    yield from self._output(rest, scope)
                case "local" | "self" | "count":
                    raise _OpenError
                case _:
                    yield from self._instances(each, scope)

    def _variable(self, name: str, scope: _Scope) -> Iterator[Made]:
        """What the module that calls this one gives to a variable. A variable of the root is always known."""
        if not scope.module:
            return
        outer = self._around(scope.module)
        made = _at(self._module(outer.module), "module_calls", parent(scope.module)[1])
        yield from self._resolve(_references(_at(made, "expressions", without_index(name))), outer)

    def _output(self, rest: Sequence[str], scope: _Scope) -> Iterator[Made]:
        """What an output of a module refers to."""
        if len(rest) < 2:
            raise _OpenError
        address = f"{scope.module}.module.{rest[0]}".lstrip(".")
        output = _at(self._module(address), "outputs", without_index(rest[1]), "expression")
        yield from self._resolve(_references(output), _Scope(module=address, index=None, keys=frozenset()))

    def _instances(self, reference: str, scope: _Scope) -> Iterator[Made]:
        """The instance of a block that is meant, if there is one. Raises _OpenError if several can be."""
        parts = steps(reference)
        named = parts[:3] if parts[0] == "data" else parts[:2]
        index = index_of(named[-1])
        here = self._blocks.get((scope.module, ".".join((*named[:-1], without_index(named[-1])))), [])
        if index is not None:
            here = [each for each in here if each.index == index]
        elif len(here) > 1 and {each.index for each in here} == scope.keys:
            # Both have the same keys, so each.key and count.index mean the same one.
            here = [each for each in here if each.index == scope.index]
        if len(here) > 1:
            raise _OpenError
        yield from (Made(id=str(each.values.get("id") or ""), address=each.address) for each in here)

    def _within(self, shown: Shown) -> _Scope:
        """Where the expressions of a resource are written."""
        keys = frozenset(each.index for each in self._blocks[shown.module, shown.block])
        return _Scope(
            module=shown.module, index=shown.index, keys=keys, for_each=_references(_at(self._block(shown), "for_each_expression"))
        )

    def _around(self, module: str) -> _Scope:
        """Where the call of a module is written."""
        above, call, index = parent(module)
        keys = frozenset(other[2] for each in self._modules if (other := parent(each))[:2] == (above, call))
        made = _at(self._module(above), "module_calls", call)
        return _Scope(module=above, index=index, keys=keys, for_each=_references(_at(made, "for_each_expression")))

    def _block(self, shown: Shown) -> Mapping[str, object]:
        """A resource as the configuration writes it."""
        for each in _list(self._module(shown.module), "resources"):
            if each.get("type") == shown.kind and each.get("name") == shown.name and (each.get("mode") == "data") == shown.is_data:
                return each
        return {}

    def _module(self, address: str) -> Mapping[str, object]:
        """A module as the configuration writes it."""
        found = _at(self._configuration, "root_module")
        for step in steps(address)[1::2]:
            found = _at(found, "module_calls", without_index(step), "module")
        return found


def _longest(references: Iterable[str]) -> list[str]:
    """The references without those that are the beginning of another one: Terraform lists `a.b.id` and `a.b`."""
    every = list(dict.fromkeys(references))
    return [each for each in every if not any(other != each and other.startswith((f"{each}.", f"{each}[")) for other in every)]


def _references(expression: Mapping[str, object]) -> tuple[str, ...]:
    listed = expression.get("references")
    return tuple(each for each in listed if isinstance(each, str) and len(steps(each)) > 1) if isinstance(listed, list) else ()


def _at(data: Mapping[str, object], *keys: str) -> Mapping[str, object]:
    """The object at a path of keys. An empty one if there is none."""
    for key in keys:
        found = data.get(key)
        data = found if isinstance(found, dict) else {}
    return data


def _list(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = data.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
