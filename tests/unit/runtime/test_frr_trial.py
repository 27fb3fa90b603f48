"""What FRR's daemons say when they read a configuration, as complaints."""

from lab.runtime.docker.frr_trial import parse_complaints

_SAID = """\
reads /trial/dc1-r1.bfdd
reads /trial/dc1-r1.bgpd
2026/11/30 20:26:04 BGP: [VAKV3-NMY7B][EC 100663337] error processing configuration change: error [internal inconsistency] message: x
% [BGP] Argument form is unsupported or malformed.
% Configuration failed.

Error type: validation
Error description: Invalid prefix range for 10.0.0.0/8: Make sure that mask length <= ge <= le
% hold time value must be either 0 or greater than 3
2026/11/30 20:26:04 BGP: [SHWNK-NWT5S][EC 100663304] No such command on config line 3:  set as-path prepend x
2026/11/30 20:26:04 BGP: [SHWNK-NWT5S][EC 100663304] Command returned Warning Config Failed on config line 11:  timers bgp 3 1
reads /trial/dc2-r1.bgpd
% Graceful restart configuration changed
ended with exit code 1
"""


def test_lines_with_numbers_and_the_reasons_are_found_and_warnings_alone_are_not():
    assert list(parse_complaints(_SAID)) == [
        ("dc1-r1", 3, "No such command: set as-path prepend x"),
        ("dc1-r1", 11, "Command returned Warning Config Failed: timers bgp 3 1"),
        ("dc1-r1", None, "[BGP] Argument form is unsupported or malformed."),
        ("dc1-r1", None, "Invalid prefix range for 10.0.0.0/8: Make sure that mask length <= ge <= le"),
        ("dc1-r1", None, "hold time value must be either 0 or greater than 3"),
        ("dc2-r1", None, "ended with exit code 1"),
    ]
