"""The design face."""
