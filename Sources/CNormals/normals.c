#include "CNormals.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define FAST __attribute__((target_clones("avx512f", "arch=x86-64-v3", "default")))
#else
#define FAST
#endif
#define INLINE static inline __attribute__((always_inline))

INLINE double fma_(double a, double b, double c) { return __builtin_elementwise_fma(a, b, c); }

INLINE double fromBits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, 8);
  return value;
}

INLINE uint64_t toBits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  return bits;
}

/* Natural logarithm of a normal number: x = m 2^e with m in [sqrt(1/2), sqrt(2)), log m = 2 artanh((m-1)/(m+1)). */
INLINE double logarithm(double x) {
  const uint64_t root = 0x3fe6a09e667f3bcdull;
  uint64_t shifted = toBits(x) + (0x3ff0000000000000ull - root);
  double m = fromBits((shifted & 0x000fffffffffffffull) + root);
  double e = fromBits((shifted >> 52) | 0x4330000000000000ull) - (0x1p52 + 1023);
  double s = (m - 1) / (m + 1), t = s * s;
  double p = 2.0 / 19;
  p = fma_(p, t, 2.0 / 17);
  p = fma_(p, t, 2.0 / 15);
  p = fma_(p, t, 2.0 / 13);
  p = fma_(p, t, 2.0 / 11);
  p = fma_(p, t, 2.0 / 9);
  p = fma_(p, t, 2.0 / 7);
  p = fma_(p, t, 2.0 / 5);
  p = fma_(p, t, 2.0 / 3);
  p = fma_(p, t, 2.0);
  return fma_(e, 0x1.62e42fefa39efp-1, s * p);
}

/* u - 1/2 for u = (word + 1/2) / 2^32; exact. */
INLINE double centred(uint32_t word) {
  return ((double)(int32_t)(word ^ 0x80000000u) + 0.5) * 0x1p-32;
}

/* Beyond this distance from 1/2 the tail's formula holds. */
#define MIDDLE 0.4995

/* Giles 2010, double precision, for -log(4 u (1 - u)) < 6.25. */
INLINE double middle(double q) {
  double w = -logarithm(4 * ((0.5 - q) * (0.5 + q))) - 3.125;
  double p = -3.6444120640178196996e-21;
  p = fma_(p, w, -1.685059138182016589e-19);
  p = fma_(p, w, 1.2858480715256400167e-18);
  p = fma_(p, w, 1.115787767802518096e-17);
  p = fma_(p, w, -1.333171662854620906e-16);
  p = fma_(p, w, 2.0972767875968561637e-17);
  p = fma_(p, w, 6.6376381343583238325e-15);
  p = fma_(p, w, -4.0545662729752068639e-14);
  p = fma_(p, w, -8.1519341976054721522e-14);
  p = fma_(p, w, 2.6335093153082322977e-12);
  p = fma_(p, w, -1.2975133253453532498e-11);
  p = fma_(p, w, -5.4154120542946279317e-11);
  p = fma_(p, w, 1.051212273321532285e-09);
  p = fma_(p, w, -4.1126339803469836976e-09);
  p = fma_(p, w, -2.9070369957882005086e-08);
  p = fma_(p, w, 4.2347877827932403518e-07);
  p = fma_(p, w, -1.3654692000834678645e-06);
  p = fma_(p, w, -1.3882523362786468719e-05);
  p = fma_(p, w, 0.0001867342080340571352);
  p = fma_(p, w, -0.00074070253416626697512);
  p = fma_(p, w, -0.0060336708714301490533);
  p = fma_(p, w, 0.24015818242558961693);
  p = fma_(p, w, 1.6536545626831027356);
  return 2.8284271247461903 * q * p;
}

/* Wichura 1988, algorithm AS 241 (PPND16), for 2^-33 <= u <= 0.075 and their mirror. */
INLINE double tail(double q) {
  double r = __builtin_elementwise_sqrt(-logarithm(q < 0 ? 0.5 + q : 0.5 - q)) - 1.6;
  double a = 7.74545014278341407640e-4;
  a = fma_(a, r, 2.27238449892691845833e-2);
  a = fma_(a, r, 2.41780725177450611770e-1);
  a = fma_(a, r, 1.27045825245236838258);
  a = fma_(a, r, 3.64784832476320460504);
  a = fma_(a, r, 5.76949722146069140550);
  a = fma_(a, r, 4.63033784615654529590);
  a = fma_(a, r, 1.42343711074968357734);
  double b = 1.05075007164441684324e-9;
  b = fma_(b, r, 5.47593808499534494600e-4);
  b = fma_(b, r, 1.51986665636164571966e-2);
  b = fma_(b, r, 1.48103976427480074590e-1);
  b = fma_(b, r, 6.89767334985100004550e-1);
  b = fma_(b, r, 1.67638483018380384940);
  b = fma_(b, r, 2.05319162663775882187);
  b = fma_(b, r, 1.0);
  return q < 0 ? -(a / b) : a / b;
}

enum { chunk = 256 };

/* Philox4x32-10 (Salmon and others 2011): words[j][i] is the j-th word of the i-th draw. */
INLINE void philox(uint32_t words[4][chunk], uint32_t firstDraw, uint32_t draws, uint32_t quad, uint64_t seed,
                   uint64_t place) {
  const uint64_t low = 0xffffffffull;
  for (uint32_t i = 0; i < draws; i++) {
    uint64_t x0 = (uint32_t)(firstDraw + i), x1 = place & low, x2 = place >> 32, x3 = quad;
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
      uint64_t p0 = (x0 & low) * 0xD2511F53ull, p1 = (x2 & low) * 0xCD9E8D57ull;
      x0 = (p1 >> 32) ^ x1 ^ k0;
      x2 = (p0 >> 32) ^ x3 ^ k1;
      x1 = p1 & low;
      x3 = p0 & low;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    words[0][i] = (uint32_t)x0;
    words[1][i] = (uint32_t)x1;
    words[2][i] = (uint32_t)x2;
    words[3][i] = (uint32_t)x3;
  }
}

/* Few numbers lie in the tails, so all are first taken for the middle. */
INLINE void normals(double *restrict out, const uint32_t *restrict words, uint32_t draws) {
  uint32_t tails = 0;
#pragma clang loop interleave_count(4)
  for (uint32_t i = 0; i < draws; i++) {
    double q = centred(words[i]);
    out[i] = middle(q);
    tails |= q < -MIDDLE || q > MIDDLE;
  }
  if (tails == 0) return;
  /* Most often it is one of them: as a vector, the tail would be worked out for all. */
#pragma clang loop vectorize(disable)
  for (uint32_t i = 0; i < draws; i++) {
    double q = centred(words[i]);
    if (__builtin_expect(q < -MIDDLE || q > MIDDLE, 0)) out[i] = tail(q);
  }
}

FAST void placesUniforms(double *out, uint32_t cell, uint32_t firstDraw, uint32_t draws, uint64_t seed, uint64_t place) {
  uint32_t words[4][chunk];
  for (uint32_t from = 0; from < draws; from += chunk) {
    uint32_t count = draws - from < chunk ? draws - from : chunk;
    philox(words, firstDraw + from, count, cell / 4, seed, place);
    const uint32_t *word = words[cell % 4];
    for (uint32_t i = 0; i < count; i++) out[from + i] = centred(word[i]) + 0.5;
  }
}

FAST void placesNormals(double *out, int64_t stride, uint32_t firstCell, uint32_t cells, uint32_t firstDraw,
                        uint32_t draws, uint64_t seed, uint64_t place) {
  uint32_t words[4][chunk];
  for (uint32_t from = 0; from < draws; from += chunk) {
    uint32_t count = draws - from < chunk ? draws - from : chunk;
    for (uint32_t cell = 0; cell < cells; cell++) {
      uint32_t number = firstCell + cell;
      if (cell == 0 || number % 4 == 0) philox(words, firstDraw + from, count, number / 4, seed, place);
      normals(out + cell * stride + from, words[number % 4], count);
    }
  }
}

/* exp(x) = 2^k exp(r), |r| <= log(2)/2, the series to r^13. */
INLINE double exponential(double x) {
  double shifted = fma_(x, 0x1.71547652b82fep0, 0x1.8p52), k = shifted - 0x1.8p52;
  double r = fma_(k, -0x1.abc9e3b39803fp-56, fma_(k, -0x1.62e42fefa39efp-1, x));
  double p = 1.0 / 6227020800;
  p = fma_(p, r, 1.0 / 479001600);
  p = fma_(p, r, 1.0 / 39916800);
  p = fma_(p, r, 1.0 / 3628800);
  p = fma_(p, r, 1.0 / 362880);
  p = fma_(p, r, 1.0 / 40320);
  p = fma_(p, r, 1.0 / 5040);
  p = fma_(p, r, 1.0 / 720);
  p = fma_(p, r, 1.0 / 120);
  p = fma_(p, r, 1.0 / 24);
  p = fma_(p, r, 1.0 / 6);
  p = fma_(p, r, 0.5);
  p = fma_(p, r, 1.0);
  p = fma_(p, r, 1.0);
  return fromBits(toBits(p) + (toBits(shifted) << 52));
}

FAST void placesFactors(double *out, const double *z, const double *common, double scale, int64_t count) {
#pragma clang loop interleave_count(4)
  for (int64_t i = 0; i < count; i++) out[i] = exponential(fma_(scale, z[i], common[i]));
}

FAST void placesSurvivors(double *restrict out, const double *restrict below, const double *restrict z,
                          const double *restrict common, double ratio, double scale, int64_t count) {
#pragma clang loop interleave_count(4)
  for (int64_t i = 0; i < count; i++) out[i] = ratio * below[i] * exponential(fma_(scale, z[i], common[i]));
}

FAST void placesAddChosen(double *restrict sum, const double *restrict chosen, const double *restrict values,
                          int64_t choices, int64_t count) {
  double value[chunk];
  for (int64_t from = 0; from < count; from += chunk) {
    int64_t some = count - from < chunk ? count - from : chunk;
    for (int64_t i = 0; i < some; i++) value[i] = values[0];
    for (int64_t choice = 1; choice < choices; choice++) {
      double least = choice, other = values[choice];
      for (int64_t i = 0; i < some; i++) {
        double before = value[i];
        value[i] = chosen[from + i] >= least ? other : before;
      }
    }
    for (int64_t i = 0; i < some; i++) sum[from + i] += value[i];
  }
}

FAST void placesAddToBoth(double *restrict one, double *restrict other, const double *restrict row, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    one[i] += row[i];
    other[i] += row[i];
  }
}

FAST void placesAddProduct(double *restrict out, const double *restrict a, const double *restrict b,
                           const double *restrict c, int64_t count) {
  for (int64_t i = 0; i < count; i++) out[i] = a[i] + b[i] * c[i];
}

FAST int64_t placesFind(uint32_t *restrict places, const uint16_t *restrict bins, int64_t count,
                        const uint16_t *restrict wanted, int64_t choices) {
  enum { width = 64 };
  int64_t found = 0;
  for (int64_t from = 0; from < count; from += width) {
    int some = count - from < width ? (int)(count - from) : width;
    uint16_t bin[width] = {0}, isWanted[width] = {0};
    memcpy(bin, bins + from, some * sizeof *bins);
    for (int64_t choice = 0; choice < choices; choice++)
      for (int i = 0; i < width; i++) isWanted[i] |= bin[i] == wanted[choice];
    uint64_t mask = 0;
    for (int i = 0; i < some; i++) mask |= (uint64_t)isWanted[i] << i;
    for (; mask; mask &= mask - 1) places[found++] = (uint32_t)(from + __builtin_ctzll(mask));
  }
  return found;
}
