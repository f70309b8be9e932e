"""What people and programs send that nobody asked for."""
