"""The customer's routers of topologies in the words of other products. After a change, run with RECORD=1 and read the diff."""

import os
from pathlib import Path

import pytest

from lab.compiler import compile_topology
from lab.export import Product, export
from lab.intent import read_topology
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from tests.shipped import shipped_topology

# every-knob has every option that an export must write
HERE = Path(__file__).parent / "exports"
_SHIPPED = ("hybrid-backup", "maximum-resiliency", "static-vpn")
_OWN = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))
_EACH = [(name, product) for name in (*_SHIPPED, *_OWN) for product in Product]


def _plan(name: str) -> Plan:
    topology = shipped_topology(name) if name in _SHIPPED else read_topology(HERE / f"{name}.yaml")
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=Circuits.TAGS)


@pytest.mark.parametrize(("name", "product"), _EACH, ids=lambda value: getattr(value, "value", value))
def test_the_routers_of_a_topology_are_written_so(name: str, product: Product):
    assert _OWN
    golden = HERE / f"{name}.{product.value}.txt"
    text = "\n".join(f"==> {each.name}\n{each.text}" for each in export(_plan(name), product)) or "no file\n"
    if os.environ.get("RECORD") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_no_export_is_left_over():
    assert sorted(path.name for path in HERE.glob("*.txt")) == sorted(f"{name}.{product.value}.txt" for name, product in _EACH)
