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
 * once. A function that takes a `lamina_model *` changes the model and needs it
 * for itself: where another thread uses the model, it changes nothing and gives
 * LAMINA_ERROR_BUSY, and so does every call of other threads until it is done.
 * A session holds scratch memory: one thread at a time may use it, and each
 * thread makes its own. It keeps the weights that the model had when it was
 * made, whatever a training makes of them. Handles may move between threads.
 * The library starts no threads, unless the thread_count of a session or
 * lamina_model_set_thread_count asks for them.
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
  /** The model is in use by another call: it is being trained, or is to be
   * changed while it is read. */
  LAMINA_ERROR_BUSY = 9
} lamina_status;

/** The version of the library that is loaded, such as "0.1.0".
 *
 *     printf("liblamina %s\n", lamina_version());
 */
const char *lamina_version(void);

/** The ABI of the library that is loaded; compare with LAMINA_ABI_VERSION.
 *
 *     if (lamina_abi_version() != LAMINA_ABI_VERSION)
 *       fprintf(stderr, "liblamina %s does not fit this program\n", lamina_version());
 */
uint32_t lamina_abi_version(void);

/** The name of a status, such as "LAMINA_ERROR_IO"; "unknown status" for a
 * number that this version does not know.
 *
 *     fprintf(stderr, "%s\n", lamina_status_name(status));
 */
const char *lamina_status_name(lamina_status status);

/** What went wrong in this thread's last call that failed, as one sentence;
 * "" when none has. Valid until the thread's next failing call.
 *
 *     if (lamina_model_load_file("digits.safetensors", &model) != LAMINA_OK)
 *       fprintf(stderr, "%s\n", lamina_last_error_message());
 */
const char *lamina_last_error_message(void);

/* --------------------------------------------------------------- model -- */

/** A network with its weights, labels and preprocessing, and with what a
 * training needs once lamina_model_compile was called. */
typedef struct lamina_model lamina_model;

/** Loads a weights file (safetensors, see docs/file-format.md). A file that holds
 * a test vector is FORMAT where the weights do not reproduce it.
 *
 *     status = lamina_model_load_file("digits.safetensors", &model);
 *
 * Errors: IO, FORMAT, UNSUPPORTED, OUT_OF_MEMORY.
 */
lamina_status lamina_model_load_file(const char *path, lamina_model **model);

/** Loads a weights file that lies in memory; the bytes are not kept.
 *
 *     status = lamina_model_load_memory(bytes, size, &model);
 *
 * Errors: FORMAT, UNSUPPORTED, OUT_OF_MEMORY.
 */
lamina_status lamina_model_load_memory(const void *bytes, size_t size, lamina_model **model);

/** Loads the model inside the library, which reads digits: 28x28 pixels in, ten
 * logits out, labels "0" to "9". It is parsed at each call.
 *
 *     status = lamina_model_load_builtin(&model);
 *
 * Errors: OUT_OF_MEMORY; FORMAT where the processor computes something else than
 * its test vector says.
 */
lamina_status lamina_model_load_builtin(lamina_model **model);

/** Makes a model with fresh weights from a Keras-style configuration (JSON, as
 * lamina_model_config gives it); `seed` decides the weights.
 *
 *     status = lamina_model_create(
 *         "{\"class_name\": \"Sequential\", \"config\": {\"layers\": ["
 *         "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 4]}},"
 *         "{\"class_name\": \"Dense\", \"config\": {\"units\": 3}}]}}",
 *         1, &model);
 *
 * Errors: FORMAT, UNSUPPORTED, OUT_OF_MEMORY.
 */
lamina_status lamina_model_create(const char *config_json, uint64_t seed, lamina_model **model);

/** Writes the model to a file, atomically: an interrupted call leaves the old
 * file or the new one, never a part.
 *
 *     status = lamina_model_save_file(model, "digits.safetensors");
 *
 * Errors: IO, OUT_OF_MEMORY.
 */
lamina_status lamina_model_save_file(const lamina_model *model, const char *path);

/** Writes the model to memory, as it would be written to a file. `needed`, if
 * not NULL, receives the bytes that it takes; NULL with capacity 0 asks for that
 * alone.
 *
 *     lamina_model_save_memory(model, NULL, 0, &needed);
 *     void *copy = malloc(needed);
 *     status = lamina_model_save_memory(model, copy, needed, NULL);
 *     free(copy);
 *
 * Errors: BUFFER_TOO_SMALL, OUT_OF_MEMORY.
 */
lamina_status lamina_model_save_memory(const lamina_model *model, void *bytes, size_t capacity,
                                       size_t *needed);

/** Gives a model back. NULL is ignored. A training that is under way keeps the
 * model until it ends.
 *
 *     lamina_model_free(model);
 */
void lamina_model_free(lamina_model *model);

/* ------------------------------------------------------- introspection -- */

/** The number of weights, trainable or not.
 *
 *     uint64_t parameter_count;
 *     status = lamina_model_parameter_count(model, &parameter_count);
 */
lamina_status lamina_model_parameter_count(const lamina_model *model, uint64_t *count);

/** The number of inputs; 1 for a sequential model, any for a functional one.
 *
 *     status = lamina_model_input_count(model, &count);
 */
lamina_status lamina_model_input_count(const lamina_model *model, size_t *count);

/** The number of outputs; 1 for a sequential model, any for a functional one.
 *
 *     status = lamina_model_output_count(model, &count);
 */
lamina_status lamina_model_output_count(const lamina_model *model, size_t *count);

/** The shape of one sample of input `index`, without the batch axis: 28, 28
 * for a digit. `rank` receives the number of axes; `shape`, of `capacity`
 * numbers, receives them (NULL with capacity 0 asks for the rank alone).
 *
 *     int64_t axes[LAMINA_MAX_RANK];
 *     size_t rank;
 *     status = lamina_model_input_shape(model, 0, axes, LAMINA_MAX_RANK, &rank);
 *
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL.
 */
lamina_status lamina_model_input_shape(const lamina_model *model, size_t index, int64_t *shape,
                                       size_t capacity, size_t *rank);

/** The shape of one sample of output `index`: 10 for digits.
 *
 *     int64_t axes[LAMINA_MAX_RANK];
 *     size_t rank;
 *     status = lamina_model_output_shape(model, 0, axes, LAMINA_MAX_RANK, &rank);
 */
lamina_status lamina_model_output_shape(const lamina_model *model, size_t index, int64_t *shape,
                                        size_t capacity, size_t *rank);

/** The number of class labels; 0 when the model has none.
 *
 *     status = lamina_model_label_count(model, &count);
 */
lamina_status lamina_model_label_count(const lamina_model *model, size_t *count);

/** The label of class `index`, such as "7".
 *
 *     status = lamina_model_label(model, 7, text, sizeof text, NULL);
 */
lamina_status lamina_model_label(const lamina_model *model, size_t index, char *buffer,
                                 size_t capacity, size_t *needed);

/** The table of layers, output shapes and parameters that Keras prints.
 *
 *     lamina_model_summary(model, NULL, 0, &needed);
 *     char *summary = malloc(needed);
 *     if (lamina_model_summary(model, summary, needed, NULL) == LAMINA_OK) puts(summary);
 *     free(summary);
 */
lamina_status lamina_model_summary(const lamina_model *model, char *buffer, size_t capacity,
                                   size_t *needed);

/** The configuration as Keras-style JSON; lamina_model_create takes it.
 *
 *     lamina_model_config(model, NULL, 0, &needed);
 *     char *config = malloc(needed);
 *     status = lamina_model_config(model, config, needed, NULL);
 *     free(config);
 */
lamina_status lamina_model_config(const lamina_model *model, char *buffer, size_t capacity,
                                  size_t *needed);

/** The number of metadata entries that the model would be saved with, but for the
 * test vector, which is made when it is.
 *
 *     status = lamina_model_metadata_count(model, &count);
 */
lamina_status lamina_model_metadata_count(const lamina_model *model, size_t *count);

/** The key of metadata entry `index`, in the file's order.
 *
 *     status = lamina_model_metadata_key(model, 0, text, sizeof text, NULL);
 */
lamina_status lamina_model_metadata_key(const lamina_model *model, size_t index, char *buffer,
                                        size_t capacity, size_t *needed);

/** The value of a metadata entry, such as "training" (what the model was
 * trained on and how it went, JSON). A key that is not there is
 * INVALID_ARGUMENT.
 *
 *     status = lamina_model_metadata(model, "preprocessing", text, sizeof text, NULL);
 */
lamina_status lamina_model_metadata(const lamina_model *model, const char *key, char *buffer,
                                    size_t capacity, size_t *needed);

/** Sets a metadata entry, or removes it where `value` is NULL. "labels",
 * "preprocessing", "calibration" and "training" are JSON, as
 * docs/file-format.md describes them: labels are a list of strings, one a class,
 * and {"recipe": "mnist", "divisor": 255} makes the model one that takes PNG
 * files of digits, and bytes divided by 255. Other keys are the caller's. What
 * follows from the model, such as "config", is INVALID_ARGUMENT.
 *
 *     status = lamina_model_set_metadata(model, "labels", "[\"cat\", \"dog\"]");
 *
 * Errors: INVALID_ARGUMENT, FORMAT, UNSUPPORTED, BUSY.
 */
lamina_status lamina_model_set_metadata(lamina_model *model, const char *key, const char *value);

/** The number of layers, those of the inputs among them.
 *
 *     status = lamina_model_layer_count(model, &count);
 */
lamina_status lamina_model_layer_count(const lamina_model *model, size_t *count);

/** The name of a layer in the network, such as "dense_1".
 *
 *     for (size_t i = 0; i < count; i++)
 *       if (lamina_model_layer_name(model, i, text, sizeof text, NULL) == LAMINA_OK) puts(text);
 */
lamina_status lamina_model_layer_name(const lamina_model *model, size_t index, char *buffer,
                                      size_t capacity, size_t *needed);

/** Freezes a layer where `trainable` is 0: trainings leave its variables as they
 * are from the next one on. Any other number lets them change it again.
 *
 *     status = lamina_model_set_layer_trainable(model, "conv2d", 0);
 *
 * Errors: INVALID_ARGUMENT, BUSY.
 */
lamina_status lamina_model_set_layer_trainable(lamina_model *model, const char *layer,
                                               int32_t trainable);

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
 *
 *     lamina_session_options options = {sizeof options, 0, 2};
 *     status = lamina_session_create(model, &options, &session);
 *
 * Errors: INVALID_ARGUMENT, OUT_OF_MEMORY.
 */
lamina_status lamina_session_create(const lamina_model *model,
                                    const lamina_session_options *options,
                                    lamina_session **session);

/** Gives a session back. NULL is ignored.
 *
 *     lamina_session_free(session);
 */
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
 *
 *     float pixels[2 * 784] = {0}, logits[2 * 10];
 *     lamina_tensor input = {sizeof input, LAMINA_FLOAT32, 3, {2, 28, 28}, pixels, sizeof pixels};
 *     lamina_tensor output = {sizeof output, LAMINA_FLOAT32, 0, {0}, logits, sizeof logits};
 *     status = lamina_session_predict(session, &input, 1, &output, 1);
 *
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL.
 */
lamina_status lamina_session_predict(lamina_session *session, const lamina_tensor *inputs,
                                     size_t input_count, lamina_tensor *outputs,
                                     size_t output_count);

/** The short form for models of one input, here float32, and one output:
 * `input` holds `rows` samples, `output` has room for `output_capacity` numbers.
 *
 *     float pixels[784] = {0}, logits[10];
 *     status = lamina_session_predict_float32(session, pixels, 1, logits, 10);
 *
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL.
 */
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
 *
 *     lamina_prediction best[3];
 *     status = lamina_session_classify_png_file(session, "seven.png", NULL, best, 3, &count);
 *
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, OUT_OF_MEMORY.
 */
lamina_status lamina_session_classify_png_file(lamina_session *session, const char *path,
                                               const lamina_png_options *options,
                                               lamina_prediction *predictions, size_t capacity,
                                               size_t *count);

/** The same for a PNG that lies in memory.
 *
 *     lamina_prediction best;
 *     status = lamina_session_classify_png_memory(session, bytes, size, NULL, &best, 1, &count);
 */
lamina_status lamina_session_classify_png_memory(lamina_session *session, const void *bytes,
                                                 size_t size, const lamina_png_options *options,
                                                 lamina_prediction *predictions, size_t capacity,
                                                 size_t *count);

/** The picture as the model sees it: bytes, row by row, light digit on black,
 * ready for a LAMINA_UINT8 tensor. `needed`, if not NULL, receives the bytes
 * of a picture (784 for 28x28); pixels NULL with capacity 0 asks for that
 * alone. `options` may be NULL. A model of several inputs is refused.
 *
 *     uint8_t pixels[784];
 *     status = lamina_model_preprocess_png_file(model, "seven.png", NULL, pixels, 784, NULL);
 *
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, BUFFER_TOO_SMALL,
 * OUT_OF_MEMORY.
 */
lamina_status lamina_model_preprocess_png_file(const lamina_model *model, const char *path,
                                               const lamina_png_options *options, uint8_t *pixels,
                                               size_t capacity, size_t *needed);

/** The same for a PNG that lies in memory.
 *
 *     uint8_t pixels[784];
 *     status = lamina_model_preprocess_png_memory(model, bytes, size, NULL, pixels, 784, NULL);
 */
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
 *
 *     char page[4096];
 *     if (lamina_read_png_file(session, "page.png", NULL, page, sizeof page, NULL, NULL, 0, NULL) ==
 *         LAMINA_OK)
 *       puts(page);
 *
 * Errors: INVALID_ARGUMENT, IO, IMAGE, NO_DIGIT, BUFFER_TOO_SMALL,
 * OUT_OF_MEMORY. Points, commas, minus and plus signs are left out; letters and
 * other signs are taken for digits.
 */
lamina_status lamina_read_png_file(lamina_session *session, const char *path,
                                   const lamina_png_options *options, char *text,
                                   size_t text_capacity, size_t *text_needed,
                                   lamina_read_digit *digits, size_t capacity, size_t *count);

/** The same for a PNG that lies in memory.
 *
 *     lamina_read_digit digits[100];
 *     status = lamina_read_png_memory(session, bytes, size, NULL, NULL, 0, NULL, digits, 100, &count);
 */
lamina_status lamina_read_png_memory(lamina_session *session, const void *bytes, size_t size,
                                     const lamina_png_options *options, char *text,
                                     size_t text_capacity, size_t *text_needed,
                                     lamina_read_digit *digits, size_t capacity, size_t *count);

/* ------------------------------------------------------------ training -- */

/** Samples in the caller's memory, and what the model should make of them. */
typedef struct lamina_dataset {
  /** sizeof(lamina_dataset) */
  size_t struct_size;
  /** A tensor for each of the model's inputs: [rows, ...sample shape]. They are
   * read where they lie, and must stay as they are until the call is done. */
  const lamina_tensor *inputs;
  size_t input_count;
  /** A tensor for each of the model's outputs that has a loss or metrics, with
   * the same number of rows: classes as integers, of shape [rows] or [rows, 1], or
   * numbers of the output's shape, as the loss asks for. */
  const lamina_tensor *targets;
  size_t target_count;
  /** How much each sample counts in the loss, a number for each row; NULL where
   * all count 1. */
  const float *sample_weights;
} lamina_dataset;

/** Says how the model is to be trained, as Keras's compile does. `training_json`
 * is an object with "optimizer", "loss", "metrics", "loss_weights" and
 * "weighted_metrics", in which each optimizer, loss and metric is a name or what
 * Keras's get_config gives:
 *
 *     {"optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.001}},
 *      "loss": {"class_name": "SparseCategoricalCrossentropy",
 *               "config": {"from_logits": true}},
 *      "metrics": ["accuracy"]}
 *
 * For several outputs "loss" and the others are objects by the outputs' names, or
 * lists. What an earlier training left in the optimizer is forgotten.
 *
 *     status = lamina_model_compile(model, "{\"optimizer\": \"adam\", \"loss\": \"mse\"}");
 *
 * Errors: INVALID_ARGUMENT, FORMAT, UNSUPPORTED, BUSY.
 */
lamina_status lamina_model_compile(lamina_model *model, const char *training_json);

/** The number of figures that a training or an evaluation measures; the model must
 * have been compiled, and so for all functions below.
 *
 *     status = lamina_model_metric_count(model, &count);
 */
lamina_status lamina_model_metric_count(const lamina_model *model, size_t *count);

/** The name of a figure: "loss" first, each output's loss where there are several,
 * then the metrics.
 *
 *     status = lamina_model_metric_name(model, 0, text, sizeof text, NULL);
 */
lamina_status lamina_model_metric_name(const lamina_model *model, size_t index, char *buffer,
                                       size_t capacity, size_t *needed);

/** Sets what shuffles and dropout masks follow from; the weights stay. The same
 * seed, data and build give the same bits, whatever the number of threads.
 *
 *     status = lamina_model_set_seed(model, 42);
 *
 * Errors: BUSY.
 */
lamina_status lamina_model_set_seed(lamina_model *model, uint64_t seed);

/** Sets how many threads train and evaluate at most, the calling one among them: 1
 * to 64; 1 at first.
 *
 *     status = lamina_model_set_thread_count(model, 2);
 *
 * Errors: INVALID_ARGUMENT, BUSY.
 */
lamina_status lamina_model_set_thread_count(lamina_model *model, size_t thread_count);

/** What happens in a training. Kinds are bits of a mask. */
typedef enum lamina_event_kind {
  LAMINA_EVENT_TRAINING_BEGAN = 1,
  LAMINA_EVENT_TRAINING_ENDED = 2,
  LAMINA_EVENT_EPOCH_BEGAN = 4,
  /** The values are the epoch's, then those of the validation, "val_loss" first. */
  LAMINA_EVENT_EPOCH_ENDED = 8,
  LAMINA_EVENT_BATCH_BEGAN = 16,
  /** The values are those of the epoch so far. */
  LAMINA_EVENT_BATCH_ENDED = 32,
  LAMINA_EVENT_VALIDATION_BEGAN = 64,
  /** The values are those of the validation. */
  LAMINA_EVENT_VALIDATION_ENDED = 128,
  /** Comes every 50 ms or so, for hosts that look for interrupts. */
  LAMINA_EVENT_POLL = 256,
  /** All kinds that there are, and that there will be. */
  LAMINA_EVENT_ALL = 0x7fffffff
} lamina_event_kind;

/** What a callback is told; all of it is the library's, and gone when the callback
 * returns. Later versions may append members. */
typedef struct lamina_event {
  /** The bytes that the library filled. */
  size_t struct_size;
  lamina_event_kind kind;
  /** Always 0. */
  uint32_t reserved;
  /** The epoch, from 0, and the one before which the training ends. */
  uint64_t epoch;
  uint64_t epoch_count;
  /** How many batches of the epoch are done, and how many it has. */
  uint64_t batch;
  uint64_t batch_count;
  /** The loss of the last batch. */
  double batch_loss;
  /** Figures by their names; none in most kinds. */
  size_t value_count;
  const char *const *names;
  const double *values;
} lamina_event;

/** What a callback decides. */
typedef enum lamina_decision {
  LAMINA_CONTINUE = 0,
  /** End after this batch; what was learned stays, and the call gives OK. */
  LAMINA_STOP = 1
} lamina_decision;

/** Sees a training's events, in the thread that called lamina_model_fit. There it
 * may use the model in every way that does not train it: read and set parameters,
 * the learning rate, predict with a session of its own, evaluate, save; compile,
 * fit and the like are BUSY. Other threads find the model BUSY until the training
 * has ended. No exception and no longjmp may leave a callback. */
typedef lamina_decision (*lamina_event_callback)(const lamina_event *event, void *context);

/** How a training goes; zeros are the defaults. */
typedef struct lamina_fit_options {
  /** sizeof(lamina_fit_options) */
  size_t struct_size;
  /** The samples of a batch, 1 to 65,536; 0 means 32. */
  size_t batch_size;
  /** The epoch before which to end; 0 means 1. */
  size_t epochs;
  /** Where to begin to count the epochs. */
  size_t initial_epoch;
  /** The batches of an epoch at most; the next one goes on behind them. 0 means
   * all. */
  size_t steps_per_epoch;
  /** Evaluated after each epoch; NULL for none. */
  const lamina_dataset *validation;
  /** The fraction of the samples, the last ones, that are evaluated instead of
   * trained with, where there is no `validation`; 0 to below 1. */
  double validation_split;
  /** How much the samples of class 0, 1, ... count in the loss; 1 for those from
   * the count on. NULL for none. */
  const float *class_weights;
  size_t class_weight_count;
  /** 1 takes the samples in their order; 0 shuffles them for each epoch. */
  uint32_t keeps_order;
  /** The events that the callback sees: lamina_event_kind, or-ed together; 0 means
   * all. */
  uint32_t event_kinds;
  /** NULL for none. */
  lamina_event_callback callback;
  /** Handed to the callback. */
  void *context;
  /** Keras's callbacks as a JSON list, such as
   *
   *     [{"class_name": "EarlyStopping",
   *       "config": {"monitor": "val_loss", "patience": 3}}]
   *
   * EarlyStopping, ModelCheckpoint, ReduceLROnPlateau, CSVLogger, TerminateOnNaN
   * and BackupAndRestore (whose file is "path"); NULL for none. They come before
   * `callback`. */
  const char *callbacks_json;
} lamina_fit_options;

/** Trains on a data set: in each epoch all samples once, batch by batch, in a new
 * random order. `options` may be NULL. A second call goes on where the first
 * ended. After an error the weights are those of the last step that was well.
 *
 *     lamina_fit_options options = {0};
 *     options.struct_size = sizeof options;
 *     options.epochs = 5;
 *     options.validation_split = 0.1;
 *     status = lamina_model_fit(model, &data, &options);
 *
 * Errors: INVALID_ARGUMENT (also where a loss is not finite), BUSY, OUT_OF_MEMORY,
 * and IO or FORMAT of a built-in callback.
 */
lamina_status lamina_model_fit(lamina_model *model, const lamina_dataset *data,
                               const lamina_fit_options *options);

/** What the last lamina_model_fit that ended well measured, as JSON:
 * {"epoch": [0, 1], "loss": [0.9, 0.5], "val_loss": [0.8, 0.6]}; null stands for
 * what is no finite number. "{}" before the first.
 *
 *     char history[4096];
 *     if (lamina_model_history(model, history, sizeof history, NULL) == LAMINA_OK) puts(history);
 */
lamina_status lamina_model_history(const lamina_model *model, char *buffer, size_t capacity,
                                   size_t *needed);

/** The figures of a data set, in the order of lamina_model_metric_name, with the
 * layers as they are after training: nothing is dropped. `batch_size` 0 means 32.
 * `count`, if not NULL, receives how many there are, also when a capacity is too
 * small.
 *
 *     double values[2];
 *     if (lamina_model_evaluate(model, &data, 0, values, 2, NULL) == LAMINA_OK)
 *       printf("loss %.4f, accuracy %.4f\n", values[0], values[1]);
 *
 * Errors: INVALID_ARGUMENT, BUFFER_TOO_SMALL, BUSY, OUT_OF_MEMORY.
 */
lamina_status lamina_model_evaluate(const lamina_model *model, const lamina_dataset *data,
                                    size_t batch_size, double *values, size_t capacity,
                                    size_t *count);

/** Takes one step with one batch, of at most 65,536 rows: forward, loss, backward,
 * update. The figures are the batch's own, from before the update; NULL with
 * capacity 0 leaves them out.
 *
 *     status = lamina_model_train_on_batch(model, &data, NULL, 0, NULL);
 *
 * Errors: as lamina_model_fit; BUFFER_TOO_SMALL, before the step.
 */
lamina_status lamina_model_train_on_batch(lamina_model *model, const lamina_dataset *batch,
                                          double *values, size_t capacity, size_t *count);

/** Computes the gradients of a batch's loss, and leaves the parameters alone:
 * `gradients` receives lamina_model_trainable_count numbers, for the parameters
 * that come first; 0 for those of frozen layers. Moving statistics change, as in
 * each forward pass of a training. The figures are as for
 * lamina_model_train_on_batch.
 *
 *     double values[2];
 *     status = lamina_model_compute_gradients(model, &data, gradients, gradient_count, values, 2, &count);
 *
 * Errors: as lamina_model_fit; BUFFER_TOO_SMALL, before anything is computed.
 */
lamina_status lamina_model_compute_gradients(lamina_model *model, const lamina_dataset *batch,
                                             float *gradients, size_t gradient_capacity,
                                             double *values, size_t capacity, size_t *count);

/** Takes one step of the optimizer with gradients that were computed here or
 * elsewhere; `gradient_count` must be lamina_model_trainable_count.
 *
 *     status = lamina_model_apply_gradients(model, gradients, gradient_count);
 *
 * Errors: INVALID_ARGUMENT, BUSY, OUT_OF_MEMORY.
 */
lamina_status lamina_model_apply_gradients(lamina_model *model, const float *gradients,
                                           size_t gradient_count);

/** How many of the parameters gradients change, those of frozen layers among them;
 * they come first. No compile is needed, nor for the parameters themselves.
 *
 *     uint64_t trainable_count;
 *     status = lamina_model_trainable_count(model, &trainable_count);
 */
lamina_status lamina_model_trainable_count(const lamina_model *model, uint64_t *count);

/** Copies all parameters, lamina_model_parameter_count numbers: the trainable ones
 * of all layers, then the others, such as moving statistics. `count`, if not NULL,
 * receives how many there are; NULL with capacity 0 asks for that alone.
 *
 *     lamina_model_get_parameters(model, NULL, 0, &count);
 *     float *parameters = malloc(count * sizeof *parameters);
 *     status = lamina_model_get_parameters(model, parameters, count, NULL);
 *     free(parameters);
 *
 * Errors: BUFFER_TOO_SMALL, BUSY.
 */
lamina_status lamina_model_get_parameters(const lamina_model *model, float *parameters,
                                          size_t capacity, size_t *count);

/** Gives all parameters other values; `count` must be
 * lamina_model_parameter_count. Sessions keep those that they were made with.
 *
 *     status = lamina_model_set_parameters(model, weights, count);
 *
 * Errors: INVALID_ARGUMENT, BUSY, OUT_OF_MEMORY.
 */
lamina_status lamina_model_set_parameters(lamina_model *model, const float *parameters,
                                          size_t count);

/** The number of variables, such as a layer's kernel.
 *
 *     status = lamina_model_variable_count(model, &count);
 */
lamina_status lamina_model_variable_count(const lamina_model *model, size_t *count);

/** The name of a variable, such as "dense/kernel", in the order of the layers.
 *
 *     status = lamina_model_variable_name(model, 0, text, sizeof text, NULL);
 */
lamina_status lamina_model_variable_name(const lamina_model *model, size_t index, char *buffer,
                                         size_t capacity, size_t *needed);

/** The shape of a variable, as of lamina_model_input_shape.
 *
 *     int64_t axes[LAMINA_MAX_RANK];
 *     size_t rank;
 *     status = lamina_model_variable_shape(model, 0, axes, LAMINA_MAX_RANK, &rank);
 */
lamina_status lamina_model_variable_shape(const lamina_model *model, size_t index, int64_t *shape,
                                          size_t capacity, size_t *rank);

/** Where a variable is among the parameters: `offset` receives its first number's
 * place, `count` how many it has, `trained` whether gradients change it now: not
 * where it is a moving statistic or its layer is frozen. Each may be NULL.
 *
 *     uint64_t offset, length;
 *     status = lamina_model_variable_place(model, 0, &offset, &length, NULL);
 */
lamina_status lamina_model_variable_place(const lamina_model *model, size_t index, uint64_t *offset,
                                          uint64_t *count, int32_t *trained);

/** How far the optimizer steps next.
 *
 *     float rate;
 *     status = lamina_model_learning_rate(model, &rate);
 */
lamina_status lamina_model_learning_rate(const lamina_model *model, float *learning_rate);

/** Sets how far the optimizer steps, also from a callback. Where a schedule
 * decides, that is INVALID_ARGUMENT.
 *
 *     status = lamina_model_set_learning_rate(model, 1e-4f);
 */
lamina_status lamina_model_set_learning_rate(lamina_model *model, float learning_rate);

/** Writes the model with all that a training needs to go on: the optimizer's
 * numbers, steps, epochs, learning rate and seed. Atomic, as
 * lamina_model_save_file; lamina_model_load_file reads it, too.
 *
 *     status = lamina_model_save_checkpoint(model, "training.safetensors");
 *
 * Errors: INVALID_ARGUMENT, IO, OUT_OF_MEMORY.
 */
lamina_status lamina_model_save_checkpoint(const lamina_model *model, const char *path);

/** Goes on with the training of such a file: the model, of the same layers and
 * compiled with the same optimizer, takes weights, optimizer and counts. What
 * follows is the same to the bit as if the training had gone on, where the model
 * was loaded from that file or has the same seed.
 *
 *     status = lamina_model_load_file("training.safetensors", &model);
 *     if (status == LAMINA_OK) status = lamina_model_compile(model, "{\"loss\": \"mse\"}");
 *     if (status == LAMINA_OK) status = lamina_model_restore_checkpoint(model, "training.safetensors");
 *
 * Errors: INVALID_ARGUMENT, IO, FORMAT, UNSUPPORTED, BUSY, OUT_OF_MEMORY. The model
 * is then as it was.
 */
lamina_status lamina_model_restore_checkpoint(lamina_model *model, const char *path);

#ifdef __cplusplus
}
#endif

#endif
