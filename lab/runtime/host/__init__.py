"""The host: what it has, what it lacks, what may be installed, and how many labs it can run at the same time."""
