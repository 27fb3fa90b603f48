"""INTENT: read the YAML files.

Law: any file gives a typed object, or one InputError that lists every problem with its line and what to do.
"""

from lab.intent.check.clash import clash
from lab.intent.check.reading import read_check, review_check
from lab.intent.document.duration import parse_duration
from lab.intent.document.finding import dotted
from lab.intent.document.template import read_template
from lab.intent.faults import NEEDED, PARAMETERS, TARGETS, resolve_fault
from lab.intent.faults.by_hand import read_parameters
from lab.intent.faults.lasting import too_short
from lab.intent.faults.parameters import EXAMPLES
from lab.intent.schemas import json_schemas
from lab.intent.sites import WrittenSites, read_sites
from lab.intent.topology.edited import mistakes
from lab.intent.topology.reading import Commented, read_commented, read_commented_text, read_topology, topology_name
from lab.intent.topology.tunnel_inside import free_inside_cidrs
from lab.spelling import way_out

__all__ = [
    "EXAMPLES",
    "NEEDED",
    "PARAMETERS",
    "TARGETS",
    "Commented",
    "WrittenSites",
    "clash",
    "dotted",
    "free_inside_cidrs",
    "json_schemas",
    "mistakes",
    "parse_duration",
    "read_check",
    "read_commented",
    "read_commented_text",
    "read_parameters",
    "read_sites",
    "read_template",
    "read_topology",
    "resolve_fault",
    "review_check",
    "too_short",
    "topology_name",
    "way_out",
]
