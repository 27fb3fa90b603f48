"""Help texts of options that several commands have, and the default topology."""

DEFAULT_TOPOLOGY = "active-active-vpn"
LAB_HELP = "the name of a topology in topologies/ or of a shipped one, or the path of a YAML file"
DEFAULT_HELP = f"{LAB_HELP} (default: {DEFAULT_TOPOLOGY})"
SEVERAL_HELP = f"{LAB_HELP}. May be given several times (default: every topology)"
RUNNING_HELP = "the name of a running lab. You need it only if several labs run"
VERBOSE_HELP = "also show, for each flow, all figures, all paths, and who noticed the fault first"
JSON_HELP = "also write the result to FILE as JSON (with -, standard output has only the JSON)"
REPORT_HELP = {
    "report DIR": "write the report into the folder DIR: index.html, summary.md, report.json, junit.xml and the journal",
    "json FILE": "write the report to FILE as JSON (- for standard output)",
    "junit FILE": "write the report to FILE as JUnit XML (- for standard output)",
    "baseline FILE": "compare this run with the baseline in FILE, and fail if anything got worse",
    "save-baseline FILE": "write the figures of this run to FILE. A later run can use FILE with --baseline",
}
TIMERS_HELP = {
    "timers tuned|default": "tuned (used without this option): the best that a customer may configure. default: AWS's own timers, no BFD",
}
IPSEC_HELP = {"ipsec userspace|kernel": "where IPsec encrypts packets. kernel is not available yet (default: userspace)"}
SWEEP_HELP = {
    "sweep N": "instead of the checks in files, break every set of up to N components, and compare with the prediction. "
    "With N = 2 or more, run every single failure, and one set of each class (all sets of a class have the same effect)",
    "sample N": "with --sweep 2 or more, also run N more sets of components, chosen by the seed",
    "all": "with --sweep 2 or more, run every set",
    "seed N": "with --sweep 2 or more, choose other sets of the classes: each seed chooses others (default: 1)",
}
