"""Lines of business, independent of one another."""
