package org.eigensweep.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.write;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.data.FileFolder;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.mnist.IdxFolder;
import org.eigensweep.data.mnist.MnistFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a folder. */
class DataCommandTest {
  @TempDir private Path dir;

  private Captured data(String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = "data";
    arguments[1] = dir.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Captured.execute(arguments);
  }

  @Test
  void tellsHowFilesWouldBeRead() {
    IdxFolder.plain(dir, 20, 10);
    write(dir.resolve("README.md"), "read me".getBytes(UTF_8));
    var split = new MnistFiles(dir.toString(), 20, 10).load(new Configuration());
    Captured told = data();
    assertThat(told.err()).isEmpty();
    assertThat(told.status()).isZero();
    assertThat(told.out())
        .startsWith(
            "Training and test files\n  files     file:" + dir + "/train-images-idx3-ubyte,\n")
        .contains(
            "\n  shape     1 x 28 x 28 (channels, height, width), 10 classes\n"
                + "  training  20 examples\n            %s\n".formatted(split.train().sha256())
                + "  test      10 examples\n            %s\n".formatted(split.test().sha256())
                + "  settings  --set data.kind=files")
        .contains("--set data.dir=" + dir)
        .contains("--set data.train-examples=20")
        .doesNotContain("README");
    assertThat(told.out().lines().filter(line -> !line.contains(dir.toString())))
        .allMatch(line -> line.length() <= 80);
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
    assertThat(data("--examples", "12").out()).contains("12 examples", "10 examples");
  }

  @Test
  void takesTheTwoSettingsThatArraysNeed() {
    write(dir.resolve("x_train.npy"), npy("|u1", false, "(2, 5, 5, 3)", new byte[150]));
    write(dir.resolve("y_train.npy"), npy("|u1", false, "(2,)", bytes(2, 1)));
    Captured told = data();
    assertThat(told.status()).isEqualTo(2);
    assertThat(told.out().replaceAll("\\s+", " "))
        .isEqualTo(
            ("Training and test files not read file:%s/y_train.npy: no label 0, expected each from 0"
                    + " to 2: set data.first-label to the label of the first class, or data.classes ")
                .formatted(dir));
    assertThat(told.err())
        .isEqualTo(
            ("eigensweep: %s: no data that can be read as they are, expected training inputs and"
                    + " labels: src/site/markdown/data.md says under which names and in which formats\n")
                .formatted(dir));
    assertThat(data("--first-label=1").out())
        .contains("  shape     5 x 5 x 3 (channels, height, width), 2 classes\n")
        .contains("if the last size is that of the channels, say --channels-last\n")
        .contains("  test      none, enough for the command spectrum alone\n");
    assertThat(data("--first-label=1", "--channels-last").out())
        .contains("  shape     3 x 5 x 5 (channels, height, width), 2 classes\n")
        .contains("--set data.first-label=1")
        .contains("--set data.layout=channels-last");
  }

  @Test
  void saysWhyNot() {
    write(dir.resolve("weights.npy"), npy("<f2", false, "(3, 4)", new byte[24]));
    write(dir.resolve("x_train.npy"), npy("|O", false, "(1,)", bytes(1)));
    write(dir.resolve("images.mat"), "MATLAB 5.0 MAT-file".getBytes(UTF_8));
    Captured told = data();
    assertThat(told.status()).isEqualTo(2);
    assertThat(told.out())
        .isEqualTo(
            """
            images.mat
              not read  a MATLAB file, expected NumPy (.npy, .npz), Parquet or IDX: load it
                        by scipy.io.loadmat and numpy.save its arrays
            weights.npy
              not read  an array of 3 x 4 of float16, whose name does not say what it is:
                        name it by data.train.inputs
            x_train.npy
              not read  an array of Python objects, which only Python can read, expected
                        numbers: save it by .astype(...)
            """);
  }

  @Test
  void knowsTheKindsWithFilesOfTheirOwn() {
    FileFolder.cifar10(dir.resolve("cifar10"));
    FileFolder.sst2(dir.resolve("sst2"));
    assertThat(data().out().replaceAll("\\s+", " "))
        .contains("CIFAR-10, binary version files")
        .contains("3 training examples before the missing data_batch_2.bin, expected at least")
        .contains("--set data.kind=cifar10")
        .contains("SST-2, GLUE's files files")
        .contains(" shape 56 tokens, 2 classes ")
        .doesNotContain("not read");
  }

  @Test
  void readsAsManyOfThemAsAreAskedFor() {
    FileFolder.cifar10(dir);
    var train = new Cifar10Files(dir.toString(), 2, 2).loadTraining(new Configuration());
    assertThat(data("--examples=2").out())
        .contains("  training  2 examples, the first ones\n            " + train.sha256() + "\n");
  }

  /** A shell takes them as one word, so they stay on one line. */
  @Test
  void pathsWithSpacesAreQuoted() {
    Path spaced = dir.resolve("my data's home");
    IdxFolder.plain(spaced, 20, 10);
    assertThat(Captured.execute("data", spaced.toString()).out())
        .contains("--set 'data.dir=%s/my data'\\''s home'\n".formatted(dir));
  }

  @Test
  void badArguments() {
    assertThat(data("--examples=0").err())
        .isEqualTo(
            "eigensweep: --examples: found 0, expected at least 1; see eigensweep data --help\n");
    assertThat(Captured.execute("data", dir + "/nowhere"))
        .isEqualTo(
            new Captured(
                2,
                "",
                "eigensweep: %s/nowhere: no such folder or file, expected one with data: correct the path\n"
                    .formatted(dir)));
  }
}
