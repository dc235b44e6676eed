# The two commands of the README, and what developers run. All work is in tools/dev.py, which runs anywhere.
# Another Python: make test PYTHON=python3.12

PYTHON = python3

.PHONY: demo test check lint format renew clean

demo test check lint format renew clean:
	@$(PYTHON) tools/dev.py $@
