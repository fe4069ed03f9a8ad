#pragma once
#include <stdint.h>

/* The innermost loops of the random numbers. Each equals, bit for bit, a Swift function in Sources/NumericCore:
   RandomStream (placesNormals) and Shock (placesFactors). Every multiply-add is written out as a fused one, so that
   no compiler and no instruction set changes a bit. */

/* Standard normals of the cells firstCell ..< firstCell + cells (at least 1), each for the draws
   firstDraw ..< firstDraw + draws.
   out: cell by cell, `stride` numbers apart, draws side by side. */
void placesNormals(double *_Nonnull out, int64_t stride, uint32_t firstCell, uint32_t cells, uint32_t firstDraw,
                   uint32_t draws, uint64_t seed, uint64_t place);

/* out[i] = exp(scale * z[i] + common[i]), for exponents between -700 and 700. */
void placesFactors(double *_Nonnull out, const double *_Nonnull z, const double *_Nonnull common, double scale,
                   int64_t count);
