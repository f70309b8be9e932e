"""The commands face."""
