/* Weights files: whatever the bytes are, loading them gives a model that can be used, or an error. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  lamina_model *model = NULL;
  int loaded = succeeds(lamina_model_load_memory(bytes, size, &model));
  REQUIRE(loaded == (model != NULL));
  if (loaded) use_model(model);
  lamina_model_free(model);
  return 0;
}

/* A weights file begins with the length of its header in eight bytes. Half of the mutations are
 * within the header, whose length is then put right: the bytes would hardly be read otherwise. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t capacity, unsigned seed) {
  enum { LENGTH = 8 };
  uint64_t header = 0;
  for (int i = 0; i < LENGTH && size >= LENGTH; i++) header |= (uint64_t)bytes[i] << 8 * i;
  if (seed % 2 == 0 || size < LENGTH || size > capacity || header > size - LENGTH)
    return LLVMFuzzerMutate(bytes, size, capacity);

  size_t tensors = size - LENGTH - (size_t)header;
  uint8_t *kept = malloc(tensors + 1);
  REQUIRE(kept != NULL);
  memcpy(kept, bytes + LENGTH + header, tensors);
  header = LLVMFuzzerMutate(bytes + LENGTH, (size_t)header, capacity - LENGTH - tensors);
  memcpy(bytes + LENGTH + header, kept, tensors);
  free(kept);
  for (int i = 0; i < LENGTH; i++) bytes[i] = (uint8_t)(header >> 8 * i);
  return LENGTH + (size_t)header + tensors;
}
