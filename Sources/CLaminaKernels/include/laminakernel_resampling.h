// Images that are turned, moved and zoomed.
#ifndef LAMINAKERNEL_RESAMPLING_H
#define LAMINAKERNEL_RESAMPLING_H

#include <stddef.h>

// What is beyond an image's border.
typedef enum {
  laminakernel_fill_reflect,   // d c b a | a b c d | d c b a
  laminakernel_fill_wrap,      // a b c d | a b c d | a b c d
  laminakernel_fill_nearest,   // a a a a | a b c d | d d d d
  laminakernel_fill_constant,  // the fill value
} laminakernel_fill_mode;

// How an image of [height, width, channels] is moved: the output pixel (x, y)
// shows the place (map[0] x + map[1] y + map[2], map[3] x + map[4] y + map[5]),
// between its four neighbours, or the nearest pixel. Neighbours are weighed in
// double; which pixel is nearest is said in float, as halves fall in Keras.
typedef struct {
  size_t height, width, channels;
  double map[6];
  laminakernel_fill_mode fill_mode;
  int is_bilinear;
  float fill_value;
} laminakernel_resampling;

// Moves one image.
void laminakernel_resample(const float *image, float *output,
                           const laminakernel_resampling *settings);

// The gradient of the image from that of the output.
void laminakernel_resample_gradient(const float *gradient, float *result,
                                    const laminakernel_resampling *settings);

#endif
