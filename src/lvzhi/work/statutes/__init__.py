"""Texts of law that an office keeps: works, their dated editions, what cites what, and who changed what."""
