package org.eigensweep.data.mnist;

import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;

/**
 * MNIST from a folder of IDX files, plain or gzipped, under their usual names: the first examples
 * of each file in file order, pixels divided by 255, row after row from the upper left, not
 * centred.
 *
 * @param dir folder, a Hadoop path: the one that holds {@code train-images-idx3-ubyte}, {@code
 *     train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte},
 *     each plain or with {@code .gz}, a dot for the second hyphen or not, or one whose sub-folder
 *     {@code mnist}, {@code MNIST/raw} or {@code raw} holds them
 * @param trainExamples training examples to take, from the front, at least 1
 * @param testExamples test examples to take, from the front, at least 0
 */
public record MnistFiles(String dir, int trainExamples, int testExamples) implements DataSource {
  private static final InputShape SHAPE = MnistFolder.SHAPE;

  /**
   * Checks the sizes; the folder is looked at when it is loaded.
   *
   * @throws DataException if a size is too small, or too large for one array
   */
  public MnistFiles {
    ExampleCounts.check(trainExamples, testExamples, SHAPE.features());
  }

  @Override
  public InputShape shape() {
    return SHAPE;
  }

  @Override
  public int classes() {
    return MnistFolder.CLASSES;
  }

  /**
   * Reads the first examples of the training and of the test files, and no more than those.
   *
   * @param hadoop configuration of the file system that {@code dir} names
   * @throws DataException if the folder or a file is missing, of another format, damaged as far as
   *     it is read, or holds fewer examples than asked for
   */
  @Override
  public Split load(Configuration hadoop) {
    MnistFolder folder = MnistFolder.find(dir, hadoop);
    return new Split(folder.read("train", trainExamples), folder.read("t10k", testExamples));
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    return MnistFolder.find(dir, hadoop).read("train", trainExamples);
  }
}
