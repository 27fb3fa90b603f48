"""PLAN → LAB: containers, cables, addresses. Law: the only floor that changes the host, and all it makes can be found again."""
