"""Show the labs on this host: their state, and what a command did to a lab."""
