"""Values of a template: what `Ref`, `Fn::GetAtt`, `Fn::Sub` and the other functions give, as far as the template alone says it."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lab.importers.cloudformation.conditions import CONDITIONS

_IN_TEXT = re.compile(r"\$\{(!?)([^}]*)\}")
_DYNAMIC = "{{resolve:"
_ARN = re.compile(r"arn:[^:]+:directconnect:[^:]*:[^:]*:(?:dxcon|dxlag|dx-gateway|dxvif)/(.+)")
_OF_AN_ARN = {"AWS::AccountId": "000000000000", "AWS::Partition": "aws"}
"""What stands in an ARN. The account does not matter: no account id comes in."""

NO_VALUE = "AWS::NoValue"

Exported = Mapping[str, Callable[[], object]]
"""For each name that templates export: what gives its value, or raises UnknownError."""


class UnknownError(Exception):
    """The template alone does not say a value. The text is the reason, as words in a message."""


class Absent:
    """What `AWS::NoValue` gives: the property is not there."""


class Values:
    """The values of one template.

    A resource that it declares is its logical id, with `prefix` before it. `region`: of the stack, "" if unknown. `defaults`: parameters
    whose defaults were used.
    """

    def __init__(self, template: Mapping[str, object], region: str, prefix: str, exported: Exported | None = None) -> None:
        self.defaults: set[str] = set()
        self._prefix = prefix
        self._parameters = _objects(template.get("Parameters"))
        self._resources = _objects(template.get("Resources"))
        self._mappings = _objects(template.get("Mappings"))
        self._conditions = _objects(template.get("Conditions"))
        self._region = region
        self._exported = exported or {}

    def exports(self, outputs: object) -> Iterator[tuple[str, Callable[[], object]]]:
        """The names that the template exports, each with what gives its value. `outputs`: its section Outputs."""
        for output in _objects(outputs).values():
            named = _objects(_objects(output).get("Export")).get("Name")
            try:
                name = self.of(named)
            except (UnknownError, RecursionError):
                continue
            if isinstance(name, str):
                yield name, partial(self.of, _objects(output).get("Value"))

    def of(self, written: object) -> object:
        """The value of something written in a template. Raises UnknownError, also if a part of it is unknown."""
        match written:
            case dict() if len(written) == 1 and (name := next(iter(written))) in _FUNCTIONS:
                return self._call(name, written[name])
            case dict():
                pairs = ((key, self.of(value)) for key, value in written.items())
                return {key: value for key, value in pairs if not isinstance(value, Absent)}
            case list():
                return [value for each in written if not isinstance(value := self.of(each), Absent)]
            case str() if _DYNAMIC in written:
                raise UnknownError("it is looked up in another service when the stack is deployed")
            case str():
                return _id_in(written)
            case _:
                return written

    def holds(self, condition: str) -> bool:
        """Whether a named condition is true. Raises UnknownError."""
        if condition not in self._conditions:
            raise UnknownError(f"the template has no condition {condition}")
        return self._is_true(self._conditions[condition])

    def _is_true(self, written: object) -> bool:
        match written:
            case {"Condition": str() as name}:
                return self.holds(name)
            case dict() if len(written) == 1 and (name := next(iter(written))) in CONDITIONS:
                return CONDITIONS[name](written[name], self.of, self._is_true)
            case _:
                raise UnknownError("a condition of the template has a form that the importer does not know")

    def _call(self, name: str, given: object) -> object:
        match name, _in_full(name, given):
            case "Ref", str() as of:
                return self._ref(of)
            case "Fn::GetAtt", [str() as of, str() as attribute]:
                return self._attribute(of, attribute)
            case "Fn::Sub", [str() as text, dict() as own]:
                return self._filled(text, own)
            case "Fn::If", [str() as condition, then, otherwise]:
                return self.of(then if self.holds(condition) else otherwise)
            case _:
                return self._of_lists(name, given)

    def _of_lists(self, name: str, given: object) -> object:
        match name, self.of(_joined_arn(given)):
            case "Fn::Join", [str() as between, list() as parts]:
                return _id_in(between.join(map(_text, parts)))
            case "Fn::Select", [int() | str() as index, list() as parts] if str(index).isdigit() and int(index) < len(parts):
                return parts[int(index)]
            case "Fn::Split", [str() as between, str() as text] if between:
                return text.split(between)
            case "Fn::FindInMap", [str() as mapping, first, second, *_]:
                found = _objects(_objects(self._mappings.get(mapping)).get(str(first))).get(str(second))
                if found is not None:
                    return found
            case "Fn::ImportValue", str() as exported if exported in self._exported:
                return self._exported[exported]()
            case "Fn::ImportValue", _:
                raise UnknownError("another stack exports it, and no given template does (also give the template of that stack)")
        raise UnknownError(f"{name} is used in a form that the importer does not know")

    def _ref(self, name: str) -> object:
        if name in self._resources:
            return f"{self._prefix}{name}"
        if name == NO_VALUE:
            return Absent()
        if name == "AWS::Region" and self._region:
            return self._region
        if name not in self._parameters:
            raise UnknownError(f"{name} is known only when the stack is deployed")
        parameter = _objects(self._parameters[name])
        kind = str(parameter.get("Type", "String"))
        if str(parameter.get("NoEcho", "")).lower() == "true":
            raise UnknownError(f"the parameter {name} has NoEcho, so it is not read")
        if "Default" not in parameter or kind.startswith("AWS::SSM::"):
            raise UnknownError(f"the parameter {name} has no default in the template")
        self.defaults.add(name)
        default = parameter["Default"]
        is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
        return [each.strip() for each in default.split(",")] if is_list and isinstance(default, str) else default

    def _attribute(self, of: str, attribute: str) -> object:
        """An attribute of a resource: a property that the template writes, or else its id."""
        if of not in self._resources:
            raise UnknownError(f"the template has no resource {of}")
        written = _objects(_objects(self._resources[of]).get("Properties")).get(attribute)
        if written is not None:
            return self.of(written)
        if attribute.endswith(("Id", "Arn")):
            return f"{self._prefix}{of}"
        raise UnknownError(f"{of}.{attribute} is known only when the stack is deployed")

    def _filled(self, text: str, own: Mapping[str, object]) -> str:
        def value(match: re.Match[str]) -> str:
            name = match[2].strip()
            if match[1]:
                return f"${{{name}}}"
            if text.startswith("arn:") and name in _OF_AN_ARN:
                return _OF_AN_ARN[name]
            if name in own:
                return _text(self.of(own[name]))
            of, dot, attribute = name.partition(".")
            return _text(self._attribute(of, attribute) if dot else self._ref(of))

        return _id_in(_IN_TEXT.sub(value, text))


_FUNCTIONS = frozenset(
    {
        "Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap", "Fn::ImportValue",
        "Fn::Base64", "Fn::Cidr", "Fn::GetAZs", "Fn::Transform", "Fn::Length", "Fn::ToJsonString",
    }
)  # fmt: skip


def _id_in(text: str) -> str:
    """The id in an ARN of Direct Connect. Any other text as it is. CloudFormation takes ids and ARNs of connections, LAGs and gateways."""
    match = _ARN.fullmatch(text)
    return match[1] if match else text


def _joined_arn(given: object) -> object:
    """What is given to a function. If it joins an ARN: with the partition and the account in it."""
    match given:
        case [between, [str() as first, *rest]] if first.startswith("arn"):
            return [between, [first, *(_OF_AN_ARN.get(str(each.get("Ref")), each) if isinstance(each, dict) else each for each in rest)]]
        case _:
            return given


def _in_full(name: str, given: object) -> object:
    """What is given to a function, in its long form: `Fn::GetAtt: A.b` is `[A, b]`, and `Fn::Sub: text` is `[text, {}]`."""
    match name, given:
        case "Fn::GetAtt", str():
            return given.split(".", 1)
        case "Fn::Sub", str():
            return [given, {}]
    return given


def _text(value: object) -> str:
    if isinstance(value, str | int):
        return str(value)
    raise UnknownError("it puts something into a text that is no text")


def _objects(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
