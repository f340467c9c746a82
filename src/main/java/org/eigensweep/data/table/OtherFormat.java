package org.eigensweep.data.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Formats in which people have data, and which are not read here: what to do with them. */
enum OtherFormat {
  MATLAB("MATLAB", "a MATLAB file", ": load it by scipy.io.loadmat and numpy.save its arrays"),
  HDF5("\u0089HDF", "an HDF5 file", ": open it by h5py and numpy.save its arrays"),
  PICKLE("\u0080", "a Python pickle", ": load it in Python and numpy.save its arrays"),
  PNG("\u0089PNG", "an image", ": put all images into one array by numpy.save"),
  JPEG("\u00ff\u00d8", "an image", ": put all images into one array by numpy.save"),
  ZSTANDARD("(\u00b5/\u00fd", "compressed by zstd", ": unpack it"),
  BZIP2("BZh", "compressed by bzip2", ": unpack it"),
  XZ("\u00fd7zXZ", "compressed by xz", ": unpack it"),
  HTML("<", "a page of HTML or XML", ": fetch the file again");

  private final String beginning;
  private final String words;
  private final String advice;

  OtherFormat(String beginning, String words, String advice) {
    this.beginning = beginning;
    this.words = words;
    this.advice = advice;
  }

  static String of(byte[] head) {
    OtherFormat format = find(head);
    if (format != null) {
      return format.words;
    }
    return head.length == 0 ? "an empty file" : "no format that is known";
  }

  static String advice(byte[] head) {
    OtherFormat format = find(head);
    return format == null ? "" : format.advice;
  }

  private static OtherFormat find(byte[] head) {
    String text = new String(head, ISO_8859_1);
    for (OtherFormat format : values()) {
      if (text.startsWith(format.beginning)) {
        return format;
      }
    }
    return null;
  }
}
