"""NETNS: the network inside a node, changed from the host through netlink. Law: we make nothing in the host's own namespace."""

from lab.runtime.netns.changes import KernelEar, rtnetlink_socket
from lab.runtime.netns.enter import namespace_of, socket_in
from lab.runtime.netns.network import NodeNetwork

__all__ = ["KernelEar", "NodeNetwork", "namespace_of", "rtnetlink_socket", "socket_in"]
