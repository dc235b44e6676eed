"""Plugins: hook specifications, discovery, lazy loading, and isolation of what is broken."""
