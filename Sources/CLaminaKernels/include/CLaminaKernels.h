// The hot loops that Swift cannot compile once for each kind of processor.
// Pointers never overlap; counts are numbers of elements.
#ifndef LAMINA_CLAMINAKERNELS_H
#define LAMINA_CLAMINAKERNELS_H

#include "laminakernel_activations.h"
#include "laminakernel_convolution.h"
#include "laminakernel_elementwise.h"
#include "laminakernel_losses.h"
#include "laminakernel_normalization.h"
#include "laminakernel_optimizers.h"
#include "laminakernel_pooled_gradient.h"
#include "laminakernel_pooling.h"
#include "laminakernel_products.h"
#include "laminakernel_random.h"
#include "laminakernel_regularization.h"
#include "laminakernel_resampling.h"
#include "laminakernel_samples.h"
#include "laminakernel_sparse_products.h"
#include "laminakernel_windows.h"
#include "laminakernel_winograd.h"

#endif
