#include "CBuiltinModel.h"

// C23's, which clang has in C17 too, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const _Alignas(64) uint8_t digits[] = {
#embed "digits.safetensors"
};

const uint8_t *laminabuiltin_digits(size_t *size) {
  *size = sizeof digits;
  return digits;
}
