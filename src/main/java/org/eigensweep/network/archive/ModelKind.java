package org.eigensweep.network.archive;

import java.util.Arrays;

/** What a user's file of a network is, by its first bytes. */
public enum ModelKind {
  /** A zip, as DL4J's ModelSerializer writes it. */
  ZIP,
  /** The configuration of a network in JSON, which has no parameters. */
  JSON;

  private static final String EXPECTED =
      "expected a zip that DL4J's ModelSerializer wrote, or the configuration of a DL4J network in"
          + " JSON";

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  /** A byte order mark and white space. */
  private static final String SKIPPED = "\u00ef\u00bb\u00bf \t\r\n";

  /**
   * The kind of a file.
   *
   * @param file its bytes
   * @throws IllegalArgumentException if it is neither
   */
  public static ModelKind of(byte[] file) {
    if (startsWith(file, 'P', 'K')) {
      return ZIP;
    }
    if (Arrays.mismatch(file, HDF5) == HDF5.length) {
      throw new BadModelException(
          "a file in HDF5, as Keras writes it, %s: import it with DL4J's KerasModelImport and save it with ModelSerializer"
              .formatted(EXPECTED));
    }
    for (byte b : file) {
      if (b == '{') {
        return JSON;
      }
      if (SKIPPED.indexOf(Byte.toUnsignedInt(b)) < 0) {
        break;
      }
    }
    throw new BadModelException("neither a zip nor JSON, " + EXPECTED);
  }

  private static boolean startsWith(byte[] file, int... beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if (i >= file.length || file[i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
