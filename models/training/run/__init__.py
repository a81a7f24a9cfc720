"""A training run around its steps: its folder and files, clock, threads and processes, and watching it from outside."""
