#pragma once

/* scripts/setup puts HiGHS there and lets its headers find one another, so that no -I is needed. */
#include "../../.deps/highs/include/interfaces/highs_c_api.h"
