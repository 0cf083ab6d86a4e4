import sys
from pathlib import Path

# The invented coverage is also run by child processes that are killed, so it is a module beside the tests.
sys.path.insert(0, str(Path(__file__).parents[2]))
