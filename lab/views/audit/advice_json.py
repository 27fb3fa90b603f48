"""Advice as JSON: what each possible addition to a design would save. The keys do not change, because other programs rely on them."""

from lab.model.advice import Advice, Advised
from lab.views.json_text import Json, Unrounded


def advice_json(advised: Advised) -> list[Json]:
    """What each possible addition to a design would save. The addition that saves most is first."""
    return [_advice(each) for each in advised.advice]


def left_out_json(advised: Advised) -> list[Json]:
    """The additions for which nothing could be computed, each with the reason."""
    return [{"change": each.change, "reason": each.reason} for each in advised.left_out]


def _advice(each: Advice) -> dict[str, Json]:
    flows: list[Json] = [{"flow": flow, "minutes_saved": Unrounded(saved)} for flow, saved in each.flows]
    return {"kind": each.kind, "change": each.change, "minutes_saved": Unrounded(each.minutes_saved), "flows": flows}
