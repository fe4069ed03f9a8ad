#pragma once
/* One function of OpenSSL's libcrypto: the SHA-256 of a buffer. */
#include <openssl/sha.h>
