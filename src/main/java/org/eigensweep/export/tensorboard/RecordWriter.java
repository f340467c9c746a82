package org.eigensweep.export.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes records as TFRecord files have them: the length in eight bytes and its checksum in four,
 * the content and its checksum in four, all little-endian. The checksums are masked CRC-32C.
 *
 * @param out where they go; the caller closes it
 */
record RecordWriter(OutputStream out) {
  private static final int MASK = 0xa282ead8;
  private static final int ROTATION = 15;

  void write(byte[] content) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(content.length).array();
    out.write(length);
    out.write(sum(length));
    out.write(content);
    out.write(sum(content));
  }

  private static byte[] sum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    int masked = Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
    return littleEndian(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
