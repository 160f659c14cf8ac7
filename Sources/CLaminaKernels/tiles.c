// Unlike target_clones this compiles a tile of another shape for each kind of
// processor: 14 rows of two vectors fill the 32 registers of AVX-512, 6 rows the
// 16 registers of its predecessors.

#include "tiles.h"

#include "clones.h"
#include "vectors.h"

#pragma clang fp contract(fast)

// A number that the compiler knows nothing of, if `hides`. It would compute the address
// of each row from that of the row before, and as many additions would follow each
// other as a tile has rows.
static inline __attribute__((always_inline)) ptrdiff_t opaque(ptrdiff_t number, const int hides) {
  if (hides) __asm__("" : "+r"(number));
  return number;
}

#if defined(__x86_64__) && !defined(LAMINA_NO_CLONES)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define KERNEL tile_kernel_v4
#define LANES 16
#define MAXIMUM_ROWS 14
#include "tile_body.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define KERNEL tile_kernel_v3
#define LANES 8
#define MAXIMUM_ROWS 6
#include "tile_body.h"
#pragma clang attribute pop

#define KERNEL tile_kernel_baseline
#define LANES 4
#define MAXIMUM_ROWS 6
#include "tile_body.h"

const tile_kernel *laminakernel_tile_kernel(void) {
  if (__builtin_cpu_supports("x86-64-v4")) return &tile_kernel_v4;
  if (__builtin_cpu_supports("x86-64-v3")) return &tile_kernel_v3;
  return &tile_kernel_baseline;
}

#else

// One kernel, for the processor that the compiler was told of.
#define KERNEL tile_kernel_only
#if defined(__AVX512F__)
#define LANES 16
#define MAXIMUM_ROWS 14
#elif defined(__AVX__)
#define LANES 8
#define MAXIMUM_ROWS 6
#elif defined(__aarch64__)
#define LANES 4
#define MAXIMUM_ROWS 14
#else
#define LANES 4
#define MAXIMUM_ROWS 6
#endif
#include "tile_body.h"

const tile_kernel *laminakernel_tile_kernel(void) { return &tile_kernel_only; }

#endif
