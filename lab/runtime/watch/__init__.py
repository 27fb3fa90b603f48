"""WATCH: events inside the nodes, on the clock that stamps packets. Law: stamp at once, interpret later.

The program `listener` takes messages from the kernels and daemons of all nodes. Kernels report links and routes (rtnetlink). FRR and charon
log to /dev/log, where nothing else listens in a node. `hearing`, `routers` and `tunnels` turn the messages into a timeline.
"""

from lab.runtime.watch.watching import watching

__all__ = ["watching"]
