"""The desk's pages for citizens' opinions: sorting, answering, checking, publishing, importing, topics."""
