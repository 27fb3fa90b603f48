"""PROBES: send numbered packets, and record which nodes they pass. Law: probes measure and never judge.

`sender`, `receiver` and `tracer` are programs with sockets in the nodes. They are separate processes, because a sender and a receiver in
one process slow each other down. `streams` runs them and keeps their records. `packets` builds the probes.
"""
