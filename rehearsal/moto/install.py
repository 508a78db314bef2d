"""Makes a virtual environment with all that a list of requirements names.

Usage: python3 install.py [<folder> <requirements.txt>], by default the checkout's `.venv` and the list beside this file.

Two runs at once take turns, and the second finds the work done. `installed.txt` is written last: a folder without it
is what a killed run left, and is made anew.
"""

import fcntl
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
folder, requirements = sys.argv[1:] or [os.path.join(here, "../../.venv"), os.path.join(here, "requirements.txt")]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def run(command, advice):
    # Without PYTHON* variables (-I): what a developer's PYTHONPATH holds would count as installed. The lock goes along, because pip outlives us.
    ended = subprocess.run([command[0], "-I", "-m", *command[1:]], pass_fds=[lock])
    if ended.returncode != 0:
        sys.exit(advice)


os.makedirs(folder, exist_ok=True)
lock = os.open(folder, os.O_RDONLY)
fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lifts it when the last process that has it ends, however it ends

installed = os.path.join(folder, "installed.txt")
if not os.path.exists(installed) or read(installed) != read(requirements):
    run(
        [sys.executable, "venv", "--clear", folder],
        "python3 makes no virtual environment. On Debian and Ubuntu its module is a package of its own: apt install python3-venv",
    )
    run(
        [os.path.join(folder, "bin/python"), "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r", requirements],
        f"pip could not install what {requirements} lists",
    )
    unfinished = f"{installed}.unfinished"
    with open(unfinished, "w", encoding="utf-8") as file:
        file.write(read(requirements))
    os.replace(unfinished, installed)
