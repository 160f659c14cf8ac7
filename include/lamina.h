/* lamina.h: the C interface of Lamina, a small neural-network library.
 *
 * This header is the manual. It compiles as C99 and as C++; nothing else is
 * needed to use the library but liblamina itself.
 *
 *     #include <lamina.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *       lamina_model *model = NULL;
 *       lamina_session *session = NULL;
 *       lamina_prediction best;
 *       size_t count = 0;
 *       if (lamina_model_load_builtin(&model) == LAMINA_OK &&
 *           lamina_session_create(model, NULL, &session) == LAMINA_OK &&
 *           lamina_session_classify_png_file(session, "seven.png", NULL, &best, 1, &count) == LAMINA_OK)
 *         printf("class %d, probability %.4f\n", (int)best.class_index, best.probability);
 *       else
 *         fprintf(stderr, "%s\n", lamina_last_error_message());
 *       lamina_session_free(session);
 *       lamina_model_free(model);
 *     }
 *
 * Ownership. What a function hands out through a `lamina_model **` or a
 * `lamina_session **` belongs to the caller, who gives it back with
 * lamina_model_free or lamina_session_free; both accept NULL. A session keeps
 * what it needs of its model, so the two may be freed in either order. Memory
 * that the caller passes in is read or written during the call and never kept.
 * `const char *` results live as long as the library, but for
 * lamina_last_error_message (see below).
 *
 * Threads. A `const lamina_model *` may be used by any number of threads at
 * once. A session holds scratch memory: one thread at a time may use it, and
 * each thread makes its own. Handles may move between threads. The library
 * starts no threads, unless a session's thread_count asks for them.
 *
 * Errors. A function that can fail returns a lamina_status. When it is not
 * LAMINA_OK, lamina_last_error_message gives a sentence that says what was
 * expected, what came and where; the message belongs to the calling thread
 * and stays until that thread's next failure. After an error, handles and
 * counts that the call would have given are NULL and zero, and its other
 * outputs unspecified; LAMINA_ERROR_BUFFER_TOO_SMALL gives the size needed, in
 * an output or in the message. The library never prints and never exits;
 * SECURITY.md says what it can promise where memory runs out.
 *
 * Strings are UTF-8 with a terminating zero, paths too; others are refused as
 * INVALID_ARGUMENT. A function that gives a string
 * takes (buffer, capacity, needed): `needed`, if not NULL, receives the bytes
 * that the whole string takes with its zero. A buffer that is too small gets
 * nothing but an empty string, and LAMINA_ERROR_BUFFER_TOO_SMALL comes back;
 * buffer NULL with capacity 0 asks for the size alone and is no error.
 *
 * Versions. lamina_abi_version gives the ABI of the library that is loaded;
 * it must equal LAMINA_ABI_VERSION of the header that the program was
 * compiled with. Status codes and enumerators are only ever added. A struct
 * that may grow begins with struct_size, which the caller sets to
 * sizeof(the struct); a NULL pointer in its place means the defaults.
 *
 * Copyright The Lamina developers. Apache License 2.0.
 */
#ifndef LAMINA_H
#define LAMINA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------- library -- */

/** The version of this header, major.minor.patch. */
#define LAMINA_VERSION "0.1.0"

/** Grows when a program compiled with an older header must be compiled anew. */
#define LAMINA_ABI_VERSION 1

/** What a call that can fail returns. */
typedef enum lamina_status {
  /** The call did what it says. */
  LAMINA_OK = 0,
  /** An argument is NULL, out of range or does not fit the model. */
  LAMINA_ERROR_INVALID_ARGUMENT = 1,
  /** A file cannot be opened, read or written. */
  LAMINA_ERROR_IO = 2,
  /** A weights file, a configuration or a data file is damaged. */
  LAMINA_ERROR_FORMAT = 3,
  /** A weights file or a configuration asks for what this version lacks. */
  LAMINA_ERROR_UNSUPPORTED = 4,
  /** A picture is no PNG, is damaged, or has more pixels than allowed. */
  LAMINA_ERROR_IMAGE = 5,
  /** A picture is blank or unreadable: no digit was found in it. */
  LAMINA_ERROR_NO_DIGIT = 6,
  /** The caller's buffer cannot hold the result; the size needed is given. */
  LAMINA_ERROR_BUFFER_TOO_SMALL = 7,
  /** Memory ran out. */
  LAMINA_ERROR_OUT_OF_MEMORY = 8,
  /** The model is being trained by another call. */
  LAMINA_ERROR_BUSY = 9
} lamina_status;

/** The version of the library that is loaded, such as "0.1.0". */
const char *lamina_version(void);

/** The ABI of the library that is loaded; compare with LAMINA_ABI_VERSION. */
uint32_t lamina_abi_version(void);

/** The name of a status, such as "LAMINA_ERROR_IO"; "unknown status" for a
 * number that this version does not know. */
const char *lamina_status_name(lamina_status status);

/** What went wrong in this thread's last call that failed, as one sentence;
 * "" when none has. Valid until the thread's next failing call. */
const char *lamina_last_error_message(void);

/* --------------------------------------------------------------- model -- */

/** A network with its weights, labels and preprocessing; immutable. */
typedef struct lamina_model lamina_model;

/** Loads a weights file (safetensors, see docs/file-format.md). A file that holds
 * a test vector is FORMAT where the weights do not reproduce it.
 * Errors: IO, FORMAT, UNSUPPORTED, OUT_OF_MEMORY. */
lamina_status lamina_model_load_file(const char *path, lamina_model **model);

/** Loads a weights file that lies in memory; the bytes are not kept.
 * Errors: FORMAT, UNSUPPORTED, OUT_OF_MEMORY. */
lamina_status lamina_model_load_memory(const void *bytes, size_t size, lamina_model **model);

/** Loads the model inside the library, which reads digits: 28x28 pixels in, ten
 * logits out, labels "0" to "9". It is parsed at each call.
 * Errors: OUT_OF_MEMORY; FORMAT where the processor computes something else than
 * its test vector says. */
lamina_status lamina_model_load_builtin(lamina_model **model);

/** Makes a model with fresh weights from a Keras-style configuration (JSON, as
 * lamina_model_config gives it); `seed` decides the weights.
 * Errors: FORMAT, UNSUPPORTED, OUT_OF_MEMORY. */
lamina_status lamina_model_create(const char *config_json, uint64_t seed, lamina_model **model);

/** Writes the model to a file, atomically: an interrupted call leaves the old
 * file or the new one, never a part.
 * Errors: IO, OUT_OF_MEMORY. */
lamina_status lamina_model_save_file(const lamina_model *model, const char *path);

/** Gives a model back. NULL is ignored. */
void lamina_model_free(lamina_model *model);

/* ------------------------------------------------------- introspection -- */

/** The number of weights, trainable or not. */
lamina_status lamina_model_parameter_count(const lamina_model *model, uint64_t *count);

/** The number of inputs; 1 for a sequential model, any for a functional one. */
lamina_status lamina_model_input_count(const lamina_model *model, size_t *count);

/** The number of outputs; 1 for a sequential model, any for a functional one. */
lamina_status lamina_model_output_count(const lamina_model *model, size_t *count);

/** The shape of one sample of input `index`, without the batch axis: 28, 28
 * for a digit. `rank` receives the number of axes; `shape`, of `capacity`
 * numbers, receives them (NULL with capacity 0 asks for the rank alone).
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL. */
lamina_status lamina_model_input_shape(const lamina_model *model, size_t index, int64_t *shape,
                                       size_t capacity, size_t *rank);

/** The shape of one sample of output `index`: 10 for digits. */
lamina_status lamina_model_output_shape(const lamina_model *model, size_t index, int64_t *shape,
                                        size_t capacity, size_t *rank);

/** The number of class labels; 0 when the model has none. */
lamina_status lamina_model_label_count(const lamina_model *model, size_t *count);

/** The label of class `index`, such as "7". */
lamina_status lamina_model_label(const lamina_model *model, size_t index, char *buffer,
                                 size_t capacity, size_t *needed);

/** The table of layers, output shapes and parameters that Keras prints. */
lamina_status lamina_model_summary(const lamina_model *model, char *buffer, size_t capacity,
                                   size_t *needed);

/** The configuration as Keras-style JSON; lamina_model_create takes it. */
lamina_status lamina_model_config(const lamina_model *model, char *buffer, size_t capacity,
                                  size_t *needed);

/** The number of metadata entries that the model would be saved with, but for the
 * test vector, which is made when it is. */
lamina_status lamina_model_metadata_count(const lamina_model *model, size_t *count);

/** The key of metadata entry `index`, in the file's order. */
lamina_status lamina_model_metadata_key(const lamina_model *model, size_t index, char *buffer,
                                        size_t capacity, size_t *needed);

/** The value of a metadata entry, such as "training" (what the model was
 * trained on and how it went, JSON). A key that is not there is
 * INVALID_ARGUMENT. */
lamina_status lamina_model_metadata(const lamina_model *model, const char *key, char *buffer,
                                    size_t capacity, size_t *needed);

/* ------------------------------------------------------------- session -- */

/** Scratch memory for predicting with one model, one thread at a time. */
typedef struct lamina_session lamina_session;

/** How a session is made. */
typedef struct lamina_session_options {
  /** sizeof(lamina_session_options) */
  size_t struct_size;
  /** 0 to 65,536, kept for programs that set it: rows are computed in pieces
   * of a size that suits the network, and nothing depends on this. */
  size_t max_batch;
  /** How many threads compute a batch at most, the calling one among them, 0
   * to 64; 0 means 1. Pieces of a batch are shared among them, and give the
   * same numbers whatever their count; a few rows are computed by the caller
   * alone. All sessions share the library's threads, which start when they are
   * first needed: a session that finds them busy computes alone. */
  size_t thread_count;
} lamina_session_options;

/** What the numbers of a tensor are. */
typedef enum lamina_dtype {
  /** IEEE single precision; the type of every output. */
  LAMINA_FLOAT32 = 0,
  /** Bytes; divided by the model's preprocessing divisor (255 for digits). */
  LAMINA_UINT8 = 1,
  /** 32-bit integers; taken as the numbers that they are. */
  LAMINA_INT32 = 2
} lamina_dtype;

/** The most axes that a tensor can have. */
#define LAMINA_MAX_RANK 8

/** A dense row-major array in the caller's memory. */
typedef struct lamina_tensor {
  /** sizeof(lamina_tensor) */
  size_t struct_size;
  /** The type of the numbers. */
  lamina_dtype dtype;
  /** The number of axes, the batch axis first. */
  uint32_t rank;
  /** The length of each axis; entries from `rank` on are ignored. */
  int64_t shape[LAMINA_MAX_RANK];
  /** The numbers, aligned to their size; only read when it is an input. */
  void *data;
  /** Bytes at `data`. */
  size_t capacity;
} lamina_tensor;

/** Makes a session; `options` may be NULL. The memory that predicting needs is
 * taken here.
 * Errors: INVALID_ARGUMENT, OUT_OF_MEMORY. */
lamina_status lamina_session_create(const lamina_model *model,
                                    const lamina_session_options *options,
                                    lamina_session **session);

/** Gives a session back. NULL is ignored. */
void lamina_session_free(lamina_session *session);

/** Computes the model's outputs for a batch: `inputs` has a tensor for each of
 * the model's inputs, `outputs` one for each of its outputs, in the model's
 * order. Each input is [rows, ...sample shape], all with the same number of
 * rows. Each output needs struct_size, dtype (LAMINA_FLOAT32), data and
 * capacity; rank and shape are written, also when a capacity is too small: of
 * all outputs then, and the message gives the bytes that each needs. Outputs
 * are what their layers give: logits, if one has no activation. An output must
 * not overlap an input or another output. Predicting allocates nothing and, in a
 * library with OpenBLAS inside, takes no lock but the one that wakes the threads
 * of a session that has several; more than 64 threads that predict at the same
 * moment wait for each other.
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL. */
lamina_status lamina_session_predict(lamina_session *session, const lamina_tensor *inputs,
                                     size_t input_count, lamina_tensor *outputs,
                                     size_t output_count);

/** The short form for models of one input, here float32, and one output:
 * `input` holds `rows` samples, `output` has room for `output_capacity` numbers.
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL. */
lamina_status lamina_session_predict_float32(lamina_session *session, const float *input,
                                             size_t rows, float *output, size_t output_capacity);

/* --------------------------------------------------------------- image -- */

/** How a PNG is read. */
typedef struct lamina_png_options {
  /** sizeof(lamina_png_options) */
  size_t struct_size;
  /** The most pixels that a picture may have; 0 means the default, 10^9. */
  uint64_t max_pixels;
} lamina_png_options;

/** One answer of a classification. */
typedef struct lamina_prediction {
  /** The class, from 0; its label comes from lamina_model_label. */
  int32_t class_index;
  /** Its probability, 0 to 1: the softmax of the model's logits, divided by its
   * temperature where the metadata "calibration" gives one. */
  float probability;
} lamina_prediction;

/** Classifies the digit in a PNG file of any kind: decoded to grey, made like
 * the pictures that the model was trained on, predicted. `predictions`
 * receives the best classes, the best first, as many as the capacity and the
 * model allow; `count` receives how many. `options` may be NULL. A model of
 * several inputs or outputs is refused.
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, OUT_OF_MEMORY. */
lamina_status lamina_session_classify_png_file(lamina_session *session, const char *path,
                                               const lamina_png_options *options,
                                               lamina_prediction *predictions, size_t capacity,
                                               size_t *count);

/** The same for a PNG that lies in memory. */
lamina_status lamina_session_classify_png_memory(lamina_session *session, const void *bytes,
                                                 size_t size, const lamina_png_options *options,
                                                 lamina_prediction *predictions, size_t capacity,
                                                 size_t *count);

/** The picture as the model sees it: bytes, row by row, light digit on black,
 * ready for a LAMINA_UINT8 tensor. `needed`, if not NULL, receives the bytes
 * of a picture (784 for 28x28); pixels NULL with capacity 0 asks for that
 * alone. `options` may be NULL. A model of several inputs is refused.
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, BUFFER_TOO_SMALL,
 * OUT_OF_MEMORY. */
lamina_status lamina_model_preprocess_png_file(const lamina_model *model, const char *path,
                                               const lamina_png_options *options, uint8_t *pixels,
                                               size_t capacity, size_t *needed);

/** The same for a PNG that lies in memory. */
lamina_status lamina_model_preprocess_png_memory(const lamina_model *model, const void *bytes,
                                                 size_t size, const lamina_png_options *options,
                                                 uint8_t *pixels, size_t capacity, size_t *needed);

/** A digit of a line or a page, and where it stands. */
typedef struct lamina_read_digit {
  /** The class, from 0; its label comes from lamina_model_label. */
  int32_t class_index;
  /** Its probability, 0 to 1. */
  float probability;
  /** Its box, in pixels of the file's picture: the left edge, the top one. */
  uint32_t x;
  uint32_t y;
  uint32_t width;
  uint32_t height;
  /** The line that it stands in, from 0 at the top. */
  uint32_t line;
  /** 1 at a line's beginning and behind a wide gap, else 0. */
  uint32_t begins_word;
} lamina_read_digit;

/** Reads all digits of a PNG file, a line or a page, in reading order. `text`
 * receives their labels as a string, with a space between words and a line break
 * between lines, as all strings are given; NULL with capacity 0 leaves it out.
 * `digits`, of `capacity` elements, receives each digit; NULL with capacity 0
 * leaves them out. `count`, if not NULL, receives how many digits there are,
 * also when a capacity is too small. `options` may be NULL.
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, BUFFER_TOO_SMALL,
 * OUT_OF_MEMORY. Points, commas, minus and plus signs are left out; letters and
 * other signs are taken for digits. */
lamina_status lamina_read_png_file(lamina_session *session, const char *path,
                                   const lamina_png_options *options, char *text,
                                   size_t text_capacity, size_t *text_needed,
                                   lamina_read_digit *digits, size_t capacity, size_t *count);

/** The same for a PNG that lies in memory. */
lamina_status lamina_read_png_memory(lamina_session *session, const void *bytes, size_t size,
                                     const lamina_png_options *options, char *text,
                                     size_t text_capacity, size_t *text_needed,
                                     lamina_read_digit *digits, size_t capacity, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
