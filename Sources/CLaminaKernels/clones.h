// Compiles a function for AVX-512, for AVX2 and for the baseline; the dynamic
// linker takes the best that the processor has. ThreadSanitizer crashes on the
// resolvers, and other processors have no such levels. Tests define
// LAMINA_NO_CLONES and say for which processor they compile.
#ifndef LAMINA_CLONES_H
#define LAMINA_CLONES_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) && !defined(LAMINA_NO_CLONES)
#define LAMINA_NO_CLONES
#endif
#endif

#if defined(__x86_64__) && !defined(LAMINA_NO_CLONES)
#define PROCESSOR_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PROCESSOR_CLONES
#endif

#endif
