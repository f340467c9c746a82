package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.eigensweep.array.HostMatrix;
import org.junit.jupiter.api.Test;

/** Files against the format's description: magic, version, header length, header, data. */
class NumpyFileTest {
  private static ByteBuffer written(HostMatrix matrix) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyFile.write(matrix, out);
    return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Checks what stands before the data, and leaves the buffer at the data. */
  private static String header(ByteBuffer file) {
    byte[] magic = new byte[8];
    file.get(magic);
    assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
    byte[] header = new byte[Short.toUnsignedInt(file.getShort())];
    file.get(header);
    assertThat(file.position() % 64).isZero();
    return new String(header, StandardCharsets.US_ASCII);
  }

  @Test
  void writesABlockInColumnOrder() throws IOException {
    double[] values = new Random(1).doubles(3 * 20_000).toArray();
    ByteBuffer file = written(new HostMatrix.Doubles(20_000, 3, values));
    assertThat(header(file))
        .startsWith("{'descr': '<f8', 'fortran_order': True, 'shape': (20000, 3), }")
        .endsWith(" \n");
    double[] read = new double[values.length];
    file.asDoubleBuffer().get(read);
    assertThat(file.remaining()).isEqualTo(8 * values.length);
    assertThat(read).containsExactly(values);
  }

  @Test
  void writesAVectorInItsPrecision() throws IOException {
    ByteBuffer file = written(new HostMatrix.Floats(3, 1, new float[] {0.1f, -2, 3e30f}));
    assertThat(header(file)).startsWith("{'descr': '<f4', 'fortran_order': True, 'shape': (3,), }");
    assertThat(file.remaining()).isEqualTo(12);
    assertThat(file.getFloat()).isEqualTo(0.1f);
    assertThat(file.getFloat()).isEqualTo(-2);
    assertThat(file.getFloat()).isEqualTo(3e30f);
  }
}
