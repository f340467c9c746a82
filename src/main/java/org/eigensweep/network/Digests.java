package org.eigensweep.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names of contents: the first digits of their SHA-256. */
final class Digests {
  /** Hexadecimal digits: of a million contents, two are alike with a chance of 3 in 100 million. */
  private static final int DIGITS = 16;

  private static final int CHUNK = 1 << 13;

  private Digests() {}

  static String of(String text) {
    MessageDigest digest = sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return digits(digest);
  }

  /** Of the numbers' bits, most significant first. */
  static String of(double[] numbers) {
    MessageDigest digest = sha256();
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int count = Math.min(CHUNK, numbers.length - from);
      ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES);
      bytes.asDoubleBuffer().put(numbers, from, count);
      digest.update(bytes);
    }
    return digits(digest);
  }

  private static String digits(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
