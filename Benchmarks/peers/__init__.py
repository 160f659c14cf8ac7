"""The libraries that Lamina is measured beside, one module each, run in their own environments."""
