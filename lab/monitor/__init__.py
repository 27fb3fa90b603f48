"""MONITOR: real Prometheus and real Alertmanager beside a lab. Law: nothing that they send is believed before its shape is checked.

They run in one container without a network. Our exporter and our webhook are sockets of this process inside that container's network
namespace. So Prometheus and Alertmanager can reach nothing else.
"""
