package org.eigensweep.data.mnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** A folder of small IDX files in MNIST's shape, for tests to read and to damage. */
public record IdxFolder(Path path) {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** Four training examples labelled 3, 1, 4, 1 and two test examples labelled 5, 9, plain. */
  public static IdxFolder plain(Path path) {
    return new IdxFolder(path)
        .write(TRAIN_IMAGES, images(4))
        .write(TRAIN_LABELS, labels(3, 1, 4, 1))
        .write(TEST_IMAGES, images(2))
        .write(TEST_LABELS, labels(5, 9));
  }

  /** The same, each file gzipped under its name with {@code .gz}. */
  static IdxFolder zipped(Path path) {
    return new IdxFolder(path)
        .write(TRAIN_IMAGES + ".gz", gzip(images(4)))
        .write(TRAIN_LABELS + ".gz", gzip(labels(3, 1, 4, 1)))
        .write(TEST_IMAGES + ".gz", gzip(images(2)))
        .write(TEST_LABELS + ".gz", gzip(labels(5, 9)));
  }

  /** Examples whose labels go round the ten classes. */
  public static IdxFolder plain(Path path, int train, int test) {
    return new IdxFolder(path)
        .write(TRAIN_IMAGES, images(train))
        .write(TRAIN_LABELS, labels(classes(train)))
        .write(TEST_IMAGES, images(test))
        .write(TEST_LABELS, labels(classes(test)));
  }

  private static int[] classes(int examples) {
    return IntStream.range(0, examples).map(i -> i % 10).toArray();
  }

  IdxFolder write(String name, byte[] bytes) {
    try {
      Files.createDirectories(path);
      Files.write(path.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Images whose pixel j of example i is (7 i + j) mod 256. */
  static byte[] images(int examples) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + examples * 784);
    bytes.putInt(0x803).putInt(examples).putInt(28).putInt(28);
    for (int i = 0; i < examples; i++) {
      for (int j = 0; j < 784; j++) {
        bytes.put((byte) pixel(i, j));
      }
    }
    return bytes.array();
  }

  static int pixel(int example, int j) {
    return (7 * example + j) % 256;
  }

  static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** How a file of this folder is named in a message. */
  String named(String name) {
    return "file:" + path.resolve(name);
  }
}
