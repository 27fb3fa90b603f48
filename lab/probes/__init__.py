"""THE VERBS THAT LOOK: numbered packets, and who saw them. Law: collecting is apart from judging; nothing here decides what is good.

Three programs of their own collect - `sender`, `receiver` and `tracer`, with sockets that live in the nodes - because a sender and a
receiver in one process starve each other. `streams` runs them and keeps what they tell; `packets` builds the probes.
"""
