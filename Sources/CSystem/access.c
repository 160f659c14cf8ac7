// Who may use something that many threads may read and one may change. Nobody
// waits: whoever comes at the wrong moment is told so.

#include "CSystem.h"

enum { changing = -1 };

struct laminasystem_access {
  // How many read it, or `changing`.
  int users;
  // The thread that changes it, by the address of something of its own; 0 for none.
  uintptr_t owner;
};

static uintptr_t this_thread(void) { return (uintptr_t)laminasystem_message(); }

laminasystem_access *laminasystem_make_access(void) {
  return calloc(1, sizeof(laminasystem_access));
}

void laminasystem_free_access(laminasystem_access *access) { free(access); }

static int is_changed_here(laminasystem_access *access) {
  return __atomic_load_n(&access->owner, __ATOMIC_ACQUIRE) == this_thread();
}

laminasystem_entry laminasystem_begin_reading(laminasystem_access *access) {
  if (is_changed_here(access)) return laminasystem_entry_nested;
  int users = __atomic_load_n(&access->users, __ATOMIC_RELAXED);
  do {
    if (users == changing || users == INT32_MAX) return laminasystem_entry_refused;
  } while (!__atomic_compare_exchange_n(&access->users, &users, users + 1, 1, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED));
  return laminasystem_entry_first;
}

void laminasystem_end_reading(laminasystem_access *access) {
  __atomic_sub_fetch(&access->users, 1, __ATOMIC_RELEASE);
}

laminasystem_entry laminasystem_begin_changing(laminasystem_access *access) {
  if (is_changed_here(access)) return laminasystem_entry_nested;
  int users = 0;
  if (!__atomic_compare_exchange_n(&access->users, &users, changing, 0, __ATOMIC_ACQUIRE,
                                   __ATOMIC_RELAXED))
    return laminasystem_entry_refused;
  __atomic_store_n(&access->owner, this_thread(), __ATOMIC_RELEASE);
  return laminasystem_entry_first;
}

void laminasystem_end_changing(laminasystem_access *access) {
  __atomic_store_n(&access->owner, 0, __ATOMIC_RELEASE);
  __atomic_store_n(&access->users, 0, __ATOMIC_RELEASE);
}
