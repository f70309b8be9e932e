"""The office's pages of stations, the rota and the month."""
