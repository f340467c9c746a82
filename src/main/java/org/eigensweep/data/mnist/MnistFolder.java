package org.eigensweep.data.mnist;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;
import org.eigensweep.data.DataFolder;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.InputShape;

/** The folder that holds MNIST's four IDX files, found and open for reading. */
final class MnistFolder {
  static final int SIDE = 28;
  static final InputShape SHAPE = new InputShape(1, SIDE, SIDE);
  static final int CLASSES = 10;
  private static final int FEATURES = SIDE * SIDE;

  private final DataFolder folder;

  private MnistFolder(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Finds the folder: the sub-folder {@code mnist} of {@code dir} where there is one, else one
   * where torchvision puts the files, else {@code dir} itself.
   *
   * @throws DataException if {@code dir} is no folder, or no file system serves it
   */
  static MnistFolder find(String dir, Configuration hadoop) {
    return new MnistFolder(DataFolder.find("MNIST", dir, hadoop, "mnist", "MNIST/raw", "raw"));
  }

  /**
   * Reads the first examples of one of MNIST's two parts.
   *
   * @param part {@code train} or {@code t10k}, as the file names begin
   * @param examples how many; no more are read or inflated
   * @throws DataException if a file is missing or malformed, or has fewer examples
   */
  Dataset read(String part, int examples) {
    Path imagePath = folder.require(part + "-images-idx3-ubyte", part + "-images.idx3-ubyte");
    Path labelPath = folder.require(part + "-labels-idx1-ubyte", part + "-labels.idx1-ubyte");
    try (IdxFile images = IdxFile.open(folder.files(), imagePath, SIDE, SIDE);
        IdxFile labels = IdxFile.open(folder.files(), labelPath)) {
      checkCounts(images, labels, examples);
      String source = "mnist:" + imagePath + "[0:" + examples + "]";
      return Dataset.of(
          source, SHAPE, CLASSES, pixels(images, examples), classes(labels, examples));
    } catch (IOException e) {
      throw DataFile.unclosed(imagePath, e);
    }
  }

  private static void checkCounts(IdxFile images, IdxFile labels, int examples) {
    if (images.items() != labels.items()) {
      throw new DataException(
          "%s: %d labels, expected %d, one for each image of %s: take both files from one download"
              .formatted(labels.path(), labels.items(), images.items(), images.path()));
    }
    ExampleCounts.checkFound(images.path(), images.items(), examples);
  }

  private static float[] pixels(IdxFile images, int examples) {
    float[] inputs = new float[examples * FEATURES];
    for (int i = 0; i < examples; i++) {
      byte[] image = images.next();
      for (int j = 0; j < FEATURES; j++) {
        inputs[i * FEATURES + j] = Byte.toUnsignedInt(image[j]) / 255f;
      }
    }
    return inputs;
  }

  private static int[] classes(IdxFile labels, int examples) {
    int[] classes = new int[examples];
    for (int i = 0; i < examples; i++) {
      classes[i] = Byte.toUnsignedInt(labels.next()[0]);
      if (classes[i] >= CLASSES) {
        throw new DataException(
            "%s: label %d of example %d, expected 0 to %d"
                .formatted(labels.path(), classes[i], i, CLASSES - 1));
      }
    }
    return classes;
  }
}
