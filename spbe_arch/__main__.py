"""`python -m spbe_arch` is the command `spbe`."""

if __name__ == "__main__":
    from spbe_arch.cli import main

    main()
