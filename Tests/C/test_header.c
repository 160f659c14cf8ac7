/* lamina.h alone, in C99 without extensions: it compiles, and structs have the layout that other
 * languages rely on. */
#include <lamina.h>

typedef char tensor_layout[offsetof(lamina_tensor, shape) == 16 &&
                                   offsetof(lamina_tensor, data) == 80 &&
                                   sizeof(lamina_tensor) == 96
                               ? 1
                               : -1];
typedef char options_layout[sizeof(lamina_session_options) == 24 && sizeof(lamina_png_options) == 16
                                ? 1
                                : -1];
typedef char prediction_layout[sizeof(lamina_prediction) == 8 ? 1 : -1];

#include <stdio.h>

int main(void) {
  int same = lamina_abi_version() == LAMINA_ABI_VERSION;
  printf("%d passed, %d failed\n", same, !same);
  return !same;
}
