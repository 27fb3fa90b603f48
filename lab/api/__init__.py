"""API: the functions behind the commands. Law: it connects the other packages and decides nothing itself.

Each command imports only its own module of this package. So `lab-exec` does not load what only `lab-test` needs.
"""
