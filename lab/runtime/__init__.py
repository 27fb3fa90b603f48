"""PLAN → LAB: containers, cables and addresses on this host. Law: the only floor that changes the host; all it changes carries a label or lies below /run."""
