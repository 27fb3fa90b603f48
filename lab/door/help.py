"""What help says of the words that several commands take."""

from lab.program import COMMAND

LAB_HELP = "name of a topology in topologies/, or path to a YAML file"
RUNNING_HELP = "name of a running lab; needed only where several run"
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
BREAK_HELP = {
    "fault": f"kind of fault; {COMMAND} lab-faults lists them",
    "target": "what to break: a node, link, tunnel or a group of them; NODE/DAEMON for daemons",
    "for": f"undo it after so long, e.g. 10s; without it the fault stays until {COMMAND} lab-heal",
    "with": f"a parameter of the fault, e.g. loss=5%; may be given several times ({COMMAND} lab-faults lists them)",
    "topology": RUNNING_HELP,
    "json": JSON_HELP,
}
TEST_HELP = {
    "topology": LAB_HELP + "; may be given several times, the default is every topology in topologies/",
    "check": "only the check of this name; control is the run without a fault",
    "repeat": "run each check so many times; one that fails once has failed",
    "strict": "fail for a promise that was not put to the test: nothing the faults broke was on its flow's way",
    "verbose": "also show all that every flow went through, by which paths, and who noticed",
    "jobs": "so many labs side by side; the default is what cores and memory have room for, 1 is one after the other",
}
AGAIN_HELP = REPORT_HELP | {
    "journal": "journal.jsonl of a run",
    "also": "the journal of a further run of the same report; the same as to name it behind the first",
    "verbose": TEST_HELP["verbose"],
}
