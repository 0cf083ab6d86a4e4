"""What it costs: one command each, never a test. Every figure is printed with the machine and the commit."""
