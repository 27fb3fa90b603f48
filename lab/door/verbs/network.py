"""Commands for topologies that need no lab."""

from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic

from invoke.context import Context

from lab import __version__
from lab.door import columns, say, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import DEFAULT_HELP, DEFAULT_TOPOLOGY, JSON_HELP, SEVERAL_HELP, STANDARD_OUTPUT, TIMERS_HELP
from lab.door.importing import Words, finished, order_of
from lab.door.values import choice
from lab.errors import InputError, Problem


@command({"topology TOPOLOGY": SEVERAL_HELP, "json FILE": JSON_HELP}, several=["topology"])
@verb
def validate(_: Context, topology: list[str] | None = None, json: str | None = None) -> int:
    """Find every mistake in topologies and their checks.

    Shows the file and the line of each mistake. Needs no lab and no root.
    """
    from lab.api import validate as validate_api
    from lab.views.before.problems import reviewed_json, reviewed_text

    reviewed = validate_api.validate(tuple(topology or ()))
    if json != "-":
        write("-", reviewed_text(reviewed, columns()))
    write(json, reviewed_json(reviewed))
    return InputError.exit_code if any(each.problems for each in reviewed) else 0


_Answer = tuple[Callable[[int | None], str], Callable[[], str]]
"""Two functions: an answer as text for a terminal with so many columns, and the same as JSON."""

_PREDICT_HELP = {
    "topology TOPOLOGY": SEVERAL_HELP,
    "failures N": "predict what happens if up to N components fail at the same time, for all such sets of components (default: 1)",
    "set SET": "predict only the failure of these components together, for instance 'dx1 + vpn1'. May be given several times",
    "explain SET": "instead of outages, say why each flow takes its path when these components have failed ('': when nothing has failed)",
    "availability": "instead of outages, say the availability of each flow, its minutes of outage a year, "
    "and which failures cause most of them",
    "alarms": "instead of outages, say who would notice each failure: the first router, and the first alarm of CloudWatch",
    **TIMERS_HELP,
    "json FILE": JSON_HELP,
}

_NO_FAILURES = "this option chooses all sets of up to N components, so it excludes --set, --explain and --availability (leave one out)"
_NO_EXPLAIN = "this option cannot be used with --explain (give this set to --explain)"
_NO_SETS = "the availability covers every set of components, so --set and --explain cannot be used with --availability (leave them out)"
_NO_ALARMS = "this option cannot be used with --explain or --availability, because they show no alarms (leave one out)"


@command(_PREDICT_HELP, several=["topology", "set"])
@verb
def predict(
    _: Context,
    topology: list[str] | None = None,
    failures: str | None = None,
    set: list[str] | None = None,
    explain: str | None = None,
    availability: bool = False,
    alarms: bool = False,
    timers: str = "tuned",
    json: str | None = None,
) -> int:
    """Predict what each failure does to every flow.

    Shows for each flow whether packets get through, by which path, how long the outage is, and which detector notices the failure.
    Needs no lab and no root.
    """
    from lab.api import predict as predict_api
    from lab.model.plan import Timers
    from lab.views.predict.as_json import explained_json, predictions_json
    from lab.views.predict.as_text import explained_text, predictions_text

    begun = monotonic()
    words, profile = tuple(topology or ()), choice(timers, "--timers", Timers)
    chosen = bool(set) or explain is not None
    _refuse(
        [
            (bool(failures) and (chosen or availability), "--failures", _NO_FAILURES),
            (bool(set) and explain is not None and not availability, "--set", _NO_EXPLAIN),
            (availability and chosen, "--availability", _NO_SETS),
            (alarms and (explain is not None or availability), "--alarms", _NO_ALARMS),
        ]
    )
    if availability:
        shown, written = _availabilities(words, timers, begun)
    elif alarms:
        shown, written = _alarms(words, timers, int(failures or 1), tuple(set or ()), begun)
    elif explain is not None:
        explained = predict_api.explanations(words, profile, explain)
        shown, written = partial(explained_text, explained), partial(explained_json, explained)
    else:
        found = predict_api.prediction_of(words, profile, set) if set else predict_api.predictions(words, profile, int(failures or 1))
        shown, written = partial(predictions_text, found), partial(predictions_json, found, round(monotonic() - begun, 3))
    if json != "-":
        write("-", shown(columns()))
    if json:
        write(json, written())
    return 0


def _availabilities(words: tuple[str, ...], timers: str, begun: float) -> _Answer:
    from lab.api import availability as availability_api
    from lab.model.plan import Timers
    from lab.views.predict.availability_json import availabilities_json
    from lab.views.predict.availability_text import availabilities_text

    counted = availability_api.availabilities(words, choice(timers, "--timers", Timers))
    return partial(availabilities_text, counted), partial(availabilities_json, counted, round(monotonic() - begun, 3))


def _alarms(words: tuple[str, ...], timers: str, failures: int, sets: tuple[str, ...], begun: float) -> _Answer:
    from lab.api.predicted_alarms import predicted_alarms
    from lab.model.plan import Timers
    from lab.views.predict.alarms import alarms_json, alarms_text

    noticed = predicted_alarms(words, choice(timers, "--timers", Timers), failures, sets)
    return partial(alarms_text, noticed), partial(alarms_json, noticed, round(monotonic() - begun, 3))


_AUDIT_HELP = {
    "topology TOPOLOGY": SEVERAL_HELP,
    "budget DURATION": "report a failure of one component if it causes a longer outage than this (default: 5s)",
    "advise": "also show the availability of each flow, and for each possible addition to the design, "
    "how many minutes of outage a year this addition would save",
    "verbose": "with --advise, also show additions that save little, and additions whose effect could not be computed, with the reason",
    "fail-on warning|error": "exit with code 1 if a finding has this severity or a worse one (default: error). "
    "Findings that a comment in the file accepts do not count",
    **TIMERS_HELP,
    "json FILE": JSON_HELP,
    "sarif FILE": f"also write the findings to FILE as SARIF 2.1.0, for code scanning ({STANDARD_OUTPUT})",
}


@command(_AUDIT_HELP, several=["topology"])
@verb
def audit(
    _: Context,
    topology: list[str] | None = None,
    budget: str = "5s",
    advise: bool = False,
    verbose: bool = False,
    fail_on: str = "error",
    timers: str = "tuned",
    json: str | None = None,
    sarif: str | None = None,
) -> int:
    """Find what is wrong with a design.

    Looks for single points of failure, redundancy that is only apparent, asymmetric paths, slow detection and limits. Shows what each
    two connections share. Needs no lab and no root.
    """
    from lab.api import audit as audit_api
    from lab.model.audit import Severity
    from lab.model.plan import Timers
    from lab.views.audit.as_json import audits_json
    from lab.views.audit.as_sarif import audits_sarif
    from lab.views.audit.as_text import audits_text

    _refuse([(verbose and not advise, "--verbose", "this option works only with --advise (add --advise)")])
    worst, profile = choice(fail_on, "--fail-on", Severity), choice(timers, "--timers", Timers)
    audits = audit_api.audits(tuple(topology or ()), profile, budget, advise=advise)
    if "-" not in {json, sarif}:
        write("-", audits_text(audits, columns(), verbose=verbose))
    write(json, audits_json(audits))
    write(sarif, audits_sarif(audits, audit_api.codes(), __version__))
    return 1 if any(each.fails(worst) for each in audits) else 0


@command(
    {
        "topology TOPOLOGY": DEFAULT_HELP,
        "format svg|mermaid|dot": "the format of the picture (default: mermaid)",
        "file FILE": "write the picture to FILE (default: standard output)",
    }
)
@verb
def graph(_: Context, topology: str = DEFAULT_TOPOLOGY, format: str = "mermaid", file: str | None = None) -> int:
    """Draw a picture of a network.

    Needs no lab and no root.
    """
    from lab.api import paper

    write(file or "-", paper.picture(topology, format, say))
    return 0


@command(
    {
        "kind topology|check|sites": "the kind of YAML file: topology, check, or sites (of import-aws)",
        "markdown": "instead of the JSON Schema, print a Markdown table of all keys that such a YAML file may have",
    }
)
@verb
def schema(_: Context, kind: str, markdown: bool = False) -> int:
    """Print the JSON Schema of a topology, check or sites file.

    Editors use it to complete and check YAML files.
    """
    from lab.api import paper

    write("-", paper.keys(kind) if markdown else paper.schema(kind))
    return 0


_IMPORT_HELP = {
    "also FILE": "a JSON file that the AWS CLI printed, or a folder with such files. Write paths without --also",
    "sites FILE": "your sites: what AWS cannot know. If there is no such file, a draft with questions is written to it, and nothing else",
    "out FILE": f"write the topology to FILE. A file that exists is never overwritten ({STANDARD_OUTPUT})",
    "check FILE": "instead of making a topology, find where the account and the topology FILE differ. Exit code 1 if they do",
    "profile PROFILE": "ask AWS itself, with this profile of the AWS CLI, instead of reading files. Needs boto3",
    "region REGION": "with --profile, ask only this Region. May be given several times (default: all enabled Regions)",
    "script": "print a script that collects the files with the AWS CLI. It only reads, and leaves secrets out",
    "json FILE": JSON_HELP,
}


@command(_IMPORT_HELP, several=["also", "region"])
@verb
def import_aws(
    _: Context,
    also: list[str] | None = None,
    sites: str | None = None,
    out: str | None = None,
    check: str | None = None,
    profile: str | None = None,
    region: list[str] | None = None,
    script: bool = False,
    json: str | None = None,
) -> int:
    """Make a topology of your AWS account.

    For instance: ./inv import-aws collected --sites sites.yaml --out my-network.yaml

    Account ids, keys and outside addresses never come in. What a topology cannot say is listed. Needs no lab and no root.
    """
    from lab.api import import_aws as import_api

    if script:
        write("-", import_api.collecting_script())
        return 0
    files, regions = tuple(also or ()), tuple(region or ())
    words = Words(command="import-aws", files=files, sites=sites, out=out, check=check, profile=profile, regions=regions)
    return finished(import_api.import_aws(order_of(words), say), words, json)


_CODE_HELP = {
    "also FILE": "what `terraform show -json` printed, a CloudFormation template, or a folder of them. Write paths without --also",
    **{word: _IMPORT_HELP[word] for word in ("sites FILE", "out FILE", "check FILE", "json FILE")},
}


@command(_CODE_HELP, several=["also"])
@verb
def import_terraform(
    _: Context,
    also: list[str] | None = None,
    sites: str | None = None,
    out: str | None = None,
    check: str | None = None,
    json: str | None = None,
) -> int:
    """Make a topology of what Terraform or CloudFormation says.

    For instance: ./inv import-terraform state.json --sites sites.yaml --out my-network.yaml

    Secrets never come in. What is known only after apply, and what a topology cannot say, is listed. Needs no lab and no root.
    """
    from lab.api.import_terraform import import_terraform as imported

    words = Words(command="import-terraform", files=tuple(also or ()), sites=sites, out=out, check=check)
    return finished(imported(order_of(words)), words, json)


def _refuse(mistakes: Iterable[tuple[bool, str, str]]) -> None:
    """Raise one InputError that lists every mistake.

    Each item has: whether the user made this mistake, the option, and the message.
    """
    problems = [Problem(place=option, message=message) for is_made, option, message in mistakes if is_made]
    if problems:
        raise InputError(problems)
