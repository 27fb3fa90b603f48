"""RUNTIME: a plan becomes containers, cables and addresses. Law: only this package changes the host, and it can find all that it made."""
