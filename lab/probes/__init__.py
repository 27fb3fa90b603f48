"""PROBES: send numbered packets and record which nodes saw them. Law: probes collect and never judge.

Three programs collect, with sockets in the nodes: `sender`, `receiver` and `tracer`. They are separate processes, because a sender and a
receiver in one process starve each other. `streams` runs them and keeps their records. `packets` builds the probes.
"""
