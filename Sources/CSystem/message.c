#include "CSystem.h"

static _Thread_local char message[laminasystem_message_capacity];

char *laminasystem_message(void) { return message; }
