"""Help texts of options that several commands have, and the topology that a command uses without `-t`."""

DEFAULT_TOPOLOGY = "active-active-vpn"
LAB_HELP = "the name of a topology (in topologies/, or shipped with this program), or the path of a YAML file"
DEFAULT_HELP = f"{LAB_HELP} (default: {DEFAULT_TOPOLOGY})"
SEVERAL_HELP = f"{LAB_HELP}. May be given several times (default: every topology)"
RUNNING_HELP = "the name of a running lab (needed only if several labs run)"
VERBOSE_HELP = "for each flow, also show all measured values, all paths, and the router that noticed the fault first"
JSON_HELP = "also write the result to FILE as JSON (with -: to standard output, in place of the text)"
REPORT_HELP = {
    "report DIR": "write the report into the folder DIR: index.html, summary.md, report.json, junit.xml and the journal",
    "json FILE": "write the report to FILE as JSON (- for standard output)",
    "junit FILE": "write the report to FILE as JUnit XML (- for standard output)",
    "baseline FILE": "compare this run with an earlier run, whose figures are in FILE (see --save-baseline). Fail if anything got worse",
    "save-baseline FILE": "write the figures of this run to FILE, so that a later run can be compared with this one (--baseline FILE)",
}
TIMERS_HELP = {
    "timers tuned|default": "how fast routers notice failures: tuned is as fast as a customer may configure, default has AWS's own timers "
    "without BFD (without this option: tuned)",
}
IPSEC_HELP = {
    "ipsec userspace|kernel": "where VPN packets are encrypted: in a process (userspace, the default) or in the kernel (not available yet)"
}
SWEEP_HELP = {
    "sweep N": "instead of running the checks in files, let each component fail alone, and compare the result with the prediction. "
    "With N = 2 or more, also let sets of up to N components fail together. Of all sets with the same predicted effect, run only one",
    "sample N": "with --sweep 2 or more, also run N of the sets that --sweep leaves out, chosen at random (see --seed)",
    "all": "with --sweep 2 or more, run every set of components that fail together. Without this option, "
    "of all sets with the same predicted effect only one is run",
    "seed N": "with --sweep 2 or more, choose other sets at random for each N. The same N chooses the same sets (default: 1)",
}
