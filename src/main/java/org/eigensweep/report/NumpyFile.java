package org.eigensweep.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.eigensweep.array.HostMatrix;

/**
 * NumPy's file format, version 1.0 (NumPy Enhancement Proposal 1): a matrix as {@code numpy.load}
 * reads it, in its own precision and in column order, so that nothing is transposed on the way.
 */
public final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The header ends where the data can begin: at a multiple of this many bytes. */
  private static final int ALIGNMENT = 64;

  /** Bytes converted at a time. */
  private static final int BUFFER = 1 << 16;

  private NumpyFile() {}

  /**
   * Writes a matrix as a two-dimensional array of shape (rows, columns), and a matrix of one column
   * as a one-dimensional array.
   *
   * @param out where to; left open
   * @throws IOException if it cannot be written
   */
  public static void write(HostMatrix matrix, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (matrix instanceof HostMatrix.Floats single) {
      writeHeader("<f4", matrix, out);
      for (float value : single.values()) {
        flushIfFull(buffer, bytes, out);
        buffer.putFloat(value);
      }
    } else if (matrix instanceof HostMatrix.Doubles twice) {
      writeHeader("<f8", matrix, out);
      for (double value : twice.values()) {
        flushIfFull(buffer, bytes, out);
        buffer.putDouble(value);
      }
    }
    flush(buffer, bytes, out);
  }

  private static void writeHeader(String type, HostMatrix matrix, OutputStream out)
      throws IOException {
    String shape =
        matrix.columns() == 1
            ? "(%d,)".formatted(matrix.rows())
            : "(%d, %d)".formatted(matrix.rows(), matrix.columns());
    String entries = "{'descr': '%s', 'fortran_order': True, 'shape': %s, }".formatted(type, shape);
    int fixed = MAGIC.length + 2 + entries.length() + 1;
    int padding = (ALIGNMENT - fixed % ALIGNMENT) % ALIGNMENT;
    byte[] header = (entries + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    out.write(MAGIC);
    out.write(header.length & 0xff);
    out.write(header.length >> 8);
    out.write(header);
  }

  private static void flushIfFull(ByteBuffer buffer, byte[] bytes, OutputStream out)
      throws IOException {
    if (buffer.remaining() < Double.BYTES) {
      flush(buffer, bytes, out);
    }
  }

  private static void flush(ByteBuffer buffer, byte[] bytes, OutputStream out) throws IOException {
    out.write(bytes, 0, buffer.position());
    buffer.clear();
  }
}
