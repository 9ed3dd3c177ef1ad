"""Services and countries: canonical ids, provider codes, names, search."""
