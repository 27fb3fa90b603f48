"""This host: what it has and lacks, what may be installed, how many labs it has room for."""
