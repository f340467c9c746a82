package org.eigensweep.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of small files, for tests to read and to damage. */
public record FileFolder(Path path) {
  /** CIFAR-10 in one training file of three records labelled 6, 9, 4 and a test file of 3, 8. */
  public static FileFolder cifar10(Path path) {
    return new FileFolder(path)
        .write("data_batch_1.bin", records(6, 9, 4))
        .write("test_batch.bin", records(3, 8));
  }

  /** SST-2 with three training rows and two test rows. */
  public static FileFolder sst2(Path path) {
    return new FileFolder(path)
        .write("train.tsv", "sentence\tlabel\na dull , dull film \t0\nA film!\t1\nunique\t1\n")
        .write("dev.tsv", "sentence\tlabel\nfilms\t1\na film , a dull , dull , dull film\t0\n");
  }

  public FileFolder write(String name, byte[] bytes) {
    try {
      Files.createDirectories(path);
      Files.write(path.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public FileFolder write(String name, String text) {
    return write(name, text.getBytes(UTF_8));
  }

  /** Records with these labels, whose pixel j of record i is {@link #pixel}. */
  public static byte[] records(int... labels) {
    byte[] bytes = new byte[labels.length * 3073];
    for (int i = 0; i < labels.length; i++) {
      bytes[i * 3073] = (byte) labels[i];
      for (int j = 0; j < 3072; j++) {
        bytes[i * 3073 + 1 + j] = (byte) pixel(labels[i], j);
      }
    }
    return bytes;
  }

  /** Pixel j of an image with a label: 7 at every tenth place, whatever the label. */
  public static int pixel(int label, int j) {
    return j % 10 == 0 ? 7 : (25 * label + j / 1024 + j % 1024) % 256;
  }

  /** How a file of this folder is named in a message. */
  public String named(String name) {
    return "file:" + path.resolve(name);
  }
}
