"""The kinds of work, one module each: which programs are run, and how they are read."""
