"""``python3 -m course``: say so plainly where Python is too old, else hand over to the commands."""

import sys

NEEDED = (3, 11)


def main(argv=None):
    """Run one command and return its exit code."""
    if sys.version_info[:2] < NEEDED:
        print(
            "This course needs Python {}.{} or newer, and this is Python {}.{}: install a newer "
            "Python and run the same command with it, for example "
            "'python3.12 -m course lab'.".format(*NEEDED, *sys.version_info[:2]),
            file=sys.stderr,
        )
        return 1
    from course.cli import main as run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
