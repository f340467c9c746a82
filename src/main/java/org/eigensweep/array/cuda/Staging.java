package org.eigensweep.array.cuda;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Ordinary memory that the card copies from and to by itself, handed out from its beginning to its
 * end. When the end is reached, it waits for the card and begins again. Small tables for kernels
 * have a place of their own on the card.
 */
final class Staging {
  private static final int BYTES = 8 << 20;
  private static final int PIECE = BYTES / 4;

  private final CudaStream stream;
  private final CardMemory memory;
  private final BadRows badRows;
  private final long pinned;
  private final ByteBuffer numbers;
  private long tables;
  private int at;

  /** Moves numbers between an array and pinned memory: some of them, from one on. */
  @FunctionalInterface
  interface Mover {
    /**
     * Moves numbers.
     *
     * @param buffer pinned memory, from its position on
     * @param from the first number's place in the array
     * @param count how many
     */
    void move(ByteBuffer buffer, int from, int count);
  }

  Staging(CudaStream stream, CardMemory memory, BadRows badRows) {
    this.stream = stream;
    this.badRows = badRows;
    this.pinned = stream.pinned(BYTES);
    this.numbers = new Pointer(pinned).getByteBuffer(0, BYTES);
    this.memory = memory;
  }

  /** Copies numbers to the card; they may be overwritten when this returns. */
  void send(long to, int count, int size, Mover filler) {
    for (int from = 0; from < count; from += PIECE / size) {
      int some = Math.min(PIECE / size, count - from);
      int place = place(some * size);
      filler.move(slice(place, some * size), from, some);
      stream.send(pinned + place, to + (long) from * size, (long) some * size);
    }
  }

  /** Copies numbers from the card, when all is done that was asked of it before. */
  void fetch(long from, int count, int size, Mover reader) {
    for (int first = 0; first < count; first += PIECE / size) {
      int some = Math.min(PIECE / size, count - first);
      int place = place(some * size);
      stream.fetch(from + (long) first * size, pinned + place, (long) some * size);
      await();
      reader.move(slice(place, some * size), first, some);
    }
  }

  /**
   * Puts a table where kernels read it.
   *
   * @param bytes at most a quarter of all
   * @return its address on the card, good for what is asked of the card next
   */
  long table(int bytes, Consumer<ByteBuffer> filler) {
    if (tables == 0) {
      tables = memory.apart(BYTES);
    }
    int place = place(bytes);
    filler.accept(slice(place, bytes));
    stream.send(pinned + place, tables + place, bytes);
    return tables + place;
  }

  /** How many entries of some bytes a table may have. */
  static int most(int bytes) {
    return PIECE / bytes;
  }

  private ByteBuffer slice(int place, int bytes) {
    return numbers.slice(place, bytes).order(ByteOrder.nativeOrder());
  }

  /** Pinned bytes that nobody needs any more. */
  private int place(int bytes) {
    if (at + bytes > BYTES) {
      await();
    }
    int place = at;
    at += (bytes + 15) / 16 * 16;
    return place;
  }

  private void await() {
    badRows.request();
    stream.await();
    at = 0;
    badRows.refuse();
  }
}
