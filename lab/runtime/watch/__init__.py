"""WATCH: what happens inside the nodes, as it happens, on the clock that stamps packets. Law: stamped at once, understood afterwards.

A program of its own, `listener`, takes what kernels and daemons of all nodes tell. Kernels tell of links and routes (rtnetlink); FRR and
charon write to /dev/log, where nobody else listens in a node. `hearing`, `routers` and `tunnels` make a timeline of it.
"""

from lab.runtime.watch.watching import watching

__all__ = ["watching"]
