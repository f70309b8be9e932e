"""The pocket face."""
