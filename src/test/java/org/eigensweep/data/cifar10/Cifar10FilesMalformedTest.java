package org.eigensweep.data.cifar10;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileFolder;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a folder or file: one line with the path, what was found and what was expected. */
final class Cifar10FilesMalformedTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  private ThrowableAssertAlternative<DataException> loadingFails() {
    return loadingFails(dir.toString(), 3, 2);
  }

  private static ThrowableAssertAlternative<DataException> loadingFails(
      String path, int train, int test) {
    return assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new Cifar10Files(path, train, test).load(HADOOP))
        .matches(e -> e.getMessage().lines().count() == 1, "has a message of one line");
  }

  @Test
  void missingFolder() {
    loadingFails(dir.resolve("nowhere").toString(), 3, 2)
        .withMessage(
            "file:%s/nowhere: no such folder, expected the one that holds the CIFAR-10 files,"
                + " or holds them in a sub-folder cifar10 or cifar-10-batches-bin",
            dir);
  }

  @Test
  void missingTrainingFile() {
    FileFolder folder =
        new FileFolder(dir)
            .write("data_batch_2.bin", FileFolder.records(1))
            .write("test_batch.bin", FileFolder.records(1));

    loadingFails()
        .withMessage(
            "%s: no such file, nor %s, expected one of the two: put CIFAR-10's file there, or name"
                + " the folder that holds it",
            folder.named("data_batch_1.bin"), folder.named("data_batch_1.bin.gz"));
  }

  @Test
  void missingTestFile() {
    FileFolder folder = new FileFolder(dir).write("data_batch_1.bin", FileFolder.records(1, 2, 3));

    loadingFails()
        .withMessage(
            "%s: no such file, nor %s, expected one of the two: put CIFAR-10's file there, or name"
                + " the folder that holds it",
            folder.named("test_batch*.bin"), folder.named("test_batch*.bin.gz"));
  }

  @Test
  void twoTestFiles() {
    FileFolder.cifar10(dir).write("test_batch_first2.bin.gz", FileFolder.records(1, 2));

    loadingFails()
        .withMessage(
            "file:%s: test_batch.bin and test_batch_first2.bin, expected one file test_batch*.bin:"
                + " leave one of them there",
            dir);
  }

  @Test
  void plainFileThatEndsWithinARecord() {
    FileFolder folder =
        FileFolder.cifar10(dir)
            .write("data_batch_1.bin", Arrays.copyOf(FileFolder.records(1, 2, 3, 4), 9220));

    loadingFails()
        .withMessage(
            "%s: 9220 bytes long, expected a multiple of 3073 above 0, 1 label and 3072 pixels a"
                + " record: fetch the file again",
            folder.named("data_batch_1.bin"));
  }

  @Test
  void gzippedFileThatEndsWithinARecord() {
    byte[] cut = Arrays.copyOf(FileFolder.records(1, 2, 3, 4), 9220);
    FileFolder folder = FileFolder.cifar10(dir).write("data_batch_2.bin.gz", IdxFolder.gzip(cut));

    loadingFails()
        .withMessage(
            "%s: 9220 bytes long, expected a multiple of 3073 above 0, 1 label and 3072 pixels a"
                + " record: fetch the file again",
            folder.named("data_batch_2.bin.gz"));
  }

  @Test
  void emptyFiles() {
    FileFolder folder = FileFolder.cifar10(dir).write("test_batch.bin", new byte[0]);
    loadingFails()
        .withMessageStartingWith(
            "%s: 0 bytes long, expected a multiple of 3073 above 0",
            folder.named("test_batch.bin"));

    folder.write("test_batch.bin", IdxFolder.gzip(new byte[0]));
    loadingFails()
        .withMessageStartingWith(
            "%s: 0 bytes long, expected a multiple of 3073 above 0",
            folder.named("test_batch.bin"));
  }

  @Test
  void labelOutOfRange() {
    FileFolder folder =
        FileFolder.cifar10(dir).write("data_batch_3.bin", FileFolder.records(1, 2, 10));

    loadingFails()
        .withMessage(
            "%s: label 10 of record 2, expected 0 to 9: is it another file under this name?",
            folder.named("data_batch_3.bin"));
  }

  @Test
  void damagedGzip() {
    byte[] damaged = IdxFolder.gzip(FileFolder.records(6, 9, 4));
    Arrays.fill(damaged, 10, 60, (byte) 0xff);
    FileFolder folder = FileFolder.cifar10(dir).write("data_batch_1.bin", damaged);

    loadingFails()
        .withMessage(
            "%s: cannot be read (invalid block type), expected a plain or gzipped CIFAR-10 file",
            folder.named("data_batch_1.bin"));
  }

  @Test
  void shortGzip() {
    byte[] zipped = IdxFolder.gzip(FileFolder.records(3, 8));
    FileFolder folder =
        FileFolder.cifar10(dir).write("test_batch.bin", Arrays.copyOf(zipped, zipped.length - 100));

    loadingFails()
        .withMessage(
            "%s: cannot be read (Unexpected end of ZLIB input stream), expected a plain or gzipped"
                + " CIFAR-10 file",
            folder.named("test_batch.bin"));
  }

  @Test
  void neitherGzipNorRecordsUnderTheNameOfGzip() {
    byte[] page = "<html>404: not found</html>".getBytes(US_ASCII);
    FileFolder folder =
        new FileFolder(dir)
            .write("data_batch_1.bin.gz", page)
            .write("test_batch.bin", FileFolder.records(1));

    loadingFails()
        .withMessageStartingWith(
            "%s: 27 bytes long, expected a multiple of 3073", folder.named("data_batch_1.bin.gz"));
  }

  @Test
  void fewerTrainingExamplesThanAskedFor() {
    FileFolder folder =
        FileFolder.cifar10(dir).write("data_batch_3.bin", FileFolder.records(1, 2, 3));

    loadingFails(dir.toString(), 4, 2)
        .withMessage(
            "file:%s: 3 training examples before the missing data_batch_2.bin, expected at least"
                + " the 4 asked for: put that file there, or ask for fewer",
            dir);

    folder
        .write("data_batch_2.bin", FileFolder.records(1))
        .write("data_batch_4.bin", FileFolder.records(1))
        .write("data_batch_5.bin", FileFolder.records(1));
    loadingFails(dir.toString(), 10, 2)
        .withMessage(
            "file:%s: 9 training examples, expected at least the 10 asked for: ask for fewer", dir);
  }

  @Test
  void fewerTestExamplesThanAskedFor() {
    FileFolder folder = FileFolder.cifar10(dir);

    loadingFails(dir.toString(), 3, 3)
        .withMessage(
            "%s: 2 examples, expected at least the 3 asked for: ask for fewer",
            folder.named("test_batch.bin"));
  }

  @Test
  void nothingToTrainOn() {
    loadingFails(dir.toString(), 0, 2)
        .withMessage("0 training examples asked for, expected 1 to 699050");
  }
}
