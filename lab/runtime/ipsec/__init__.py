"""strongSwan's control sockets: query and change tunnels of running charons."""
