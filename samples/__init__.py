"""Sample reports: sources, the script that renders them, the rendered files, and what is expected of the program."""
