"""Settings, addresses, the server's entry: the one place that knows every part."""
