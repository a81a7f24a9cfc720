"""`python -m zscape`: the same as the command `zscape`."""

from zscape.app.cli.main import entry

if __name__ == "__main__":
    entry()
