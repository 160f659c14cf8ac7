// lamina.h alone, in C++: it compiles, and its functions link by their C names.
#include <lamina.h>
#include <stdio.h>

int main() {
  lamina_status (*load)(const char *, lamina_model **) = lamina_model_load_file;
  bool same = lamina_abi_version() == LAMINA_ABI_VERSION && load != 0;
  printf("%d passed, %d failed\n", same, !same);
  return !same;
}
