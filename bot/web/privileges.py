"""What the server gives up once it listens: a hole in it must not open more than it needs itself."""

import ctypes
import os
import resource
import sys

_NO_NEW_PRIVILEGES, _DROP_FROM_BOUNDING = 38, 24  # what prctl calls them
_LAST = 63  # the highest number that a capability may have
_VERSION = 0x20080522  # of the structure that capset takes
_OWN_ALONE = 0o077


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Capabilities(ctypes.Structure):
    _fields_ = tuple((f"{kind}_{half}", ctypes.c_uint32) for half in range(2) for kind in ("has", "may", "leaves"))


def give_up() -> None:
    """No memory image when it breaks, no file that others may read, no right of root's; from here on, and for good.

    What the system does not know of is left out; threads that run already keep their rights.
    """
    os.umask(_OWN_ALONE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    for number in range(_LAST + 1):
        system.prctl(_DROP_FROM_BOUNDING, number, 0, 0, 0)
    system.capset(ctypes.byref(_Header(_VERSION, 0)), ctypes.byref(_Capabilities()))
