"""One module for each page of the law library."""
