"""Measuring the platform: `make bench`, or `python -m bench --help`."""
