package org.eigensweep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that holds MNIST's four IDX files, found and open for reading. */
final class MnistFolder {
  static final int SIDE = 28;
  static final InputShape SHAPE = new InputShape(1, SIDE, SIDE);
  static final int CLASSES = 10;
  private static final int FEATURES = SIDE * SIDE;

  private final FileSystem files;
  private final Path folder;

  private MnistFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Finds the folder: the sub-folder {@code mnist} of {@code dir} where there is one, else {@code
   * dir} itself.
   *
   * @throws DataException if {@code dir} is no folder, or no file system serves it
   */
  static MnistFolder find(String dir, Configuration hadoop) {
    try {
      Path given = new Path(dir);
      FileSystem files = given.getFileSystem(hadoop);
      Path folder = files.makeQualified(given);
      if (!isFolder(files, folder)) {
        throw new DataException(
            ("%s: no such folder, expected the one that holds the MNIST files,"
                    + " or holds them in a sub-folder mnist")
                .formatted(folder));
      }
      Path inside = new Path(folder, "mnist");
      return new MnistFolder(files, isFolder(files, inside) ? inside : folder);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          ("data folder '%s': cannot be reached (%s),"
                  + " expected a folder on a file system that Hadoop is configured for")
              .formatted(dir, DataException.firstLine(e)),
          e);
    }
  }

  private static boolean isFolder(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Reads the first examples of one of MNIST's two parts.
   *
   * @param part {@code train} or {@code t10k}, as the file names begin
   * @param examples how many; no more are read or inflated
   * @throws DataException if a file is missing or malformed, or has fewer examples
   */
  Dataset read(String part, int examples) {
    Path imagePath = locate(part + "-images-idx3-ubyte");
    Path labelPath = locate(part + "-labels-idx1-ubyte");
    try (IdxFile images = IdxFile.open(files, imagePath, SIDE, SIDE);
        IdxFile labels = IdxFile.open(files, labelPath)) {
      checkCounts(images, labels, examples);
      String source = "mnist:" + imagePath + "[0:" + examples + "]";
      return Dataset.of(
          source, SHAPE, CLASSES, pixels(images, examples), classes(labels, examples));
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be closed (%s)".formatted(imagePath, DataException.firstLine(e)), e);
    }
  }

  private Path locate(String name) {
    List<Path> candidates = List.of(new Path(folder, name), new Path(folder, name + ".gz"));
    try {
      for (Path candidate : candidates) {
        if (files.exists(candidate)) {
          return candidate;
        }
      }
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed (%s)".formatted(folder, DataException.firstLine(e)), e);
    }
    throw new DataException(
        ("%s: no such file, nor %s, expected one of the two:"
                + " put MNIST's file there, or name the folder that holds it")
            .formatted(candidates.get(0), candidates.get(1)));
  }

  private static void checkCounts(IdxFile images, IdxFile labels, int examples) {
    if (images.items() != labels.items()) {
      throw new DataException(
          "%s: %d labels, expected %d, one for each image of %s: take both files from one download"
              .formatted(labels.path(), labels.items(), images.items(), images.path()));
    }
    if (images.items() < examples) {
      throw new DataException(
          "%s: %d examples, expected at least the %d asked for: ask for fewer"
              .formatted(images.path(), images.items(), examples));
    }
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
