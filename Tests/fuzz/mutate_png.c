/* How pictures are mutated. A chunk's checksum and zlib's would stop nearly every change at the
 * door; so changes are made to whole bytes, to a chunk's content or to the pixels that the data
 * chunks hold, and the checksums are put right afterwards. What is tested stays what hosts call. */
#include <zlib.h>

#include "fuzz.h"

enum { SIGNATURE = 8, AROUND = 12, MOST_RAW = 1 << 16 };

static uint32_t read_number(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void write_number(uint8_t *at, uint32_t number) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(number >> (24 - 8 * i));
}

/* The size of the chunk that begins at `at`, all in all; 0 where none ends inside the bytes. */
static size_t chunk_size(const uint8_t *bytes, size_t size, size_t at) {
  if (size < AROUND || at > size - AROUND) return 0;
  size_t content = read_number(bytes + at);
  return content <= size - AROUND - at ? content + AROUND : 0;
}

static int is_data(const uint8_t *chunk) { return memcmp(chunk + 4, "IDAT", 4) == 0; }

static void repair_checksums(uint8_t *bytes, size_t size) {
  size_t chunk;
  for (size_t at = SIGNATURE; (chunk = chunk_size(bytes, size, at)) > 0; at += chunk)
    write_number(bytes + at + chunk - 4,
                 (uint32_t)crc32(0, bytes + at + 4, (uInt)(chunk - AROUND + 4)));
}

/* Puts `count` bytes in the place of those from `begin` to `end`; gives the new size, or 0 where
 * there is no room. */
static size_t replace(uint8_t *bytes, size_t size, size_t capacity, size_t begin, size_t end,
                      const uint8_t *content, size_t count) {
  if (count > capacity || size - (end - begin) > capacity - count) return 0;
  memmove(bytes + begin + count, bytes + end, size - end);
  memcpy(bytes + begin, content, count);
  return size - (end - begin) + count;
}

/* Changes the content of one chunk. */
static size_t mutate_chunk(uint8_t *bytes, size_t size, size_t capacity, unsigned seed) {
  static uint8_t content[MOST_RAW];
  size_t at = SIGNATURE, chunk, count = 0;
  for (; (chunk = chunk_size(bytes, size, at)) > 0; at += chunk) count++;
  if (count == 0) return 0;
  at = SIGNATURE;
  for (count = seed % count; count > 0; count--) at += chunk_size(bytes, size, at);
  chunk = chunk_size(bytes, size, at);
  if (chunk - AROUND > sizeof content / 2) return 0;
  memcpy(content, bytes + at + 8, chunk - AROUND);
  size_t changed = LLVMFuzzerMutate(content, chunk - AROUND, sizeof content / 2);
  size_t result = replace(bytes, size, capacity, at + 8, at + chunk - 4, content, changed);
  if (result > 0) write_number(bytes + at, (uint32_t)changed);
  return result;
}

/* Unpacks all data chunks, changes what is in them, and packs it into one. */
static size_t mutate_pixels(uint8_t *bytes, size_t size, size_t capacity) {
  static uint8_t packed[2 * MOST_RAW], raw[MOST_RAW];
  size_t begin = 0, end = 0, packed_size = 0, chunk;
  for (size_t at = SIGNATURE; (chunk = chunk_size(bytes, size, at)) > 0; at += chunk) {
    if (!is_data(bytes + at)) continue;
    if (chunk - AROUND > sizeof packed - packed_size) return 0;
    memcpy(packed + packed_size, bytes + at + 8, chunk - AROUND);
    packed_size += chunk - AROUND;
    if (begin == 0) begin = at;
    end = at + chunk;
  }
  if (begin == 0) return 0;
  uLongf raw_size = sizeof raw;
  int result = uncompress(raw, &raw_size, packed, packed_size);
  if (result != Z_OK && result != Z_DATA_ERROR && result != Z_BUF_ERROR) return 0;
  raw_size = LLVMFuzzerMutate(raw, raw_size, sizeof raw);
  uLongf room = sizeof packed - AROUND;
  if (compress2(packed + 8, &room, raw, raw_size, 6) != Z_OK) return 0;
  write_number(packed, (uint32_t)room);
  memcpy(packed + 4, "IDAT", 4);
  return replace(bytes, size, capacity, begin, end, packed, room + AROUND);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t capacity, unsigned seed) {
  size_t result = 0;
  unsigned choice = seed % 8;
  if (choice < 4) result = mutate_pixels(bytes, size, capacity);
  if (choice == 4 || choice == 5) result = mutate_chunk(bytes, size, capacity, seed / 8);
  if (result == 0) result = LLVMFuzzerMutate(bytes, size, capacity);
  if (choice != 7) repair_checksums(bytes, result);
  return result;
}
