// exp(x) as an expression that loops can be made vector instructions of; a call of
// expf cannot. Computed in double precision, so that rounding to float32 is the only
// error that counts: the result is the nearest number but for one in some millions.
#ifndef LAMINA_EXPONENTIAL_H
#define LAMINA_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

// exp(x) = 2^k exp(r) with |r| <= log(2) / 2; exp(r) is its Taylor polynomial.
static inline __attribute__((always_inline)) float exponential(float x) {
  // Beyond these the result is 0 and infinity; a not-a-number stays one.
  double clipped = x < -104.0f ? -104.0f : x;
  clipped = clipped > 89.0 ? 89.0 : clipped;
  // Adding 1.5 * 2^52 rounds to an integer, which the sum's lowest bits then are.
  const double shift = 0x1.8p52;
  double shifted = clipped * 0x1.71547652b82fep0 + shift;
  double k = shifted - shift;
  double r = (clipped - k * 0x1.62e42fefa3800p-1) - k * 0x1.ef35793c76730p-45;
  double sum = 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 1.0 / 2;
  sum = sum * r + 1;
  sum = sum * r + 1;
  // 2^k, from its bits.
  uint64_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits << 52) + ((uint64_t)1023 << 52);
  double power;
  memcpy(&power, &bits, sizeof power);
  return (float)(sum * power);
}

#endif
