"""The face for programs: Open311, and the description of what there is."""
