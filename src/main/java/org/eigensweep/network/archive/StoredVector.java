package org.eigensweep.network.archive;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;

/**
 * What stands before the numbers where ND4J writes a row vector: two buffers, the shape and the
 * data, each with its mode, its length and its type, all big-endian. The shape's numbers are the
 * rank, sizes, strides, flags (which repeat the type; 0 in older files), the step from element to
 * element, and the order as a letter. A row vector is of rank 1 or, as in older files, 1 × n; its
 * elements lie side by side in either order, because ND4J copies a view before it writes it.
 *
 * @param length number of elements
 * @param type of the elements, floating point
 * @param headerBytes bytes before the first element
 */
record StoredVector(long length, DataType type, int headerBytes) {
  /** Upper bound of a header's bytes; the header of a matrix has 132. */
  static final int LONGEST_HEADER = 256;

  private static final Set<DataType> TYPES =
      Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16);

  /** Buffers of these modes have a 64-bit length, older ones a 32-bit length. */
  private static final Set<String> LONG_MODES = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

  private static final Set<String> INT_MODES = Set.of("DIRECT", "HEAP", "JAVACPP");
  private static final int LONGEST_WORD = 32;

  /** A buffer's header. */
  private record Buffer(long length, DataType type) {}

  /**
   * Reads a header.
   *
   * @param bytes the beginning of the entry
   * @throws IllegalArgumentException if it is not that of a row vector of floating point numbers
   */
  static StoredVector of(ByteBuffer bytes) {
    try {
      Buffer shapeBuffer = buffer(bytes);
      long[] shape = shape(bytes, shapeBuffer);
      long length = rowLength(shape);
      Buffer data = buffer(bytes);
      check(shape, length, data);
      return new StoredVector(length, data.type(), bytes.position());
    } catch (BufferUnderflowException e) {
      throw unexpected("ends inside its header of %d bytes".formatted(bytes.limit()), e);
    }
  }

  private static Buffer buffer(ByteBuffer bytes) {
    String mode = word(bytes);
    if (!LONG_MODES.contains(mode) && !INT_MODES.contains(mode)) {
      throw unexpected("a buffer of mode '%s'".formatted(Faults.shortened(mode)), null);
    }
    long length = LONG_MODES.contains(mode) ? bytes.getLong() : bytes.getInt();
    String type = word(bytes);
    try {
      return new Buffer(length, DataType.valueOf(type));
    } catch (IllegalArgumentException e) {
      throw unexpected("a buffer of type '%s'".formatted(Faults.shortened(type)), e);
    }
  }

  /** As DataOutputStream writes it: the number of bytes, then ASCII. */
  private static String word(ByteBuffer bytes) {
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > LONGEST_WORD) {
      throw unexpected("a word of %d letters".formatted(length), null);
    }
    byte[] letters = new byte[length];
    bytes.get(letters);
    return new String(letters, StandardCharsets.US_ASCII);
  }

  private static long[] shape(ByteBuffer bytes, Buffer header) {
    boolean wide = header.type() == DataType.INT64;
    if (!wide && header.type() != DataType.INT32) {
      throw unexpected("a shape of type " + header.type(), null);
    }
    if (header.length() != entries(1) && header.length() != entries(2)) {
      throw unexpected("a shape of %d entries".formatted(header.length()), null);
    }
    long[] shape = new long[(int) header.length()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = wide ? bytes.getLong() : bytes.getInt();
    }
    if (shape[0] < 1 || shape[0] > 2 || entries((int) shape[0]) != shape.length) {
      throw unexpected("rank %d in a shape of %d entries".formatted(shape[0], shape.length), null);
    }
    return shape;
  }

  private static int entries(int rank) {
    return 2 * rank + 4;
  }

  private static long rowLength(long... shape) {
    int rank = (int) shape[0];
    long length = shape[rank];
    if (rank == 2 && shape[1] != 1) {
      throw unexpected("shape %d x %d".formatted(shape[1], shape[2]), null);
    }
    if (length < 1 || length > Integer.MAX_VALUE - 8) {
      throw unexpected("length %d".formatted(length), null);
    }
    long order = shape[shape.length - 1];
    if (order != 'c' && order != 'f') {
      throw unexpected("order %d".formatted(order), null);
    }
    long stride = shape[2 * rank];
    long step = shape[shape.length - 2];
    if (length > 1 && (stride != 1 || step != 1)) {
      throw unexpected("stride %d and step %d".formatted(stride, step), null);
    }
    return length;
  }

  private static void check(long[] shape, long length, Buffer data) {
    if (!TYPES.contains(data.type())) {
      throw unexpected("numbers of type " + data.type(), null);
    }
    long flags = shape[shape.length - 3];
    if (flags != 0 && flags != ArrayOptionsHelper.setOptionBit(0L, data.type())) {
      throw unexpected("flags 0x%x with numbers of type %s".formatted(flags, data.type()), null);
    }
    if (data.length() != length) {
      throw unexpected(
          "%d numbers by its shape and %d by its data".formatted(length, data.length()), null);
    }
  }

  private static BadModelException unexpected(String found, Throwable cause) {
    return new BadModelException(
        ("%s: %s, expected a row vector of floating point numbers as ND4J writes it:"
                + " save the network again")
            .formatted(ModelArchive.COEFFICIENTS, found),
        cause);
  }
}
