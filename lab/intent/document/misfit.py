"""Translate pydantic's errors into messages for the user. Law: pydantic's own sentences never reach the user."""

from pydantic_core import ErrorDetails

from lab.intent.document.fields import ALTERNATIVES
from lab.intent.document.finding import Where
from lab.intent.document.outline import Schema, example
from lab.intent.document.wording import flow_style, shown
from lab.spelling import near

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def place(error: ErrorDetails) -> Where:
    """The place of an error in the YAML file. pydantic's own additions to it are removed."""
    steps = error["loc"][:-1] if error["type"] == "written" and error["loc"][-1:] == ("[key]",) else error["loc"]
    return tuple(step for step in steps if step not in ALTERNATIVES)


def in_words(error: ErrorDetails, schema: Schema) -> str:
    """The message for an error: what was expected, what was found, and an example if the schema has one."""
    where = place(error)
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "missing":
            return f"{where[-1]} is missing{_for_instance(schema, where, key=str(where[-1]))}"
        case "too_short" | "too_long":
            return f"{_count(context)}, found {context['actual_length']}{_for_instance(schema, where)}"
        case "literal_error":
            return f"expected {context['expected']}, found {shown(found)}{_meant(found, str(context['expected']))}"
        case _ if kind in _EXPECTED:
            return f"expected {_EXPECTED[kind]}, found {shown(found)}{_for_instance(schema, where)}"
        case _:
            return error["msg"]


def _count(context: dict[str, object]) -> str:
    limit = context.get("min_length", context.get("max_length"))
    return f"expected at {'least' if 'min_length' in context else 'most'} {limit} {'entry' if limit == 1 else 'entries'}"


def _for_instance(schema: Schema, where: Where, key: str | None = None) -> str:
    """An example in brackets, "" if the schema has none. With `key`, the example includes the key."""
    value = example(schema, where)
    if value is None:
        return ""
    text = flow_style({key: value})[1:-1] if key else flow_style(value)
    return f" (for instance {text})"


def _meant(found: object, expected: str) -> str:
    choices = expected.split("'")[1::2]
    meant = near(found, choices) if isinstance(found, str) else None
    return f" (did you mean {meant!r}?)" if meant else ""
