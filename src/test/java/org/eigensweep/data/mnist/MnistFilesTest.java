package org.eigensweep.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MnistFilesTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  @Test
  void takesTheFirstExamplesInFileOrder() {
    IdxFolder.plain(dir);

    Split split = new MnistFiles(dir.toString(), 3, 2).load(HADOOP);

    assertThat(split.train().labels()).containsExactly(3, 1, 4);
    assertThat(split.test().labels()).containsExactly(5, 9);
    assertThat(split.train().examples()).isEqualTo(3);
    assertThat(split.train().features()).isEqualTo(784);
    assertThat(split.train().classes()).isEqualTo(10);
  }

  @Test
  void dividesPixelsBy255WithoutCentring() {
    IdxFolder.plain(dir);

    float[] inputs = new MnistFiles(dir.toString(), 4, 2).load(HADOOP).train().inputs();

    assertThat(inputs).hasSize(4 * 784);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 784; j++) {
        assertThat(inputs[i * 784 + j]).isEqualTo(IdxFolder.pixel(i, j) / 255f);
      }
    }
  }

  @Test
  void readsPlainAndGzippedFilesToTheSameDigest(@TempDir Path other) {
    IdxFolder.plain(dir);
    IdxFolder.zipped(other);

    Dataset plain = new MnistFiles(dir.toString(), 4, 2).load(HADOOP).train();
    Dataset zipped = new MnistFiles(other.toString(), 4, 2).load(HADOOP).train();

    assertThat(zipped.sha256()).isEqualTo(plain.sha256());
    assertThat(plain.source()).isEqualTo("mnist:file:%s/train-images-idx3-ubyte[0:4]", dir);
    assertThat(zipped.source()).isEqualTo("mnist:file:%s/train-images-idx3-ubyte.gz[0:4]", other);
  }

  /** As the files are called where they are unpacked, and where torchvision puts them. */
  @Test
  void findsTheFilesUnderOtherNames(@TempDir Path dots, @TempDir Path torchvision) {
    IdxFolder.plain(dir);
    new IdxFolder(dots)
        .write("train-images.idx3-ubyte", IdxFolder.images(4))
        .write("train-labels.idx1-ubyte.gz", IdxFolder.gzip(IdxFolder.labels(3, 1, 4, 1)))
        .write("t10k-images.idx3-ubyte", IdxFolder.images(2))
        .write("t10k-labels.idx1-ubyte", IdxFolder.labels(5, 9));
    IdxFolder.plain(torchvision.resolve("MNIST/raw"));

    String expected = digests(dir.toString());
    assertThat(digests(dots.toString())).isEqualTo(expected);
    assertThat(digests(torchvision.toString())).isEqualTo(expected);
    assertThat(digests(torchvision + "/MNIST")).isEqualTo(expected);
    assertThat(digests(torchvision + "/MNIST/raw")).isEqualTo(expected);
  }

  private static String digests(String path) {
    Split split = new MnistFiles(path, 4, 2).load(HADOOP);
    return split.train().sha256() + split.test().sha256();
  }

  @Test
  void prefersThePlainFile() {
    IdxFolder.plain(dir).write(IdxFolder.TRAIN_LABELS + ".gz", IdxFolder.labels(9));

    assertThat(new MnistFiles(dir.toString(), 1, 1).load(HADOOP).train().labels())
        .containsExactly(3);
  }

  @Test
  void knowsGzipByItsBytesAndNotByItsName() {
    IdxFolder.plain(dir).write(IdxFolder.TRAIN_IMAGES, IdxFolder.gzip(IdxFolder.images(4)));

    assertThat(new MnistFiles(dir.toString(), 4, 2).load(HADOOP).train().examples()).isEqualTo(4);
  }

  @Test
  void takesAHadoopPathWithAScheme() {
    IdxFolder.zipped(dir);

    Split split = new MnistFiles("file://" + dir, 4, 2).load(HADOOP);

    assertThat(split.test().labels()).containsExactly(5, 9);
  }

  @Test
  void looksIntoTheSubFolderMnistFirst() {
    IdxFolder.plain(dir.resolve("mnist"));
    new IdxFolder(dir).write(IdxFolder.TRAIN_IMAGES, new byte[] {1, 2, 3});

    Split split = new MnistFiles(dir.toString(), 4, 2).load(HADOOP);

    assertThat(split.train().source()).contains("/mnist/train-images");
  }

  @Test
  void readsNoFurtherThanAsked() {
    // The damage lies behind the first example: finding it would mean inflating more than asked.
    byte[] zipped = IdxFolder.gzip(IdxFolder.images(4));
    byte[] cut = Arrays.copyOf(zipped, zipped.length - 8);
    IdxFolder.zipped(dir).write(IdxFolder.TRAIN_IMAGES + ".gz", cut);

    assertThat(new MnistFiles(dir.toString(), 1, 1).load(HADOOP).train().labels())
        .containsExactly(3);
  }

  @Test
  void takesNoTestExamplesWhereNoneAreWanted() {
    IdxFolder.plain(dir);

    assertThat(new MnistFiles(dir.toString(), 4, 0).load(HADOOP).test().examples()).isZero();
  }
}
