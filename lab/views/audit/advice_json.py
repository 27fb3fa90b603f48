"""Advice as JSON, with the keys other programs rely on."""

from lab.model.advice import Advice, Advised
from lab.views.json_text import Json, Unrounded


def advice_json(advised: Advised) -> list[Json]:
    """Each addition, the one that saves most first."""
    return [_advice(each) for each in advised.advice]


def left_out_json(advised: Advised) -> list[Json]:
    """The additions that are left out, and why."""
    return [{"change": each.change, "reason": each.reason} for each in advised.left_out]


def _advice(each: Advice) -> dict[str, Json]:
    flows: list[Json] = [{"flow": flow, "minutes_saved": Unrounded(saved)} for flow, saved in each.flows]
    return {"kind": each.kind, "change": each.change, "minutes_saved": Unrounded(each.minutes_saved), "flows": flows}
