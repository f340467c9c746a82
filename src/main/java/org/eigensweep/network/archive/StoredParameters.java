package org.eigensweep.network.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The coefficients of an archive as a row vector, read here and not by ND4J. */
final class StoredParameters {
  /** Bytes read at a time, a multiple of every element's. */
  private static final int CHUNK = 1 << 16;

  /**
   * Java heap that a parameter takes while a network is read: what is read and the network's own
   * copy, in float64 both.
   */
  private static final int HEAP_BYTES = 16;

  private StoredParameters() {}

  /**
   * Reads the coefficients, after checking that there are as many as the configuration needs.
   *
   * @param parameters of the configuration
   * @return 1 × parameters, in the precision in which they are stored
   * @throws IllegalArgumentException if there are more or fewer, they are no vector of floating
   *     point numbers, or the heap cannot hold them
   */
  static INDArray read(ModelArchive archive, long parameters) {
    return read(archive, parameters, Runtime.getRuntime().maxMemory());
  }

  /** The same where the heap has so many bytes. */
  static INDArray read(ModelArchive archive, long parameters, long heap) {
    return archive.coefficients(
        entry -> {
          byte[] beginning = entry.readNBytes(StoredVector.LONGEST_HEADER);
          StoredVector vector = StoredVector.of(ByteBuffer.wrap(beginning));
          check(vector, archive.coefficientBytes(), parameters, heap);
          int left = beginning.length - vector.headerBytes();
          InputStream rest = new ByteArrayInputStream(beginning, vector.headerBytes(), left);
          return values(vector, new SequenceInputStream(rest, entry));
        });
  }

  private static void check(StoredVector vector, long entryBytes, long parameters, long heap) {
    if (vector.length() != parameters) {
      throw new BadModelException(
          "%s: %d numbers by its header, expected the %d parameters of %s: save the network again"
              .formatted(
                  ModelArchive.COEFFICIENTS,
                  vector.length(),
                  parameters,
                  ModelArchive.CONFIGURATION));
    }
    long expected = vector.headerBytes() + parameters * vector.type().width();
    if (entryBytes != expected) {
      throw new BadModelException(
          "%s: %d bytes, expected %d for %d numbers of type %s: save the network again"
              .formatted(
                  ModelArchive.COEFFICIENTS, entryBytes, expected, parameters, vector.type()));
    }
    requireHeap(parameters, heap);
  }

  /**
   * Checks that a network of so many parameters can be read.
   *
   * @throws IllegalArgumentException if a heap of so many bytes cannot hold it
   */
  static void requireHeap(long parameters, long heap) {
    if (parameters * HEAP_BYTES > heap) {
      throw new BadModelException(
          ("%s: %d parameters, which take %d MiB of Java heap, expected no more than the %d MiB"
                  + " there are: raise EIGENSWEEP_DRIVER_MEMORY")
              .formatted(
                  ModelArchive.COEFFICIENTS,
                  parameters,
                  (parameters * HEAP_BYTES) >> 20,
                  heap >> 20));
    }
  }

  private static INDArray values(StoredVector vector, InputStream in) throws IOException {
    int length = Math.toIntExact(vector.length());
    if (vector.type() == DataType.DOUBLE) {
      return row(Nd4j.createFromArray(doubles(length, in)));
    }
    float[] values = vector.type() == DataType.FLOAT16 ? halves(length, in) : floats(length, in);
    return row(Nd4j.createFromArray(values)).castTo(vector.type());
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape(1, vector.length());
  }

  private static double[] doubles(int length, InputStream in) throws IOException {
    double[] values = new double[length];
    for (int at = 0; at < length; ) {
      int count = Math.min(length - at, CHUNK / Double.BYTES);
      next(in, count * Double.BYTES).asDoubleBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }

  private static float[] floats(int length, InputStream in) throws IOException {
    float[] values = new float[length];
    for (int at = 0; at < length; ) {
      int count = Math.min(length - at, CHUNK / Float.BYTES);
      next(in, count * Float.BYTES).asFloatBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }

  private static float[] halves(int length, InputStream in) throws IOException {
    float[] values = new float[length];
    for (int at = 0; at < length; ) {
      int count = Math.min(length - at, CHUNK / Short.BYTES);
      ByteBuffer chunk = next(in, count * Short.BYTES);
      for (int i = 0; i < count; i++) {
        values[at + i] = HalfPrecision.toFloat(chunk.getShort());
      }
      at += count;
    }
    return values;
  }

  private static ByteBuffer next(InputStream in, int bytes) throws IOException {
    byte[] chunk = in.readNBytes(bytes);
    if (chunk.length < bytes) {
      throw new EOFException("%d bytes are missing".formatted(bytes - chunk.length));
    }
    return ByteBuffer.wrap(chunk); // big-endian, as DataOutputStream writes
  }
}
