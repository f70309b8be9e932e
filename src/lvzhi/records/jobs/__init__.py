"""The job table: what must follow from an act, written in the act's own transaction."""
