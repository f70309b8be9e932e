"""Lets `python -m lvzhi.faces.commands` stand for the `lvzhi` command."""

from lvzhi.faces.commands.main import main

main()
