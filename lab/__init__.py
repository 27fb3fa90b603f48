"""Failover Lab: prove on a laptop that a redundant connection to AWS fails over before a circuit is ordered."""

__version__ = "0.1.0"
