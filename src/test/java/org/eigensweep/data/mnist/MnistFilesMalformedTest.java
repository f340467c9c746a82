package org.eigensweep.data.mnist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.eigensweep.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a folder or file: one line with the path, what was found and what was expected. */
final class MnistFilesMalformedTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  private ThrowableAssertAlternative<DataException> loadingFails() {
    return loadingFails(dir.toString(), 4);
  }

  private static ThrowableAssertAlternative<DataException> loadingFails(String path, int examples) {
    return assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new MnistFiles(path, examples, 2).load(HADOOP))
        .matches(e -> e.getMessage().lines().count() == 1, "has a message of one line");
  }

  @Test
  void missingFolder() {
    loadingFails(dir.resolve("nowhere").toString(), 4)
        .withMessage(
            "file:%s/nowhere: no such folder, expected the one that holds the MNIST files,"
                + " or holds them in a sub-folder mnist or MNIST/raw or raw",
            dir);
  }

  @Test
  void fileForAFolder() {
    IdxFolder.plain(dir);

    loadingFails(dir.resolve(IdxFolder.TRAIN_IMAGES).toString(), 4)
        .withMessageStartingWith("file:%s/%s: no such folder", dir, IdxFolder.TRAIN_IMAGES);
  }

  @Test
  void missingFile() {
    IdxFolder folder = new IdxFolder(dir).write(IdxFolder.TRAIN_IMAGES, IdxFolder.images(4));

    loadingFails()
        .withMessage(
            "%s: no such file, nor %s, expected one of the two: put MNIST's file there, or name the"
                + " folder that holds it",
            folder.named(IdxFolder.TRAIN_LABELS), folder.named(IdxFolder.TRAIN_LABELS + ".gz"));
  }

  @Test
  void unknownFileSystem() {
    loadingFails("nosuchfs://host/mnist", 4)
        .withMessage(
            "data folder 'nosuchfs://host/mnist': cannot be reached"
                + " (No FileSystem for scheme \"nosuchfs\"), expected a folder on a file system"
                + " that Hadoop is configured for");
  }

  @Test
  void emptyPath() {
    loadingFails("", 4).withMessageStartingWith("data folder '': cannot be reached (");
  }

  @Test
  void wrongMagicNumber() {
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, IdxFolder.labels(1, 2));

    loadingFails()
        .withMessage(
            "%s: magic number 0x00000801, expected 0x00000803 (IDX, unsigned bytes, 3 dimensions),"
                + " plain or gzipped: is it another file under this name?",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void neitherGzipNorIdxUnderTheNameOfGzip() {
    byte[] page = "<html>404: not found</html>".getBytes(US_ASCII);
    IdxFolder folder = new IdxFolder(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", page);
    folder.write(IdxFolder.TRAIN_LABELS, IdxFolder.labels(3));

    loadingFails()
        .withMessageStartingWith(
            "%s.gz: magic number 0x3c68746d, expected 0x00000803",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void damagedGzip() {
    byte[] damaged = IdxFolder.gzip(IdxFolder.images(4));
    Arrays.fill(damaged, 10, 60, (byte) 0xff);
    IdxFolder folder = IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", damaged);

    loadingFails()
        .withMessage(
            "%s.gz: cannot be read (invalid block type), expected a plain or gzipped IDX file",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void damagedChecksum() {
    byte[] damaged = IdxFolder.gzip(IdxFolder.images(4));
    damaged[damaged.length - 8] ^= 1;
    IdxFolder folder = IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", damaged);

    loadingFails()
        .withMessage(
            "%s.gz: cannot be read (Corrupt GZIP trailer), expected a plain or gzipped IDX file",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void emptyFile() {
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, new byte[0]);

    loadingFails()
        .withMessage(
            "%s: ends inside its header, expected 16 bytes of it: fetch the file again",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void shortPlainFile() {
    byte[] cut = Arrays.copyOf(IdxFolder.images(4), 2000);
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, cut);

    // One example is there, but a file cut short is not the file that its name promises.
    loadingFails(dir.toString(), 1)
        .withMessage(
            "%s: 2000 bytes long, expected 3152 for the 4 items of its header: fetch the file"
                + " again",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void longPlainFile() {
    byte[] padded = Arrays.copyOf(IdxFolder.labels(3, 1, 4, 1), 13);
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_LABELS, padded);

    loadingFails()
        .withMessage(
            "%s: 13 bytes long, expected 12 for the 4 items of its header: fetch the file again",
            folder.named(IdxFolder.TRAIN_LABELS));
  }

  @Test
  void shortGzippedFile() {
    byte[] zipped = IdxFolder.gzip(IdxFolder.images(4));
    byte[] cut = Arrays.copyOf(zipped, zipped.length - 20);
    IdxFolder folder = IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", cut);

    loadingFails()
        .withMessageMatching(
            "\\Q%s\\E.gz: ends after \\d items, expected the 4 of its header: fetch the file again"
                .formatted(folder.named(IdxFolder.TRAIN_IMAGES)));
  }

  @Test
  void shortFileInsideGzip() {
    byte[] cut = IdxFolder.gzip(Arrays.copyOf(IdxFolder.images(4), 2000));
    IdxFolder folder = IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", cut);

    loadingFails()
        .withMessage(
            "%s.gz: ends after 2 items, expected the 4 of its header: fetch the file again",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void longFileInsideGzip() {
    byte[] padded = IdxFolder.gzip(Arrays.copyOf(IdxFolder.images(4), 3153));
    IdxFolder folder = IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", padded);

    loadingFails()
        .withMessage(
            "%s.gz: goes on behind the 4 items of its header, expected its end: fetch the file"
                + " again",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void imagesOfAnotherSize() {
    byte[] images = IdxFolder.images(4);
    ByteBuffer.wrap(images).putInt(8, 14).putInt(12, 56);
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, images);

    loadingFails()
        .withMessage(
            "%s: 4 items of shape [14, 56] in its header, expected 0 or more of shape [28, 28]",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void negativeCount() {
    byte[] images = IdxFolder.images(4);
    ByteBuffer.wrap(images).putInt(4, -4);
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, images);

    loadingFails()
        .withMessageStartingWith("%s: -4 items of shape", folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void labelOutOfRange() {
    IdxFolder folder =
        IdxFolder.plain(dir).write(IdxFolder.TRAIN_LABELS, IdxFolder.labels(3, 1, 10, 1));

    loadingFails()
        .withMessage(
            "%s: label 10 of example 2, expected 0 to 9", folder.named(IdxFolder.TRAIN_LABELS));
  }

  @Test
  void unequalCounts() {
    IdxFolder folder = IdxFolder.plain(dir).write(IdxFolder.TRAIN_LABELS, IdxFolder.labels(3, 1));

    loadingFails()
        .withMessage(
            "%s: 2 labels, expected 4, one for each image of %s: take both files from one download",
            folder.named(IdxFolder.TRAIN_LABELS), folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void fewerExamplesThanAskedFor() {
    IdxFolder folder = IdxFolder.plain(dir);

    loadingFails(dir.toString(), 5)
        .withMessage(
            "%s: 4 examples, expected at least the 5 asked for: ask for fewer",
            folder.named(IdxFolder.TRAIN_IMAGES));
  }

  @Test
  void nothingToTrainOn() {
    loadingFails(dir.toString(), 0)
        .withMessage("0 training examples asked for, expected 1 to 2739137");
  }
}
