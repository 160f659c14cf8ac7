"""Installs the peers, prepares the work, runs it in turn, and keeps the results."""
