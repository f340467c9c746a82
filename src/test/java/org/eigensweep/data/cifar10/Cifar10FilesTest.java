package org.eigensweep.data.cifar10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.FileFolder;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Cifar10FilesTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  private Split load(int train, int test) {
    return new Cifar10Files(dir.toString(), train, test).load(HADOOP);
  }

  @Test
  void takesTheFirstExamplesInFileOrder() {
    FileFolder.cifar10(dir);

    Split split = load(2, 1);

    assertThat(split.train().labels()).containsExactly(6, 9);
    assertThat(split.test().labels()).containsExactly(3);
    assertThat(split.train().shape()).isEqualTo(new InputShape(3, 32, 32));
    assertThat(split.train().classes()).isEqualTo(10);
    assertThat(new Cifar10Files("x", 1, 1).vocabulary()).isEmpty();
  }

  @Test
  void goesOnFromFileToFile() {
    FileFolder.cifar10(dir)
        .write("data_batch_2.bin", FileFolder.records(0, 1))
        .write("data_batch_3.bin.gz", IdxFolder.gzip(FileFolder.records(2)))
        .write("data_batch_5.bin", FileFolder.records(5));

    assertThat(load(6, 1).train().labels()).containsExactly(6, 9, 4, 0, 1, 2);
  }

  @Test
  void standardizesByTheRecordsOfAllTrainingFilesThatAreThere() {
    FileFolder.cifar10(dir).write("data_batch_5.bin", FileFolder.records(0, 1));
    int[] all = {6, 9, 4, 0, 1};

    Split split = load(2, 2);

    assertThat(split.train().source())
        .isEqualTo("cifar10:file:%s/data_batch_*.bin[0:2],per-pixel statistics of 5 records", dir);
    assertThat(split.test().source())
        .isEqualTo("cifar10:file:%s/test_batch.bin[0:2],per-pixel statistics of 5 records", dir);
    assertStandardized(split.train(), all, 6, 9);
    assertStandardized(split.test(), all, 3, 8);
  }

  private static void assertStandardized(Dataset data, int[] all, int... labels) {
    assertThat(data.inputs()).hasSize(labels.length * 3072);
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < 3072; j++) {
        int place = j;
        double[] over =
            IntStream.of(all).mapToDouble(l -> FileFolder.pixel(l, place) / 255.0).toArray();
        double mean = Arrays.stream(over).average().orElseThrow();
        double variance =
            Arrays.stream(over).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        // Every tenth pixel is constant; its mean of equal quotients may be off by a last bit.
        double deviation = j % 10 == 0 ? 1 : Math.sqrt(variance);
        assertThat((double) data.inputs()[i * 3072 + j])
            .isCloseTo((FileFolder.pixel(labels[i], j) / 255.0 - mean) / deviation, within(1e-6));
      }
    }
  }

  @Test
  void onlyCentresConstantPixels() {
    byte[] other = FileFolder.records(3);
    other[1] = (byte) 58;
    FileFolder.cifar10(dir).write("test_batch.bin", other);

    Split split = load(3, 1);

    assertThat(split.train().inputs()[0]).isZero();
    assertThat(split.test().inputs()[0]).isEqualTo(51 / 255f);
  }

  @Test
  void readsPlainAndGzippedFilesToTheSameDigest(@TempDir Path other) {
    FileFolder.cifar10(dir);
    new FileFolder(other)
        .write("data_batch_1.bin.gz", IdxFolder.gzip(FileFolder.records(6, 9, 4)))
        .write("test_batch.bin.gz", IdxFolder.gzip(FileFolder.records(3, 8)));

    Split zipped = new Cifar10Files("file://" + other, 3, 2).load(HADOOP);

    assertThat(zipped.train().sha256()).isEqualTo(load(3, 2).train().sha256());
    assertThat(zipped.test().sha256()).isEqualTo(load(3, 2).test().sha256());
  }

  @Test
  void takesAPartOfTheTestBatchUnderAnotherName(@TempDir Path other) {
    new FileFolder(other)
        .write("data_batch_1.bin", FileFolder.records(6, 9, 4))
        .write("test_batch_first1.bin", FileFolder.records(3))
        .write("test_batch_first1.bin.gz", new byte[0])
        .write("test_batch.md", "notes");

    Dataset test = new Cifar10Files(other.toString(), 1, 1).load(HADOOP).test();

    assertThat(test.labels()).containsExactly(3);
    assertThat(test.source()).contains("/test_batch_first1.bin[0:1]");
  }

  @Test
  void looksIntoTheSubFoldersFirst() {
    FileFolder.cifar10(dir.resolve("cifar-10-batches-bin"));
    assertThat(load(1, 1).train().source()).contains("/cifar-10-batches-bin/data_batch_");
    FileFolder.cifar10(dir.resolve("cifar10"));
    assertThat(load(1, 1).train().source()).contains("/cifar10/data_batch_");
  }

  @Test
  void takesNoTestExamplesWhereNoneAreWanted() {
    FileFolder.cifar10(dir);

    assertThat(load(3, 0).test().examples()).isZero();
  }
}
