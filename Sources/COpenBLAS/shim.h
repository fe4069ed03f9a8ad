#pragma once
#include <cblas.h>
#include <stddef.h>

/* LAPACK comes out of OpenBLAS by its Fortran names (one trailing length for each CHARACTER argument). */
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uploLength);
