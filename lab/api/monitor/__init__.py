"""MONITOR: join a lab, its feed, its metrics and its monitor. Loaded only if somebody asks for monitoring."""
