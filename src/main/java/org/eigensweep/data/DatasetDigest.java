package org.eigensweep.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest that names a data set's content in result tables: SHA-256 over, in this order and all
 * big-endian, features and classes (32-bit integers), the inputs (IEEE 754 bits) and the labels
 * (32-bit integers). Result tables hold it: changing it makes old tables incomparable.
 */
final class DatasetDigest {
  /** Values digested at a time: the bytes of a whole data set need not exist at once. */
  private static final int CHUNK = 1 << 14;

  private DatasetDigest() {}

  static String sha256(int features, int classes, float[] inputs, int[] labels) {
    MessageDigest digest = newSha256();
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK); // big-endian unless told otherwise
    bytes.asIntBuffer().put(features).put(classes);
    digest.update(bytes.array(), 0, 8);
    for (int from = 0; from < inputs.length; from += CHUNK) {
      int count = Math.min(CHUNK, inputs.length - from);
      bytes.asFloatBuffer().put(inputs, from, count);
      digest.update(bytes.array(), 0, 4 * count);
    }
    for (int from = 0; from < labels.length; from += CHUNK) {
      int count = Math.min(CHUNK, labels.length - from);
      bytes.asIntBuffer().put(labels, from, count);
      digest.update(bytes.array(), 0, 4 * count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }
}
