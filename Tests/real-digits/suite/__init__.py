"""The suite of hard cases: digits as people really have them."""
