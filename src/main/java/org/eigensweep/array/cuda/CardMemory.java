package org.eigensweep.array.cuda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory of a card, kept by size for reuse, since the card stands still while memory is made or
 * freed. What comes back may be taken again at once: the card does what it is asked in order. No
 * more waits than was ever in use at once; beyond that, the size that was asked for least recently
 * is freed.
 */
final class CardMemory implements AutoCloseable {
  private final CudaStream stream;

  /** Addresses by their bytes, least recently used first. */
  private final Map<Long, Deque<Long>> waiting = new LinkedHashMap<>(16, 0.75f, true);

  /** Bytes at each address in use. */
  private final Map<Long, Long> taken = new HashMap<>();

  private final List<Long> apart = new ArrayList<>();
  private long inUse;
  private long mostInUse;
  private long kept;

  CardMemory(CudaStream stream) {
    this.stream = stream;
  }

  /** Bytes held, in use or waiting. */
  long bytes() {
    return inUse + kept;
  }

  /**
   * Memory with arbitrary contents.
   *
   * @return its address
   * @throws CudaException if the card has no room
   */
  long take(long bytes) {
    stream.handle();
    long address = kept(bytes);
    if (address == 0) {
      address = fresh(bytes);
    }
    taken.put(address, bytes);
    inUse += bytes;
    mostInUse = Math.max(mostInUse, inUse);
    return address;
  }

  /** Memory of the device's own, which stays until it closes and counts as none of a matrix. */
  long apart(long bytes) {
    stream.handle();
    long address = fresh(bytes);
    apart.add(address);
    return address;
  }

  private long kept(long bytes) {
    Deque<Long> some = waiting.get(bytes);
    if (some == null || some.isEmpty()) {
      return 0;
    }
    kept -= bytes;
    return some.pop();
  }

  private long fresh(long bytes) {
    long[] address = new long[1];
    int code = Driver.cuMemAlloc_v2(address, bytes);
    if (code == Driver.OUT_OF_MEMORY && kept > 0) {
      freeWaiting();
      code = Driver.cuMemAlloc_v2(address, bytes);
    }
    if (code == Driver.OUT_OF_MEMORY) {
      throw new CudaException(noRoom(bytes));
    }
    Driver.check(code, "memory on " + stream.card());
    return address[0];
  }

  private String noRoom(long bytes) {
    long[] free = new long[1];
    long[] total = new long[1];
    Driver.check(Driver.cuMemGetInfo_v2(free, total), "asking for free memory");
    return ("%s were asked for on %s, where %s are free and this device holds %s: lower"
            + " curvature.chunk or curvature.keep, or let fewer trials share a card")
        .formatted(size(bytes), stream.card(), size(free[0]), size(inUse));
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? bytes + " bytes"
        : bytes < 1 << 30
            ? "%.1f MiB".formatted(bytes / 0x1p20)
            : "%.1f GiB".formatted(bytes / 0x1p30);
  }

  /** Takes memory back for reuse; nothing after the device has closed. */
  void giveBack(long address) {
    Long bytes = taken.remove(address);
    if (bytes == null) {
      return;
    }
    inUse -= bytes;
    kept += bytes;
    waiting.computeIfAbsent(bytes, size -> new ArrayDeque<>()).push(address);
    while (kept > mostInUse) {
      freeOldest();
    }
  }

  private void freeOldest() {
    Iterator<Map.Entry<Long, Deque<Long>>> sizes = waiting.entrySet().iterator();
    Map.Entry<Long, Deque<Long>> oldest = sizes.next();
    if (oldest.getValue().isEmpty()) {
      sizes.remove();
    } else {
      kept -= oldest.getKey();
      stream.settle();
      free(oldest.getValue().pop());
    }
  }

  private void freeWaiting() {
    stream.settle();
    waiting.values().forEach(some -> some.forEach(this::free));
    waiting.clear();
    kept = 0;
  }

  /** The card must have settled: what it was asked may still use the memory. */
  private void free(long address) {
    Driver.cuMemFree_v2(address); // what failed before is said where the device waits
  }

  /** Waits for the card, and frees all of it, in use or not. */
  @Override
  public void close() {
    freeWaiting();
    taken.keySet().forEach(this::free);
    taken.clear();
    apart.forEach(this::free);
    apart.clear();
    inUse = 0;
  }
}
