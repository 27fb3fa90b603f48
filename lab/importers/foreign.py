"""Recognize a file by what is in it, and say of a foreign one what it is and what to give instead. No value of the file is shown."""

import json
import re
from collections.abc import Mapping, Sequence
from enum import Enum

from lab.importers.aws_cli import READERS
from lab.importers.reading import is_cut
from lab.spelling import near

_SHOW_PLAN = "run `terraform show -json PLAN > plan.json`"
_SHOW = "run `terraform show -json > state.json`, or for a plan `terraform show -json PLAN > plan.json`"
_WANTED = "what `terraform show -json` prints, or a CloudFormation template"
_HCL = re.compile(r'^\s*(?:(?:resource|data|provider|variable|module|output)\s+"|(?:terraform|locals|provider)\s*\{)', re.MULTILINE)
_FOR_PEOPLE = re.compile(
    r"^(?:# [a-z0-9_.\[\]\"]+:$|Terraform (?:will perform|used the selected)|No changes\.|Plan: \d+ to add)", re.MULTILINE
)
_YAML_TEMPLATE = re.compile(r"^(?:AWSTemplateFormatVersion|Resources)\s*:", re.MULTILINE)
_NOTHING_SHOWN = frozenset({"format_version", "terraform_version", "checks"})
_KEYS = frozenset({"values", "planned_values", "Resources", *READERS})


class Source(Enum):
    """Who made a file."""

    TERRAFORM = "Terraform"
    TEMPLATE = "CloudFormation"
    AWS = "AWS CLI"


def source_of(data: Mapping[str, object]) -> Source | None:
    """Who made a JSON object. None if it is foreign."""
    if isinstance(data.get("planned_values"), dict):
        return Source.TERRAFORM
    if isinstance(data.get("values"), dict) and "format_version" in data:
        return Source.TERRAFORM
    if isinstance(data.get("Resources"), dict):
        return Source.TEMPLATE
    return Source.AWS if any(key in READERS and isinstance(data[key], list) for key in data) else None


def is_template(text: str) -> bool:
    """Whether a text that is no JSON looks like a template."""
    return _YAML_TEMPLATE.search(text) is not None


def unusable(data: Mapping[str, object]) -> str:
    """Why a file that is not foreign cannot be read: its format is a later one, or its plan ended with an error. "" if it can be read."""
    version = str(data.get("format_version", "1"))
    if version.partition(".")[0] not in {"0", "1"}:
        return "a later format of `terraform show -json` than 1, which is not known here (use a newer version of failover-lab)"
    if data.get("errored") is True:
        return "the plan ended with an error, so it is not complete (correct the configuration, and make the plan again)"
    return ""


def foreign(data: Mapping[str, object]) -> str:
    """What a foreign JSON object is, and what to give instead."""
    known = (
        ({"version", "lineage"}, f"this is a state file of Terraform, whose form is not fixed ({_SHOW})"),
        ({"format_version", "provider_schemas"}, f"this has schemas of providers, and no resources ({_SHOW})"),
        ({"resource"}, f"this is configuration of Terraform, in which references are not resolved ({_SHOW})"),
        ({"@level"}, f"this is a log of Terraform ({_SHOW_PLAN})"),
        ({"TemplateBody"}, "this has a template inside (give the template: add `--query TemplateBody --output text` to the AWS command)"),
        ({"StackResources"}, "this has no properties of resources (give the template: `aws cloudformation get-template`)"),
        ({"StackResourceSummaries"}, "this has no properties of resources (give the template: `aws cloudformation get-template`)"),
    )
    for keys, message in known:
        if keys <= data.keys():
            return message
    if "format_version" in data and data.keys() <= _NOTHING_SHOWN:
        return f"Terraform shows no resource (is it the right folder and workspace? Then {_SHOW})"
    shown = ", ".join(sorted(data)[:3]) or "nothing"
    meant = next((f"did you mean {near(key, _KEYS)}?; " for key in sorted(data) if near(key, _KEYS)), "")
    return f"expected {_WANTED}, found the keys {shown} ({meant}{_SHOW})"


def not_json(text: str, error: json.JSONDecodeError) -> str:
    """Why a text is no JSON, and what to do."""
    begin, is_json = text.lstrip(), text.lstrip().startswith(("{", "["))
    guesses = (
        (not begin, f"this file is empty ({_SHOW}; did it print an error?)"),
        (begin.startswith('{"@level"'), f"this is a log of Terraform ({_SHOW_PLAN})"),
        (is_json and is_cut(text, error), f"the JSON ends in the middle, so the file is truncated ({_SHOW})"),
        (is_json, f"not valid JSON at column {error.colno} ({_SHOW})"),
        (_FOR_PEOPLE.search(text), f"this is what Terraform prints for people (add -json: {_SHOW})"),
        (_HCL.search(text), f"this is configuration of Terraform (HCL), in which references are not resolved ({_SHOW})"),
    )
    return next((message for is_so, message in guesses if is_so), f"expected {_WANTED}, found other text ({_SHOW})")


def binary(raw: bytes) -> str:
    """What a file is that is no text, and what to do. "" if it may be text."""
    kinds: Sequence[tuple[bytes, str]] = (
        (b"PK\x03\x04", f"this is a plan in Terraform's own binary form ({_SHOW_PLAN})"),
        (b"\x1f\x8b", "this file is compressed (unpack it)"),
    )
    return next((message for start, message in kinds if raw.startswith(start)), "")


NOT_TEXT = f"this file is not text (give {_WANTED}, as UTF-8)"
NOT_AN_OBJECT = f"expected a JSON object, found something else (give {_WANTED}: {_SHOW})"
WAY_OUT = f"give {_WANTED}, unchanged"
