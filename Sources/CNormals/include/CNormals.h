#pragma once
#include <stdint.h>

/* The innermost loops of the draws, for functions in Sources/NumericCore: RandomStream (placesUniforms, placesNormals),
   Shock (placesFactors, placesSurvivors), DrawRow (the sums) and QuantileFinder (placesFind). Random numbers and factors
   equal those of Swift bit for bit. Every multiply-add of theirs is written out as a fused one, so that no compiler and
   no instruction set changes a bit. */

/* Numbers strictly between 0 and 1 of a cell, for the draws firstDraw ..< firstDraw + draws. */
void placesUniforms(double *_Nonnull out, uint32_t cell, uint32_t firstDraw, uint32_t draws, uint64_t seed,
                    uint64_t place);

/* Standard normals of the cells firstCell ..< firstCell + cells (at least 1), each for the draws
   firstDraw ..< firstDraw + draws.
   out: cell by cell, `stride` numbers apart, draws side by side. */
void placesNormals(double *_Nonnull out, int64_t stride, uint32_t firstCell, uint32_t cells, uint32_t firstDraw,
                   uint32_t draws, uint64_t seed, uint64_t place);

/* out[i] = exp(scale * z[i] + common[i]), for exponents between -700 and 700. */
void placesFactors(double *_Nonnull out, const double *_Nonnull z, const double *_Nonnull common, double scale,
                   int64_t count);

/* out[i] = ratio * below[i] * exp(scale * z[i] + common[i]); no array may overlap out. */
void placesSurvivors(double *_Nonnull out, const double *_Nonnull below, const double *_Nonnull z,
                     const double *_Nonnull common, double ratio, double scale, int64_t count);

/* sum[i] += values[chosen[i]], where chosen holds whole numbers below `choices`; no array may overlap sum. */
void placesAddChosen(double *_Nonnull sum, const double *_Nonnull chosen, const double *_Nonnull values,
                     int64_t choices, int64_t count);

/* one[i] += row[i] and other[i] += row[i]; no array may overlap another. */
void placesAddToBoth(double *_Nonnull one, double *_Nonnull other, const double *_Nonnull row, int64_t count);

/* out[i] = a[i] + b[i] * c[i]; no array may overlap out. */
void placesAddProduct(double *_Nonnull out, const double *_Nonnull a, const double *_Nonnull b,
                      const double *_Nonnull c, int64_t count);

/* The positions, rising, of the bins that are among the wanted ones; returns how many. places: room for `count`. */
int64_t placesFind(uint32_t *_Nonnull places, const uint16_t *_Nonnull bins, int64_t count,
                   const uint16_t *_Nonnull wanted, int64_t choices);
