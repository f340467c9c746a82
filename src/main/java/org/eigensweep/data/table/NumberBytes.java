package org.eigensweep.data.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Numbers one after another in a stream of bytes.
 *
 * @param type of each
 * @param order of the bytes in each
 * @param rows of all of them
 * @param rowShape sizes of a row
 */
record NumberBytes(ElementType type, ByteOrder order, long rows, List<Long> rowShape) {
  /** Numbers of a column that are read at a time. */
  private static final int CHUNK = 1 << 14;

  /** Numbers of a row. */
  int places() {
    return Math.toIntExact(rowShape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Bytes of all of them. */
  long length() {
    return Math.multiplyExact(Math.multiplyExact(rows, (long) places()), (long) type.bytes());
  }

  /** Reads the first rows of a table in row order, and with the last row of all, the end. */
  void readRows(InputStream input, int count, ValueSink sink) throws IOException {
    int places = places();
    byte[] bytes = new byte[Math.multiplyExact(places, type.bytes())];
    ByteBuffer row = ByteBuffer.wrap(bytes).order(order);
    for (int i = 0; i < count; i++) {
      fill(input, bytes, bytes.length);
      row.clear();
      for (int place = 0; place < places; place++) {
        sink.put(i, place, type.read(row));
      }
    }
    if (count == rows) {
      requireEnd(input);
    }
  }

  /** Reads the first rows of a table in column order (Fortran's), which lie all over the file. */
  void readColumns(InputStream input, int count, ValueSink sink) throws IOException {
    byte[] bytes = new byte[CHUNK * type.bytes()];
    ByteBuffer some = ByteBuffer.wrap(bytes).order(order);
    int[] places = transposed();
    for (int at = 0; at < places.length; at++) {
      for (int i = 0; i < count; ) {
        int next = Math.min(CHUNK, count - i);
        fill(input, bytes, next * type.bytes());
        some.clear();
        for (int end = i + next; i < end; i++) {
          sink.put(i, places[at], type.read(some));
        }
      }
      if (at < places.length - 1) {
        input.skipNBytes((rows - count) * type.bytes());
      }
    }
    if (count == rows) {
      requireEnd(input);
    }
  }

  /** The place in row order of each number of a row in column order. */
  private int[] transposed() {
    int[] places = new int[places()];
    int[] index = new int[rowShape.size()];
    for (int at = 0; at < places.length; at++) {
      int place = 0;
      for (int axis = 0; axis < index.length; axis++) {
        place = place * Math.toIntExact(rowShape.get(axis)) + index[axis];
      }
      places[at] = place;
      for (int axis = 0; axis < index.length; axis++) {
        index[axis]++;
        if (index[axis] < rowShape.get(axis)) {
          break;
        }
        index[axis] = 0;
      }
    }
    return places;
  }

  private static void fill(InputStream input, byte[] bytes, int count) throws IOException {
    if (input.readNBytes(bytes, 0, count) < count) {
      throw new EOFException();
    }
  }

  private static void requireEnd(InputStream input) throws IOException {
    if (input.read() >= 0) {
      throw new TooLongException();
    }
  }

  /** The stream goes on behind the last number. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
