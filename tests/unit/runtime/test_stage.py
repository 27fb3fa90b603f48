"""What a student has configured becomes a file with which a daemon can start."""

from lab.runtime.stage import loadable


def test_the_title_and_empty_lines_are_left_out() -> None:
    told = "\nCurrent configuration:\n!\nfrr version 10.3\n!\nrouter bgp 65001\n bgp router-id 10.255.0.3\nexit\n!\nend\n"
    assert loadable(told) == "!\nfrr version 10.3\n!\nrouter bgp 65001\n bgp router-id 10.255.0.3\nexit\n!\nend\n"
