"""What every line of business shares: people, matters, documents, notices, search."""
