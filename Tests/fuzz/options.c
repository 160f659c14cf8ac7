/* How the sanitizers behave in every fuzzer: memory that one call asks for in one piece ends at
 * 64 MB, so that what an input claims instead of brings is seen. Where Lamina is prepared for that,
 * as with weights and scratch memory, it returns an error; an array of Swift's ends the program. */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void) {
  return "allocator_may_return_null=1:max_allocation_size_mb=64";
}

const char *__ubsan_default_options(void) { return "halt_on_error=1:print_stacktrace=1"; }
