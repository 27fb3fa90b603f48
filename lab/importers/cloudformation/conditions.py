"""The functions that a condition of a template is made of."""

from collections.abc import Callable, Mapping

_Value = Callable[[object], object]
_Truth = Callable[[object], bool]


def _equals(given: object, value: _Value, _: _Truth) -> bool:
    first, second = _two(given)
    return str(value(first)) == str(value(second))


def _both(given: object, _: _Value, is_true: _Truth) -> bool:
    return all(is_true(each) for each in _list(given))


def _either(given: object, _: _Value, is_true: _Truth) -> bool:
    return any(is_true(each) for each in _list(given))


def _not(given: object, _: _Value, is_true: _Truth) -> bool:
    return not any(is_true(each) for each in _list(given))


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else [given]


def _two(given: object) -> tuple[object, object]:
    match given:
        case [first, second]:
            return first, second
    return given, None


CONDITIONS: Mapping[str, Callable[[object, _Value, _Truth], bool]] = {
    "Fn::Equals": _equals,
    "Fn::And": _both,
    "Fn::Or": _either,
    "Fn::Not": _not,
}
"""For each function: whether it is true of what is given to it. It is given how to get a value, and how to ask another condition."""
