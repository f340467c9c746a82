package org.eigensweep.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.idx;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.parquet;
import static org.eigensweep.data.table.TestFiles.write;
import static org.eigensweep.data.table.TestFiles.zip;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files under the names that people have them. */
class FoundFolderTest {
  private static final byte[] IMAGES = idx(8, new int[] {2, 1, 1}, bytes(1, 2));
  private static final byte[] LABELS = idx(8, new int[] {2}, bytes(0, 1));
  private static final byte[] X = npy("|u1", false, "(2, 1)", bytes(1, 2));
  private static final byte[] Y = npy("|u1", false, "(2,)", bytes(0, 1));

  @TempDir private Path dir;

  private FoundFolder found() {
    return FoundFolder.of(dir.toString(), new Configuration());
  }

  private void files(String... names) {
    for (String name : names) {
      boolean labels = name.matches(".*(label|y_|_y).*");
      boolean numpy = name.endsWith(".npy");
      byte[] plain = numpy ? (labels ? Y : X) : (labels ? LABELS : IMAGES);
      write(dir.resolve(name), name.endsWith(".gz") ? IdxFolder.gzip(plain) : plain);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, ''",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte, t10k-labels.idx1-ubyte, ''",
    "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz, ''",
    "raw/train-images-idx3-ubyte, raw/train-labels-idx1-ubyte, raw/t10k-images-idx3-ubyte, raw/t10k-labels-idx1-ubyte, ''",
    "KMNIST/raw/train-images-idx3-ubyte, KMNIST/raw/train-labels-idx1-ubyte, KMNIST/raw/t10k-images-idx3-ubyte, KMNIST/raw/t10k-labels-idx1-ubyte, kmnist",
    "gzip/emnist-letters-train-images-idx3-ubyte.gz, gzip/emnist-letters-train-labels-idx1-ubyte.gz, gzip/emnist-letters-test-images-idx3-ubyte.gz, gzip/emnist-letters-test-labels-idx1-ubyte.gz, gzip-emnist-letters",
    "EMNIST/raw/emnist-letters-train-images-idx3-ubyte, EMNIST/raw/emnist-letters-train-labels-idx1-ubyte, EMNIST/raw/emnist-letters-test-images-idx3-ubyte, EMNIST/raw/emnist-letters-test-labels-idx1-ubyte, emnist-letters",
    "x_train.npy, y_train.npy, x_test.npy, y_test.npy, ''",
    "X_train.npy, Y_train.npy.gz, X_test.npy, y_test.npy, ''",
    "train_images.npy, train_labels.npy, test_images.npy, test_labels.npy, ''",
  })
  void finds(String x, String y, String u, String v, String name) {
    files(x, y, u, v);
    FoundFolder found = found();
    assertThat(found.others()).isEmpty();
    FoundSet set = found.set(FoundFolder.ONLY);
    assertThat(set.name()).isEqualTo(name);
    String at = "file:" + dir + "/";
    assertThat(List.of(set.train(), set.test().orElseThrow()))
        .extracting(tables -> tables.inputs() + " " + tables.labels())
        .containsExactly(at + x + " " + at + y, at + u + " " + at + v);
  }

  @Test
  void plainFilesGoBeforeGzippedOnesAndTestFilesMayBeMissing() {
    files("train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte");
    files("t10k-images-idx3-ubyte");
    FoundSet set = found().set("only");
    assertThat(set.train().inputs()).hasToString("file:" + dir + "/train-images-idx3-ubyte");
    assertThat(set.test()).isEmpty();
    assertThat(found().others().values()).containsExactly("alone: test inputs");
  }

  @Test
  void archives() {
    write(dir.resolve("mnist.npz"), zip("x_train.npy", X, "y_train.npy", Y, "x_test.npy", X));
    write(dir.resolve("k49-train-imgs.npz"), zip("arr_0.npy", X));
    write(dir.resolve("k49-train-labels.npz"), zip("arr_0.npy", Y));
    assertThat(found().sets()).extracting(FoundSet::name).containsExactly("k49", "mnist");
    assertThat(found().set("mnist").train().labels())
        .hasToString("file:" + dir + "/mnist.npz:y_train");
    assertThat(found().set("k49").train().inputs())
        .hasToString("file:" + dir + "/k49-train-imgs.npz");
  }

  @Test
  void columnsBesideOneOfLabels() {
    String schema = "message m { required float a; required float b; required int32 %s; }";
    for (String part :
        List.of("train-00000-of-00002.parquet", "train-00001-of-00002.parquet", "test.parquet")) {
      parquet(
          dir.resolve(part),
          schema.formatted("label"),
          List.of(row -> row.append("a", 1f).append("b", 2f).append("label", 0)));
    }
    parquet(
        dir.resolve("other.parquet"),
        schema.formatted("c"),
        List.of(row -> row.append("a", 1f).append("b", 2f).append("c", 0)));
    FoundSet set = found().set("only");
    assertThat(set.train().labels()).hasToString("file:" + dir + "/train-*-of-00002.parquet:label");
    assertThat(set.train().open(new Configuration()).inputs().words()).isEqualTo("2 x 2");
    assertThat(set.train().inputs().except()).containsExactly("label");
    assertThat(set.test()).isPresent();
    assertThat(found().others().values())
        .containsExactly(
            "columns a, b, c, which of them are inputs and labels of which set does not show: name"
                + " them by data.train.inputs = other.parquet:COLUMN and so on");
  }

  @Test
  void bothLabelsOfCifar100() {
    write(dir.resolve("cifar-100-binary/train.bin"), new byte[3074]);
    write(dir.resolve("cifar-100-binary/test.bin"), new byte[3074]);
    assertThat(found().sets())
        .extracting(FoundSet::name)
        .containsExactly("cifar-100-binary-coarse", "cifar-100-binary-fine");
    FoundSet fine = found().set("fine");
    assertThat(fine.train().labels().part()).isEqualTo("fine");
    assertThat(fine.test().orElseThrow().inputs().part()).isEqualTo("pixels");
  }

  @Test
  void severalOrNone() {
    files("A/raw/train-images-idx3-ubyte", "A/raw/train-labels-idx1-ubyte");
    files("B/x_train.npy", "B/y_train.npy");
    assertThatThrownBy(() -> found().set("only"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "file:%s: the data sets a, b, expected one: set data.subset to one of them"
                .formatted(dir));
    assertThatThrownBy(() -> found().set("c"))
        .hasMessage(
            "file:%s: none of the data sets a, b is c, expected one: set data.subset to a whole name"
                .formatted(dir));
    assertThatThrownBy(() -> FoundFolder.of(dir + "/A/raw/x", new Configuration()))
        .hasMessage(
            dir + "/A/raw/x: no such folder or file, expected one with data: correct the path");
    Path other = dir.resolve("B/x_train.npy");
    assertThatThrownBy(() -> FoundFolder.of(other.toString(), new Configuration()).set("only"))
        .hasMessage(
            ("file:%1$s: no training inputs and labels under usual names, expected some as x_train.npy"
                    + " and y_train.npy: name the files by data.train.inputs and data.train.labels;"
                    + " submit/local data file:%1$s says what is there")
                .formatted(other));
  }

  @Test
  void aWholeNameGoesBeforeTheEndOfOne() {
    files("MNIST/raw/train-images-idx3-ubyte", "MNIST/raw/train-labels-idx1-ubyte");
    for (String part : List.of("mnist", "letters")) {
      files("EMNIST/raw/emnist-%s-train-images-idx3-ubyte".formatted(part));
      files("EMNIST/raw/emnist-%s-train-labels-idx1-ubyte".formatted(part));
    }
    files("F/emnist-letters-train-images-idx3-ubyte", "F/emnist-letters-train-labels-idx1-ubyte");
    assertThat(found().set("mnist").name()).isEqualTo("mnist");
    assertThat(found().set("emnist-mnist").name()).isEqualTo("emnist-mnist");
    assertThatThrownBy(() -> found().set("letters"))
        .hasMessage(
            ("file:%s: more than one of the data sets emnist-letters, emnist-mnist,"
                    + " f-emnist-letters, mnist is letters, expected one: set data.subset to a whole"
                    + " name")
                .formatted(dir));
  }

  @Test
  void twoFilesForOnePlace() {
    files("x_train.npy", "train_images.npy");
    assertThatThrownBy(this::found)
        .isInstanceOf(DataException.class)
        .hasMessage(
            ("file:%1$s/train_images.npy and file:%1$s/x_train.npy: both by their names training"
                    + " inputs, expected one such file: leave one of them there")
                .formatted(dir));
  }
}
