"""WORDS IN: YAML -> nouns. Law: whatever a file holds gives a noun or one InputError with every problem's file, line and way out."""

from lab.intent.baseline import read_baseline
from lab.intent.check import read_check
from lab.intent.clash import clash
from lab.intent.duration import parse_duration
from lab.intent.faults import NEEDED, PARAMETERS, TARGETS, resolve_fault
from lab.intent.faults.by_hand import read_parameters
from lab.intent.faults.lasting import too_short
from lab.intent.faults.parameters import EXAMPLES
from lab.intent.schemas import json_schemas
from lab.intent.topology import read_topology
from lab.intent.wording import way_out

__all__ = [
    "EXAMPLES",
    "NEEDED",
    "PARAMETERS",
    "TARGETS",
    "clash",
    "json_schemas",
    "parse_duration",
    "read_baseline",
    "read_check",
    "read_parameters",
    "read_topology",
    "resolve_fault",
    "too_short",
    "way_out",
]
