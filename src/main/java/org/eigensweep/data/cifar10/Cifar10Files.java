package org.eigensweep.data.cifar10;

import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;

/**
 * CIFAR-10 from a folder of files of its binary version, plain or gzipped, standardised pixel by
 * pixel: the first examples in file order, as planes of red, green and blue, each row after row
 * from the upper left.
 *
 * <p>From each value its mean is taken, and the rest is divided by its standard deviation; both
 * belong to one of the 3 × 32 × 32 places, are taken over all records of all training files in the
 * folder, whatever the number of examples asked for, and serve the test set too. Song, Ahn and Yun
 * (2025) do so over all 50,000 records, as the code does that they build on: with fewer files in
 * the folder the inputs are not quite theirs. {@link Dataset#source} says over how many records.
 *
 * @param dir folder, a Hadoop path: the one that holds {@code data_batch_1.bin}, as many of {@code
 *     data_batch_2.bin} to {@code data_batch_5.bin} as are wanted and one file {@code
 *     test_batch*.bin}, each plain or with {@code .gz}, or one whose sub-folder {@code cifar10} or
 *     {@code cifar-10-batches-bin} holds them
 * @param trainExamples training examples to take, from the front of the first file on, at least 1
 * @param testExamples test examples to take, from the front, at least 0
 */
public record Cifar10Files(String dir, int trainExamples, int testExamples) implements DataSource {
  /**
   * Checks the sizes; the folder is looked at when it is loaded.
   *
   * @throws DataException if a size is too small, or too large for one array
   */
  public Cifar10Files {
    ExampleCounts.check(trainExamples, testExamples, Cifar10Batch.SHAPE.features());
  }

  @Override
  public InputShape shape() {
    return Cifar10Batch.SHAPE;
  }

  @Override
  public int classes() {
    return Cifar10Batch.CLASSES;
  }

  /**
   * Reads all training files, for their statistics, and the first examples of the test file.
   *
   * @param hadoop configuration of the file system that {@code dir} names
   * @throws DataException if the folder or a file is missing, malformed as far as it is read, or
   *     holds fewer examples than asked for
   */
  @Override
  public Split load(Configuration hadoop) {
    Cifar10Folder folder = Cifar10Folder.find(dir, hadoop);
    return folder.read(trainExamples, testExamples);
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    return Cifar10Folder.find(dir, hadoop).readTraining(trainExamples);
  }
}
