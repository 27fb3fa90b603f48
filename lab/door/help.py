"""Help texts of options that several commands have, and the topology that a command uses without `-t`."""

DEFAULT_TOPOLOGY = "active-active-vpn"
LAB_HELP = "the name of a topology (in topologies/, or shipped with this program), or the path of a YAML file"
DEFAULT_HELP = f"{LAB_HELP} (default: {DEFAULT_TOPOLOGY})"
SEVERAL_HELP = f"{LAB_HELP}. May be given several times (default: every topology)"
RUNNING_HELP = "the name of a running lab (needed only if several labs run)"
VERBOSE_HELP = "for each flow, also show all measured values, all paths, and the router that noticed the fault first"
STANDARD_OUTPUT = "- for standard output, and then no other text is printed there"
JSON_HELP = f"also write the result to FILE as JSON ({STANDARD_OUTPUT})"
REPORT_HELP = {
    "report DIR": "write the report into the folder DIR: index.html, summary.md, report.json, junit.xml and the journal",
    "json FILE": f"write the report to FILE as JSON ({STANDARD_OUTPUT})",
    "junit FILE": f"write the report to FILE as JUnit XML ({STANDARD_OUTPUT})",
    "baseline FILE": "compare this run with an earlier run, whose figures are in FILE (see --save-baseline). Fail if anything got worse",
    "save-baseline FILE": "write the figures of this run to FILE, so that a later run can be compared with this one (--baseline FILE)",
}
TIMERS_HELP = {
    "timers tuned|default": "how fast routers notice failures. tuned: the fastest timers that a customer may configure. "
    "default: AWS's own timers, and no BFD. Without this option: tuned",
}
IPSEC_HELP = {
    "ipsec userspace|kernel": "where VPN packets are encrypted: in a process (userspace, the default) or in the kernel (not available yet)"
}
SWEEP_HELP = {
    "sweep N": "instead of running the checks in files, let each component fail alone, and compare the result with the prediction. "
    "With N = 2 or more, also let sets of up to N components fail together. Of all sets with the same predicted effect, run only one",
    "sample N": "with --sweep 2 or more, also run N of the sets that --sweep leaves out, chosen at random (see --seed)",
    "all": "with --sweep 2 or more, run every set of components. Without this option, of all sets with the same predicted effect only "
    "one set is run",
    "seed N": "the number that decides which sets --sample chooses. The same N always chooses the same sets (default: 1)",
}
