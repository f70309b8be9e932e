"""The law library as everybody reads it."""
