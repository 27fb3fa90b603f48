"""All files of a plan for one product."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from lab.compiler.spelling import spell
from lab.export import ios_xe, junos, strongswan
from lab.export.box import Box, boxes
from lab.model.plan import Plan


class Product(Enum):
    """What a file is written for."""

    IOS_XE = "ios-xe"
    JUNOS = "junos"
    STRONGSWAN = "strongswan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file for one router: its name, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """How a product's file is written. `values`: what the template needs besides the router. `left_out`: what the file does not say."""

    ending: str
    values: Mapping[str, object]
    left_out: Callable[[Box], tuple[str, ...]]


_WRITERS = {
    Product.IOS_XE: _Writer(ending="ios-xe.cfg", values=ios_xe.WORDS, left_out=ios_xe.left_out),
    Product.JUNOS: _Writer(ending="junos.conf", values=junos.WORDS, left_out=junos.left_out),
    Product.STRONGSWAN: _Writer(ending="swanctl.conf", values=strongswan.WORDS, left_out=strongswan.left_out),
}


def export(plan: Plan, product: Product) -> tuple[Exported, ...]:
    """A file for each of the customer's routers. strongSwan has only those with tunnels."""
    writer = _WRITERS[product]
    chosen = [box for box in boxes(plan) if box.pipes or product is not Product.STRONGSWAN]
    return tuple(Exported(name=f"{box.name}.{writer.ending}", text=_text(box, writer)) for box in chosen)


def _text(box: Box, writer: _Writer) -> str:
    text = spell("lab.export", writer.ending, {"box": box, "left_out": writer.left_out(box), **writer.values})
    return f"{text.rstrip()}\n"
