"""The lane that runs recipes on pictures, in child processes."""
