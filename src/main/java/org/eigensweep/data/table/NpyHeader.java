package org.eigensweep.data.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigensweep.data.DataException;

/**
 * The header of NumPy's {@code .npy} format, versions 1 to 3: a magic string, the version, the
 * length (16 bits in version 1, else 32, little-endian), and a Python dictionary that says type,
 * order and shape.
 */
final class NpyHeader {
  private static final String FORMAT = "a NumPy array (.npy), plain or gzipped";
  private static final String MAGIC = "\u0093NUMPY";
  private static final int MOST_BYTES = 1 << 20;

  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,L]*)\\)");
  private static final Pattern SIZE = Pattern.compile("\\d+");
  private static final Pattern TYPE = Pattern.compile("([<>|=])?([a-zA-Z]\\d*)");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("b1", ElementType.BOOL),
          Map.entry("i1", ElementType.INT8),
          Map.entry("u1", ElementType.UINT8),
          Map.entry("i2", ElementType.INT16),
          Map.entry("u2", ElementType.UINT16),
          Map.entry("i4", ElementType.INT32),
          Map.entry("u4", ElementType.UINT32),
          Map.entry("i8", ElementType.INT64),
          Map.entry("u8", ElementType.UINT64),
          Map.entry("f2", ElementType.FLOAT16),
          Map.entry("f4", ElementType.FLOAT32),
          Map.entry("f8", ElementType.FLOAT64));

  private NpyHeader() {}

  static boolean begins(byte[] head) {
    return new String(head, ISO_8859_1).startsWith(MAGIC);
  }

  /** Reads the header; the numbers come when they are asked for. */
  static NumberTable read(ByteSource source) {
    try (InputStream input = source.open()) {
      byte[] head = exactly(input, 8);
      if (!begins(head)) {
        throw new DataException("%s: no NumPy array, expected one".formatted(source.name()));
      }
      int version = head[6];
      if (version < 1 || version > 3) {
        throw new DataException(
            "%s: version %d of the .npy format, expected 1 to 3: save it again by NumPy"
                .formatted(source.name(), version));
      }
      int sizeBytes = version == 1 ? 2 : 4;
      ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      size.put(exactly(input, sizeBytes));
      int length = size.getInt(0);
      if (length < 0 || length > MOST_BYTES) {
        throw new DataException(
            "%s: a header of %d bytes, expected at most %d: fetch the file again"
                .formatted(source.name(), Integer.toUnsignedLong(length), MOST_BYTES));
      }
      String text = new String(exactly(input, length), version == 3 ? UTF_8 : ISO_8859_1);
      return table(source, text, 8 + sizeBytes + length);
    } catch (EOFException e) {
      throw new DataException(
          "%s: ends inside its header, expected a NumPy array: fetch the file again"
              .formatted(source.name()),
          e);
    } catch (IOException e) {
      throw BytesTable.unreadable(source, FORMAT, e);
    }
  }

  private static byte[] exactly(InputStream input, int count) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static NumberTable table(ByteSource source, String text, int header) throws IOException {
    Matcher descr = found(source, DESCR, text);
    if (descr.group(1) == null) {
      throw new DataException(
          "%s: a structured array, expected numbers of one type: save its fields as arrays"
              .formatted(source.name()));
    }
    Matcher type = TYPE.matcher(descr.group(1));
    if (!type.matches() || !TYPES.containsKey(type.group(2))) {
      throw unknownType(source, descr.group(1));
    }
    boolean fortran = found(source, FORTRAN, text).group(1).equals("True");
    List<Long> sizes = sizes(source, found(source, SHAPE, text).group(1));
    if (sizes.isEmpty()) {
      throw new DataException(
          "%s: a single number, expected an array with one row an example"
              .formatted(source.name()));
    }
    ByteOrder order = ">".equals(type.group(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NumberBytes numbers =
        new NumberBytes(
            TYPES.get(type.group(2)),
            order,
            sizes.get(0),
            List.copyOf(sizes.subList(1, sizes.size())));
    return BytesTable.checked(
        source,
        FORMAT,
        header,
        numbers,
        fortran ? BytesTable.Order.COLUMNS : BytesTable.Order.ROWS);
  }

  private static Matcher found(ByteSource source, Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new DataException(
          "%s: a header without type, order and shape, expected one as NumPy writes it: fetch the file again"
              .formatted(source.name()));
    }
    return matcher;
  }

  private static DataException unknownType(ByteSource source, String descr) {
    return new DataException(
        descr.endsWith("O")
            ? "%s: an array of Python objects, which only Python can read, expected numbers: save it by .astype(...)"
                .formatted(source.name())
            : "%s: numbers of type %s, expected bool, int8 to int64, uint8 to uint64 or float16 to float64: save it by .astype(...)"
                .formatted(source.name(), descr));
  }

  private static List<Long> sizes(ByteSource source, String text) {
    List<Long> sizes = new ArrayList<>();
    Matcher size = SIZE.matcher(text);
    while (size.find()) {
      try {
        sizes.add(Long.valueOf(size.group()));
      } catch (NumberFormatException e) {
        throw new DataException(
            "%s: size %s in its header, expected fewer rows".formatted(source.name(), size.group()),
            e);
      }
    }
    return sizes;
  }
}
