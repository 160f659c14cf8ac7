#!/bin/bash
# The committed fixtures are what their script writes.
source "$(dirname "$0")/check.sh"
check 'fixtures' python3 Tests/C/make_model.py --check
finish
