"""The office keeps its texts of law: taken in, corrected, published, and what in them leads nowhere."""
