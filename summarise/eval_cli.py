"""The commands under `summarise eval`: arguments in, exit code out."""
