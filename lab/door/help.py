"""What help says of the words that several commands take, and the topology they take where none is named."""

DEFAULT_TOPOLOGY = "active-active-vpn"
LAB_HELP = "name of a topology (yours in topologies/, or a shipped one), or path to a YAML file"
RUNNING_HELP = "name of a running lab; needed only where several run"
VERBOSE_HELP = "also show all that every flow went through, by which paths, and who noticed"
JSON_HELP = "also write it to this file as JSON (- for standard output)"
REPORT_HELP = {
    "json": "write the report to this file as JSON",
    "junit": "write the report to this file as JUnit XML",
    "baseline": "hold the run against this file of an earlier one, and fail for what got worse",
    "save-baseline": "write what later runs are to be held against to this file",
    "report": "write it to this folder: a page (index.html), summary.md, report.json, junit.xml and the journal",
}
OPTIONS_HELP = {
    "timers": "tuned (the best a customer may configure) or default (what AWS and a bare router do)",
    "ipsec": "where ESP is done: userspace (every kernel) or kernel",
}
