"""The law as data: dated, cited procedure files, one per procedure, with regional overlays."""
