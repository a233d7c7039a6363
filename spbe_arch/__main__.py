"""The command `spbe`, also as `python -m spbe_arch`: what an interrupt finds first."""

import sys


def main() -> None:
    """Run the command; an interrupt before it can answer for itself, while it is imported, ends it as quietly."""
    try:
        from spbe_arch.cli import main as run

        run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
