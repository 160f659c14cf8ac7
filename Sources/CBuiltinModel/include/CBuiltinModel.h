// The weights file that is inside the library.
#ifndef LAMINA_CBUILTINMODEL_H
#define LAMINA_CBUILTINMODEL_H

#include <stddef.h>
#include <stdint.h>

// digits.safetensors, byte for byte: a network that says which digit a 28x28
// picture shows. `make model` trains it. The bytes are aligned to a cache line
// and last as long as the program; `size` receives how many there are.
const uint8_t *laminabuiltin_digits(size_t *size);

#endif
