#include "CSystem.h"

void *laminasystem_allocate(size_t bytes) {
  const size_t line = 64;
  if (bytes > SIZE_MAX - line) return NULL;
  size_t rounded = (bytes + line - 1) / line * line;
  if (rounded == 0) rounded = line;
  void *memory = NULL;
  if (posix_memalign(&memory, line, rounded) != 0) return NULL;
  memset(memory, 0, rounded);
  return memory;
}
