"""The child process of previews: somebody looks and waits, so it is as nice as the page itself."""

from generation.engines.processing.child import main

if __name__ == "__main__":
    main(nice=0)
