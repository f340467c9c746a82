package org.eigensweep.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.eigensweep.data.DataException;

/**
 * A part of the records of CIFAR-100's binary version: the coarse label, the fine one, and 3 planes
 * of 32 x 32 pixels, unsigned bytes all of them. The format has no header.
 *
 * @param source of the bytes
 * @param rows number of records
 * @param part of them
 */
record RecordTable(ByteSource source, long rows, Part part) implements NumberTable {
  private static final int RECORD = 2 + 3 * 32 * 32;

  /** Where a part of a record begins, and its shape. */
  record Part(String name, int from, List<Long> shape) {}

  private static final Map<String, Part> PARTS =
      Map.of(
          "coarse", new Part("coarse", 0, List.of()),
          "fine", new Part("fine", 1, List.of()),
          "pixels", new Part("pixels", 2, List.of(3L, 32L, 32L)));

  static boolean has(String part) {
    return PARTS.containsKey(part);
  }

  /** Whether so many bytes are whole records. */
  static boolean fits(long bytes) {
    return bytes > 0 && bytes % RECORD == 0;
  }

  /**
   * Counts the records.
   *
   * @throws DataException if they are not whole
   */
  static NumberTable read(ByteSource source, String part) {
    try {
      long bytes = source.length().isPresent() ? source.length().getAsLong() : inflated(source);
      if (!fits(bytes)) {
        throw new DataException(
            "%s: %d bytes long, expected a multiple of %d above 0, 2 labels and 3072 pixels a record of CIFAR-100: fetch the file again"
                .formatted(source.name(), bytes, RECORD));
      }
      return new RecordTable(source, bytes / RECORD, PARTS.get(part));
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static long inflated(ByteSource source) throws IOException {
    try (InputStream input = source.open()) {
      return input.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static DataException unreadable(ByteSource source, IOException e) {
    return BytesTable.unreadable(source, "CIFAR-100's binary version, plain or gzipped", e);
  }

  @Override
  public String name() {
    return source.name() + ":" + part.name();
  }

  @Override
  public List<Long> rowShape() {
    return part.shape();
  }

  @Override
  public ElementType type() {
    return ElementType.UINT8;
  }

  @Override
  public void read(int count, ValueSink sink) {
    int places = part.shape().isEmpty() ? 1 : RECORD - part.from();
    try (InputStream input = source.open()) {
      for (int i = 0; i < count; i++) {
        byte[] row = input.readNBytes(RECORD);
        if (row.length < RECORD) {
          throw new IOException("ends within record " + i);
        }
        for (int place = 0; place < places; place++) {
          sink.put(i, place, Byte.toUnsignedInt(row[part.from() + place]));
        }
      }
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }
}
