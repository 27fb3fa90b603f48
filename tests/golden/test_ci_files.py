"""The workflow files that users copy use only what GitHub, GitLab and ./inv have."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from invoke import Collection

from tests.shipped import ROOT

CI = ROOT / "docs" / "ci"
_TOP = {"name", "on", "permissions", "concurrency", "env", "jobs", "defaults", "run-name"}
_JOB = {"runs-on", "steps", "timeout-minutes", "env", "if", "needs", "strategy", "permissions", "name", "container", "outputs"}
_STEP = {"name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory", "continue-on-error", "timeout-minutes"}
_CONTEXTS = {"github", "env", "cancelled", "always", "success", "failure", "steps", "runner", "hashFiles"}
_INPUTS = {
    "actions/checkout": {"ref", "fetch-depth", "persist-credentials"},
    "actions/cache/restore": {"path", "key", "restore-keys", "fail-on-cache-miss"},
    "actions/cache/save": {"path", "key"},
    "actions/upload-artifact": {"name", "path", "if-no-files-found", "retention-days"},
}
"""The inputs of the actions used, from their action.yml."""


@cache
def document(name: str) -> dict[str, Any]:
    """A file, read as YAML 1.2: `on` is a word, not a boolean."""
    return yaml.load((CI / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only


def steps() -> Iterator[dict[str, Any]]:
    for job in document("github-actions.yml")["jobs"].values():
        yield from job["steps"]


def scripts(name: str) -> list[str]:
    """Every script of a file."""
    if name == "github-actions.yml":
        return [step["run"] for step in steps() if "run" in step]
    return ["\n".join(document(name)["failover"]["script"])]


def test_the_workflow_has_only_keys_that_github_knows() -> None:
    workflow = document("github-actions.yml")
    assert set(workflow) <= _TOP
    assert {"on", "jobs"} <= set(workflow)
    for job in workflow["jobs"].values():
        assert set(job) <= _JOB
        assert {"runs-on", "steps"} <= set(job)
    for step in steps():
        assert set(step) <= _STEP
        assert len({"uses", "run"} & set(step)) == 1


def test_actions_are_pinned_to_a_major_version_and_given_inputs_they_have() -> None:
    used = [step for step in steps() if "uses" in step]
    assert used
    for step in used:
        action, _, version = step["uses"].partition("@")
        assert re.fullmatch(r"v\d+", version)
        assert set(step.get("with", {})) <= _INPUTS[action]


def test_expressions_are_closed_and_speak_of_contexts_there_are() -> None:
    text = (CI / "github-actions.yml").read_text(encoding="utf-8")
    expressions = re.findall(r"\$\{\{ (.+?) \}\}", text)
    assert text.count("${{") == text.count("}}") == len(expressions) > 3
    for expression in expressions:
        names = re.findall(r"(?<![\w.'/])([a-zA-Z_]\w*)", re.sub(r"'[^']*'", "", expression))
        assert set(names) <= _CONTEXTS


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_scripts_are_ones_that_bash_can_read(name: str) -> None:
    for script in scripts(name):
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_every_command_and_option_of_ours_exists(name: str) -> None:
    known = options()
    used = [line for script in scripts(name) for line in commands(script)]
    assert used
    for verb, *words in used:
        assert verb in known
        flags = {word for word in words if word.startswith("-")}
        assert flags
        assert flags <= known[verb]


def options() -> dict[str, set[str]]:
    """Every command of tasks.py with its options."""
    sys.path.insert(0, str(ROOT))
    import tasks  # noqa: PLC0415 - a door, not a room

    contexts = Collection.from_module(tasks).to_contexts()
    return {str(context.name): {*context.flags, *context.flags.aliases} for context in contexts}


def commands(script: str) -> Iterator[list[str]]:
    """The words after each ./inv, and the options that a script collects before."""
    joined = script.replace("\\\n", " ")
    beforehand = re.findall(r"(?:=\(|=\")(--[a-z-]+)", joined)
    for line in joined.splitlines():
        if "./inv " in line:
            yield [*re.findall(r'[^\s"]+', line.split("./inv ", 1)[1]), *beforehand]


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_what_is_kept_is_what_was_written(name: str) -> None:
    text = " ".join(scripts(name))
    kept = set(re.findall(r"(?:--json|--junit|--report|--save-baseline) (\S+)", text))
    if name == "github-actions.yml":
        uploaded = next(step for step in steps() if step.get("uses", "").startswith("actions/upload-artifact"))["with"]["path"].split()
    else:
        artifacts = document(name)["failover"]["artifacts"]
        uploaded = [*artifacts["paths"], artifacts["reports"]["junit"]]
    assert {path.rstrip("/") for path in uploaded} <= kept
