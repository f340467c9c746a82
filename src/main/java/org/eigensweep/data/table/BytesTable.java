package org.eigensweep.data.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.eigensweep.data.DataException;

/**
 * A table whose numbers lie one after another behind a header.
 *
 * @param source of the bytes
 * @param format as messages name it
 * @param header bytes before the numbers
 * @param numbers all of them
 * @param columns whether they lie column after column
 */
record BytesTable(ByteSource source, String format, int header, NumberBytes numbers, Order columns)
    implements NumberTable {
  /** Which index runs slowest. */
  enum Order {
    ROWS,
    COLUMNS
  }

  /**
   * A table whose length is checked, where it is known.
   *
   * @throws DataException if the bytes are more or fewer than the header says
   */
  static BytesTable checked(
      ByteSource source, String format, int header, NumberBytes numbers, Order order)
      throws IOException {
    BytesTable table = new BytesTable(source, format, header, numbers, order);
    long expected;
    try {
      expected = Math.addExact(header, numbers.length());
    } catch (ArithmeticException e) {
      throw new DataException(
          "%s: %s numbers in its header, expected rows of at most %d numbers"
              .formatted(source.name(), table.words(), Integer.MAX_VALUE),
          e);
    }
    OptionalLong length = source.length();
    if (length.isPresent() && length.getAsLong() != expected) {
      throw new DataException(
          "%s: %d bytes long, expected %d for the %s numbers of %s in its header: fetch the file again"
              .formatted(
                  source.name(),
                  length.getAsLong(),
                  expected,
                  table.words(),
                  numbers.type().word()));
    }
    return table;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long rows() {
    return numbers.rows();
  }

  @Override
  public List<Long> rowShape() {
    return numbers.rowShape();
  }

  @Override
  public ElementType type() {
    return numbers.type();
  }

  @Override
  public void read(int rows, ValueSink sink) {
    try (InputStream input = source.open()) {
      input.skipNBytes(header);
      if (columns == Order.ROWS) {
        numbers.readRows(input, rows, sink);
      } else {
        numbers.readColumns(input, rows, sink);
      }
    } catch (EOFException e) {
      throw new DataException(
          "%s: ends before its numbers do, expected the %s of its header: fetch the file again"
              .formatted(name(), words()),
          e);
    } catch (NumberBytes.TooLongException e) {
      throw new DataException(
          "%s: goes on behind the %s numbers of its header, expected its end: fetch the file again"
              .formatted(name(), words()),
          e);
    } catch (IOException e) {
      throw unreadable(source, format, e);
    }
  }

  static DataException unreadable(ByteSource source, String format, IOException e) {
    return new DataException(
        "%s: cannot be read (%s), expected %s: fetch the file again"
            .formatted(source.name(), DataException.firstLine(e), format),
        e);
  }
}
