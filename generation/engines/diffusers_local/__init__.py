"""Models of the diffusers library on this machine, in a child process."""
