#include "CSystem.h"

enum { cache_line = 64 };

// From calloc, whose large pieces cost no memory before they are touched: what a
// network's shapes ask for is only paid for by data that really comes.
void *laminasystem_allocate(size_t bytes) {
  // With one byte more a pointer to no bytes still points into its block, as those expect that
  // look for leaks.
  const size_t extra = cache_line + 1;
  if (bytes > SIZE_MAX - extra) return NULL;
  char *block = calloc(1, bytes + extra);
  if (block == NULL) return NULL;
  // calloc aligns to 16 bytes, so at least that much lies before the line's start.
  char *aligned = block + cache_line - (uintptr_t)block % cache_line;
  ((void **)aligned)[-1] = block;
  return aligned;
}

void laminasystem_free(void *memory) {
  if (memory != NULL) free(((void **)memory)[-1]);
}
