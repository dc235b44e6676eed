"""The command line: one file per group of commands, in Dutch. It calls the workspace and nothing below it."""
