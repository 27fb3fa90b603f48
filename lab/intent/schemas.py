"""JSON Schemas of the YAML files. Editors use them to complete and check YAML."""

import json

from lab.intent.check.document import CheckDocument
from lab.intent.document.fields import Written
from lab.intent.sites import SitesDocument
from lab.intent.topology.document import TopologyDocument

_DOCUMENTS: dict[str, type[Written]] = {"topology": TopologyDocument, "check": CheckDocument, "sites": SitesDocument}


def json_schemas() -> dict[str, str]:
    """The JSON Schemas (draft 2020-12) of `topology`, `check` and `sites`, as text. Rules that need the whole file are not in them."""
    return {name: _text(model) for name, model in _DOCUMENTS.items()}


def _text(model: type[Written]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2) + "\n"
