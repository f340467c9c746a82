package org.eigensweep.app;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFolder;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;

/**
 * A data set that has a kind of its own and no header to tell its size.
 *
 * @param name of it
 * @param kind as {@code data.kind}
 * @param folder that holds its files
 * @param files names that are part of it
 * @param source its first examples, as many as a sweep takes by default, fewer where there are
 *     fewer
 */
record KnownData(String name, String kind, Path folder, Pattern files, DataSource source) {
  private static final int DEFAULT = 1000;

  // The defaults of settings, so that the digest is theirs.
  private static final int SST2_TEST = 872;
  private static final int MAX_LENGTH = 56;
  private static final int VOCABULARY = 30522;

  /**
   * Those of a folder.
   *
   * @param most examples to read, or as many as a sweep does by default
   */
  static List<KnownData> in(String dir, OptionalInt most, Configuration hadoop) {
    int examples = most.orElse(DEFAULT);
    List<KnownData> known = new ArrayList<>();
    try {
      DataFolder cifar10 =
          DataFolder.find("CIFAR-10", dir, hadoop, "cifar10", "cifar-10-batches-bin");
      if (cifar10.locate("data_batch_1.bin").isPresent()) {
        known.add(
            new KnownData(
                "CIFAR-10, binary version",
                "cifar10",
                cifar10.path(),
                Pattern.compile("(data|test)_batch.*"),
                new Cifar10Files(dir, examples, examples)));
      }
      DataFolder sst2 = DataFolder.find("SST-2", dir, hadoop, "sst2");
      if (sst2.locate("train.tsv").isPresent() && sst2.locate("dev.tsv").isPresent()) {
        known.add(
            new KnownData(
                "SST-2, GLUE's files",
                "sst2",
                sst2.path(),
                Pattern.compile("(train|dev|test.*)\\.tsv.*"),
                new Sst2Files(
                    dir, examples, SST2_TEST, MAX_LENGTH, new VocabularySource.Built(VOCABULARY))));
      }
    } catch (DataException e) {
      return known; // a single file, which FoundFolder looks at
    }
    return known;
  }

  boolean holds(Path file) {
    return file.getParent().equals(folder) && files.matcher(file.getName()).matches();
  }
}
