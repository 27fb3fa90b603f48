"""NETNS: the network inside a node, touched from the host through netlink. Law: nothing is ever made in the host's own namespace."""

from lab.runtime.netns.enter import namespace_of, socket_in
from lab.runtime.netns.network import NodeNetwork
from lab.runtime.netns.watch import watching

__all__ = ["NodeNetwork", "namespace_of", "socket_in", "watching"]
