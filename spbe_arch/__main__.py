"""`python -m spbe_arch` is the command `spbe`."""

from spbe_arch.cli import main

main()
