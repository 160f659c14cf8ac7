/* Configurations: any text gives a model that can be used, or an error. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  lamina_model *model = NULL;
  char *text = malloc(size + 1);
  REQUIRE(text != NULL);
  memcpy(text, bytes, size);
  text[size] = 0;
  int created = succeeds(lamina_model_create(text, 1, &model));
  REQUIRE(created == (model != NULL));
  free(text);
  if (created) use_model(model);
  lamina_model_free(model);
  return 0;
}
