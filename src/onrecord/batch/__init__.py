"""Many documents at once: the plain loop, a pool of processes, Ray; and sets of files that move between machines."""
