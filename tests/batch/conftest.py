import sys
from pathlib import Path

# Worker processes import the stand-in annotators by name.
sys.path.insert(0, str(Path(__file__).parents[2]))
