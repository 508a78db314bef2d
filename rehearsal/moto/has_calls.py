"""Prints those of some calls that moto has, one on each line. Calls are named as in `eks:CreateAddon`.

Usage: python has_calls.py <call>...
"""

import re
import sys

from moto.backends import get_backend

for call in sys.argv[1:]:
    service, operation = call.split(":")
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
    if hasattr(get_backend(service).backend, method):
        print(call)
