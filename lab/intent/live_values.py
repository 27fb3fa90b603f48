"""Values of the network in a chapter's prose: `{{ address of vpn1-1 to dc2-r1 }}`. So prose and lab cannot disagree."""

import re
from collections.abc import Callable, Iterator

from lab.model.ip import Address
from lab.model.plan import Plan
from lab.spelling import way_out

LAB = "{{ lab }}"
"""The place in a chapter's prose for the name of the student's lab. Each student has another one, so it is filled in last."""

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FORM = re.compile(r"\s*(?P<what>\w+) of (?P<who>[\w.-]+) to (?P<whom>[\w.-]+)\s*")
_FORMS = "'lab', 'address of NODE to NODE' or 'ASN of NODE to NODE'"


def _address(plan: Plan, who: str, whom: str) -> Address | None:
    """The address of a router, as its neighbor knows it."""
    return next((each.neighbor for each in plan.sessions if (each.node, each.neighbor_node) == (whom, who)), None)


def _asn(plan: Plan, who: str, whom: str) -> int | None:
    """The ASN that a router shows to its neighbor."""
    router = plan.node(whom).router
    return next((each.remote_as for each in router.neighbors if each.node == who), None) if router else None


_WHAT: dict[str, Callable[[Plan, str, str], Address | int | None]] = {"address": _address, "ASN": _asn}


def filled(text: str, plan: Plan) -> str:
    """The text with the plan's values. `LAB` stays, and so does what `misfits` would name."""
    return _PLACE.sub(lambda place: _value(place, plan) or place[0], text)


def misfits(text: str, plan: Plan) -> Iterator[tuple[int, str]]:
    """The places in a text that cannot be filled in. Each has its line in the text, from 0, and a message."""
    for place in _PLACE.finditer(text):
        if place[0] != LAB and _value(place, plan) is None:
            yield text.count("\n", 0, place.start()), _message(place, plan)


def _value(place: re.Match[str], plan: Plan) -> str | None:
    form = _FORM.fullmatch(place[1])
    if form is None or form["what"] not in _WHAT or not {form["who"], form["whom"]} <= _names(plan):
        return None
    found = _WHAT[form["what"]](plan, form["who"], form["whom"])
    return None if found is None else str(found)


def _message(place: re.Match[str], plan: Plan) -> str:
    found, form = f"{place[0][:60]!r}", _FORM.fullmatch(place[1])
    if form is None or form["what"] not in _WHAT:
        return f"{found} is no value that a chapter can show; expected {_FORMS}, in double braces"
    for name in (form["who"], form["whom"]):
        if name not in _names(plan):
            return f"{found}: {plan.name} has no node named {name[:60]!r} {way_out(name, sorted(_names(plan)))}"
    return f"{found}: {form['whom']} has no BGP session with {form['who']} (name two neighbors)"


def _names(plan: Plan) -> set[str]:
    return {node.name for node in plan.nodes}
