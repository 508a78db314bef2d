"""Serves moto on a free port of this machine, for as long as standard input stays open: it ends with whoever started it.

The first line of standard output tells the address, the last one the peak of its memory.
"""

import logging
import os
import resource
import signal
import sys

# A terminal sends Ctrl-C to the whole process group, but engines that stop have yet to write their state here.
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, lambda *_: sys.exit())

from moto.server import ThreadedMotoServer  # noqa: E402 (takes half a second, in which a signal may come)


def peak_memory():
    """In bytes."""
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Not ru_maxrss: on Linux it begins with the memory of the process that forked this one.
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no line for each request, which costs about a tenth of its time
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
try:
    print(f"Running on http://{host}:{port}", flush=True)
    while os.read(0, 1024):
        pass
finally:
    print(f"Peak memory {peak_memory()} bytes", flush=True)
