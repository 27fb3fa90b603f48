"""STRONGSWAN: query and change the tunnels of running charons by their control sockets."""
