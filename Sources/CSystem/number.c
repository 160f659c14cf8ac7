#define _GNU_SOURCE
#include "CSystem.h"

#include <locale.h>
#include <pthread.h>

static locale_t c_locale;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_c_locale(void) { c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

double laminasystem_parse_number(const char *text, size_t *length) {
  // The host's locale may write decimals with a comma.
  pthread_once(&once, make_c_locale);
  char *end = NULL;
  double value = c_locale == (locale_t)0 ? strtod(text, &end) : strtod_l(text, &end, c_locale);
  *length = (size_t)(end - text);
  return value;
}
