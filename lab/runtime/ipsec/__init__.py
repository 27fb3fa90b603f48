"""STRONGSWAN: query and change the tunnels of running charons (strongSwan's IKE daemons) through their control sockets."""
