# Shortcuts for `python3 dev.py`, which sets everything up by itself. The default is: lint and test.

default: test

# ruff, mypy, import rules, all tests
test *options:
    python3 dev.py test {{options}}

# ruff, mypy, import rules
lint:
    python3 dev.py lint

# the sample story
demo *options:
    python3 dev.py demo {{options}}

# any onrecord command
run *options:
    python3 dev.py run {{options}}

# rewrite what ruff can
fmt:
    .venv/bin/ruff format .
    .venv/bin/ruff check --fix .

# the lock, after a change of pyproject.toml
lock:
    uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --group dev --extra pandas --extra postgres pyproject.toml -o requirements.lock
    uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header -c requirements.lock --extra ray pyproject.toml -o requirements-ray.lock

# the command as users have it, without development tools
smoke:
    uv run --isolated --no-default-groups onrecord --help
