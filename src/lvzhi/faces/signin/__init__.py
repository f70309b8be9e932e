"""The signin face."""
