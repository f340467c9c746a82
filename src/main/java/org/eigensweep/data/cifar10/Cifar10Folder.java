package org.eigensweep.data.cifar10;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;
import org.eigensweep.data.DataFolder;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.Split;

/** The folder that holds CIFAR-10's batches, found and open for reading. */
final class Cifar10Folder {
  private static final int TRAIN_FILES = 5;

  private final DataFolder folder;

  private Cifar10Folder(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Finds the folder: the sub-folder {@code cifar10}, or else {@code cifar-10-batches-bin}, of
   * {@code dir} where there is one, else {@code dir} itself.
   *
   * @throws DataException if {@code dir} is no folder, or no file system serves it
   */
  static Cifar10Folder find(String dir, Configuration hadoop) {
    return new Cifar10Folder(
        DataFolder.find("CIFAR-10", dir, hadoop, "cifar10", "cifar-10-batches-bin"));
  }

  /**
   * Reads the training files that are there, and the first examples of the test file.
   *
   * @throws DataException if a file is missing or malformed, or there are fewer examples
   */
  Split read(int trainExamples, int testExamples) {
    Path testPath = folder.requireOne("test_batch", ".bin"); // found missing before the long read
    PixelStatistics statistics = new PixelStatistics();
    List<byte[]> train = train(trainExamples, statistics);
    List<byte[]> test = test(testPath, testExamples);
    return new Split(dataset(trainPath(), train, statistics), dataset(testPath, test, statistics));
  }

  /**
   * Reads the training files that are there, and no test file.
   *
   * @throws DataException if a file is missing or malformed, or there are fewer examples
   */
  Dataset readTraining(int examples) {
    PixelStatistics statistics = new PixelStatistics();
    List<byte[]> train = train(examples, statistics);
    return dataset(trainPath(), train, statistics);
  }

  private Path trainPath() {
    return new Path(folder.path(), "data_batch_*.bin");
  }

  private static Dataset dataset(Path path, List<byte[]> records, PixelStatistics statistics) {
    String source =
        "cifar10:%s[0:%d],per-pixel statistics of %d records"
            .formatted(path, records.size(), statistics.records());
    int[] labels = records.stream().mapToInt(Cifar10Batch::label).toArray();
    return Dataset.of(
        source, Cifar10Batch.SHAPE, Cifar10Batch.CLASSES, statistics.standardized(records), labels);
  }

  /** The first records of the training files, all of whose records go into the statistics. */
  private List<byte[]> train(int examples, PixelStatistics statistics) {
    List<byte[]> taken = new ArrayList<>();
    Optional<String> gap = Optional.empty();
    for (int number = 1; number <= TRAIN_FILES; number++) {
      String name = "data_batch_" + number + ".bin";
      Optional<Path> path = number == 1 ? Optional.of(folder.require(name)) : folder.locate(name);
      if (path.isEmpty()) {
        gap = gap.or(() -> Optional.of(name));
        continue;
      }
      // Behind a missing file no example is the next one, but its statistics count.
      int room = gap.isPresent() ? 0 : examples - taken.size();
      taken.addAll(read(path.get(), room, statistics));
    }
    if (taken.size() < examples) {
      throw fewer(taken.size(), examples, gap);
    }
    return taken;
  }

  private DataException fewer(int found, int examples, Optional<String> gap) {
    String before = gap.map(name -> " before the missing " + name).orElse("");
    String advice =
        gap.map(name -> "put that file there, or ask for fewer").orElse("ask for fewer");
    return new DataException(
        "%s: %d training examples%s, expected at least the %d asked for: %s"
            .formatted(folder.path(), found, before, examples, advice));
  }

  /** Reads a training file whole, and keeps its first records, at most {@code room}. */
  private List<byte[]> read(Path path, int room, PixelStatistics statistics) {
    List<byte[]> taken = new ArrayList<>();
    try (Cifar10Batch batch = Cifar10Batch.open(folder.files(), path)) {
      for (Optional<byte[]> next = batch.next(); next.isPresent(); next = batch.next()) {
        statistics.add(next.get());
        if (taken.size() < room) {
          taken.add(next.get());
        }
      }
      return taken;
    } catch (IOException e) {
      throw DataFile.unclosed(path, e);
    }
  }

  /** The first records of the test file; no more are read or inflated. */
  private List<byte[]> test(Path path, int examples) {
    List<byte[]> taken = new ArrayList<>();
    try (Cifar10Batch batch = Cifar10Batch.open(folder.files(), path)) {
      while (taken.size() < examples) {
        Optional<byte[]> next = batch.next();
        if (next.isEmpty()) {
          break;
        }
        taken.add(next.get());
      }
    } catch (IOException e) {
      throw DataFile.unclosed(path, e);
    }
    ExampleCounts.checkFound(path, taken.size(), examples);
    return taken;
  }
}
