#!/bin/bash
# The committed fixtures are what their scripts write.
source "$(dirname "$0")/check.sh"
check 'the model' python3 Tests/C/make_model.py --check
check 'the networks' python3 Tests/C/make_networks.py --check
finish
