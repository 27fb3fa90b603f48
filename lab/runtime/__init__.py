"""PLAN → LAB: containers, cables, addresses. Law: only this floor changes the host, and all it makes can be found again."""
