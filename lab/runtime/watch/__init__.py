"""WATCH: record events inside the nodes, on the same clock as packets. Law: give each event its time at once, and interpret it later.

The program `listener` receives messages from the kernels and daemons of all nodes. Kernels report links and routes (rtnetlink). FRR and
charon write to /dev/log, where nothing else listens in a node. `hearing`, `routers` and `tunnels` turn the messages into a timeline.
"""

from lab.runtime.watch.watching import watching

__all__ = ["watching"]
