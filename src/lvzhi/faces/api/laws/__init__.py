"""The law library for programs: works, editions, units, comparisons, and texts as files."""
