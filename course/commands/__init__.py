"""The commands that set the course up: standard library alone, one module a command."""
