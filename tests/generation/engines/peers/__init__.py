"""Servers for the adapters' tests, on real sockets, written from what the real ones were seen to do."""
