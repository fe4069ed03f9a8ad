"""Solves LP text with HiGHS's own library, every option but gap, time and threads as it comes.

    python3 capital_highs.py libhighs.so model.lp gap seconds threads
"""

import ctypes
import json
import sys
import time

library, model, gap, seconds, threads = sys.argv[1:]
highs = ctypes.CDLL(library)
highs.Highs_create.restype = ctypes.c_void_p
instance = ctypes.c_void_p(highs.Highs_create())


def info(name):
    value = ctypes.c_double()
    highs.Highs_getDoubleInfoValue(instance, name.encode(), ctypes.byref(value))
    return value.value if abs(value.value) < 1e200 else None


highs.Highs_setBoolOptionValue(instance, b"output_flag", 0)
highs.Highs_setIntOptionValue(instance, b"threads", int(threads))
highs.Highs_readModel(instance, model.encode())
highs.Highs_setDoubleOptionValue(instance, b"mip_rel_gap", ctypes.c_double(float(gap)))
highs.Highs_setDoubleOptionValue(instance, b"time_limit", ctypes.c_double(float(seconds)))
began = time.monotonic()
highs.Highs_run(instance)
json.dump(
    {
        "columns": highs.Highs_getNumCol(instance),
        "rows": highs.Highs_getNumRow(instance),
        "seconds": time.monotonic() - began,
        "processor_seconds": time.process_time(),
        "objective": info("objective_function_value"),
        "bound": info("mip_dual_bound"),
        "gap": info("mip_gap"),
        "is_proven": highs.Highs_getModelStatus(instance) == 7,
    },
    sys.stdout,
)
