package org.eigensweep.network.archive;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eigensweep.array.MatrixSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;

/**
 * Writes a network as DL4J's ModelSerializer does, but without holding its parameters: they are
 * written as they are read. The same network at the same parameters gives the same bytes.
 */
public final class ModelWriter {
  /** Parameters written at a time, 8 MiB. */
  private static final int CHUNK = 1 << 20;

  private static final String MODE = "MIXED_DATA_TYPES";

  /** The earliest time that a zip can say: when a file was written is no part of it. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ModelWriter() {}

  /**
   * Writes a network.
   *
   * @param configuration DL4J's, in JSON, in float64
   * @param theta its parameters, n × 1
   * @param out not closed
   */
  public static void write(String configuration, MatrixSource theta, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(entry(ModelArchive.CONFIGURATION));
    zip.write(configuration.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.putNextEntry(entry(ModelArchive.COEFFICIENTS));
    writeRow(theta, new DataOutputStream(zip));
    zip.closeEntry();
    zip.finish();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  /** The form that {@link StoredVector} describes. */
  private static void writeRow(MatrixSource theta, DataOutputStream out) throws IOException {
    int length = theta.rows();
    long flags = ArrayOptionsHelper.setOptionBit(0L, DataType.DOUBLE);
    long[] shape = {2, 1, length, 1, 1, flags, 1, 'c'};
    writeBuffer(out, shape.length, "LONG");
    for (long number : shape) {
      out.writeLong(number);
    }
    writeBuffer(out, length, DataType.DOUBLE.name());
    for (int from = 0; from < length; from += CHUNK) {
      for (double number : theta.rows(from, Math.min(from + CHUNK, length)).toDoubles()) {
        out.writeDouble(number);
      }
    }
    out.flush();
  }

  private static void writeBuffer(DataOutputStream out, long length, String type)
      throws IOException {
    out.writeUTF(MODE);
    out.writeLong(length);
    out.writeUTF(type);
  }
}
