"""NETNS: the network inside a node, touched from the host through netlink. Law: nothing is ever made in the host's own namespace."""

from lab.runtime.netns.changes import KernelEar, rtnetlink_socket
from lab.runtime.netns.enter import namespace_of, socket_in
from lab.runtime.netns.network import NodeNetwork

__all__ = ["KernelEar", "NodeNetwork", "namespace_of", "rtnetlink_socket", "socket_in"]
