package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.parquet;
import static org.eigensweep.data.table.TestFiles.write;
import static org.eigensweep.data.table.TestFiles.zip;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.data.DataKind;
import org.eigensweep.data.DataKindTest;
import org.eigensweep.data.mnist.IdxFolder;
import org.eigensweep.data.table.TestFiles;
import org.eigensweep.plugin.OwnServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of a user's own, in files or by code, from the command line to tables. */
class OwnDataTest {
  private static final int TRAIN = 30;
  private static final int TEST = 20;

  private static final String CONF =
      """
      eigensweep {
        name = own
        data { train-examples = 30, test-examples = 20 }
        model.hidden = [4]
        training { batch-size = 5, steps = 6, rules = [dominant], switch { on = step, step = 3 } }
        eigenspace.pairs = 2
        measure.every = 3
        sweep { learning-rates = [0.1], seeds = [0], ranks = [1] }
      }
      """;

  @TempDir private Path folder;

  /** Pixels as those of {@link IdxFolder}. */
  private static byte[] pixels(int examples) {
    byte[] pixels = new byte[examples * 784];
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = (byte) (7 * (k / 784) + k % 784);
    }
    return pixels;
  }

  private static byte[] images(int examples) {
    return npy("|u1", false, "(%d, 28, 28)".formatted(examples), pixels(examples));
  }

  private static byte[] labels(int examples) {
    byte[] labels = new byte[2 * examples];
    IntStream.range(0, examples).forEach(i -> labels[2 * i + 1] = (byte) (i % 10));
    return npy(">u2", false, "(%d, 1)".formatted(examples), labels);
  }

  private void writeNumpy() {
    write(folder.resolve("npy/x_train.npy"), images(TRAIN));
    write(folder.resolve("npy/y_train.npy"), labels(TRAIN));
    write(folder.resolve("npy/x_test.npy"), images(TEST));
    write(folder.resolve("npy/y_test.npy"), labels(TEST));
    write(
        folder.resolve("npz/all.npz"),
        zip(
            "x_train.npy",
            images(TRAIN),
            "y_train.npy",
            labels(TRAIN),
            "x_test.npy",
            images(TEST),
            "y_test.npy",
            labels(TEST)));
  }

  private void writeParquet(String name, int examples) {
    byte[] pixels = pixels(examples);
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      int[] values = new int[784];
      for (int j = 0; j < 784; j++) {
        values[j] = Byte.toUnsignedInt(pixels[i * 784 + j]);
      }
      int label = i % 10;
      rows.add(TestFiles.list("image", values).andThen(row -> row.add("label", label)));
    }
    parquet(
        folder.resolve("parquet/" + name),
        "message m { optional group image (LIST) { repeated group list { optional int32 element"
            + " (INTEGER(8,false)); } } required int32 label; }",
        rows);
  }

  private void run(String name, String... settings) throws Exception {
    Path conf = Files.writeString(folder.resolve("own.conf"), CONF);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                conf.toString(),
                "--set",
                "output=" + folder.resolve("out/" + name),
                "--set",
                "data.dir=" + folder.resolve(name)));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    Captured run = Captured.execute(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  /** The same pixels and labels in four formats, of other types, shapes and orders of bytes. */
  @Test
  void theSamePixelsGiveTheSameBits() throws Exception {
    IdxFolder.plain(folder.resolve("idx"), TRAIN, TEST);
    writeNumpy();
    writeParquet("train.parquet", TRAIN);
    writeParquet("test.parquet", TEST);
    run("idx", "data.kind=mnist");
    run("npy", "data.kind=files");
    run("npz", "data.kind=files");
    run("parquet", "data.kind=files", "data.shape=[28, 28]");

    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      Set<String> seen = new HashSet<>();
      for (String name : List.of("idx", "npy", "npz", "parquet")) {
        String out = folder.resolve("out/" + name).toString();
        List<?> losses =
            spark
                .read()
                .parquet(out + "/steps")
                .orderBy("branch", "step")
                .select("branch", "step", "train_loss", "test_loss", "test_accuracy")
                .collectAsList();
        List<?> eigenvalues =
            spark
                .read()
                .parquet(out + "/eigenvalues")
                .orderBy("branch", "step", "pair")
                .select("branch", "step", "pair", "eigenvalue", "residual")
                .collectAsList();
        assertThat(losses).hasSizeGreaterThanOrEqualTo(3);
        assertThat(eigenvalues).hasSizeGreaterThanOrEqualTo(6);
        seen.add(
            spark
                    .read()
                    .parquet(out + "/trials")
                    .select("train_sha256", "test_sha256")
                    .distinct()
                    .collectAsList()
                + losses.toString()
                + eigenvalues);
      }
      assertThat(seen).hasSize(1);
    } finally {
      spark.stop();
    }
  }

  @Test
  void whatDoesNotFitIsOneLineBeforeSparkStarts() throws Exception {
    writeNumpy();
    write(folder.resolve("npy/y_test.npy"), labels(TEST - 1));
    Path conf = Files.writeString(folder.resolve("own.conf"), CONF);
    Captured run =
        Captured.execute(
            "run",
            conf.toString(),
            "--set",
            "data.kind=files",
            "--set",
            "data.dir=" + folder.resolve("npy"),
            "--set",
            "output=" + folder.resolve("out"));
    assertThat(run)
        .isEqualTo(
            new Captured(
                2,
                "",
                ("eigensweep: file:%1$s/npy/y_test.npy: 19 labels, expected 20, one for each row of"
                        + " file:%1$s/npy/x_test.npy: take both from one data set\n")
                    .formatted(folder)));
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private String planned(String services, String... settings) throws Exception {
    Path conf = Files.writeString(folder.resolve("own.conf"), CONF);
    List<String> arguments = new ArrayList<>(List.of("plan", "--probe=0", conf.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    List<String> captured = new ArrayList<>();
    OwnServices.run(
        folder.resolve("jar"),
        DataKind.class,
        services,
        () -> captured.add(Captured.execute(arguments.toArray(String[]::new)).toString()));
    return captured.get(0);
  }

  @Test
  void aJarBringsAKind() throws Exception {
    String lines = DataKindTest.Lines.class.getName();
    assertThat(planned(lines, "data.kind=lines", "data.options={ slope = 2 }"))
        .startsWith("Captured[status=0, out=own: 1 trial in 1 trunk, 6 steps each\n");
    String refused = "Captured[status=2, out=, err=eigensweep: --set: eigensweep.data.";
    assertThat(planned(lines, "data.kind=line"))
        .isEqualTo(
            refused
                + "kind: found \"line\", expected one of digits, mnist, cifar10, sst2, files, lines;"
                + " correct it, or leave it out for the default \"digits\"\n]");
    assertThat(planned(lines, "data.kind=lines", "data.options={ slop = 2 }"))
        .isEqualTo(
            refused
                + "options.slop: found 2, expected an option of lines: slope, title; did you mean"
                + " slope?\n]");
    assertThat(planned(lines, "data.kind=lines", "data.options={ slope = [2] }"))
        .isEqualTo(
            refused + "options.slope: found [2], expected a number or a text; correct it\n]");
    assertThat(planned(lines, "data.kind=lines", "data.options=2"))
        .isEqualTo(
            refused
                + "options: found 2, expected the default \"none\"; remove it: options are a"
                + " section, as in { key = value }\n]");
    assertThat(planned(lines, "data.kind=lines", "data.options={ slope = steep }"))
        .isEqualTo(
            "Captured[status=2, out=, err=eigensweep: data.options.slope: found steep, expected a"
                + " finite number: correct it\n]");
  }

  @Test
  void kindsThatCannotBeToldApartOrLoaded() throws Exception {
    String lines = DataKindTest.Lines.class.getName();
    String other = DataKindTest.OtherLines.class.getName();
    String refused =
        "Captured[status=2, out=, err=eigensweep: --set: eigensweep.data.kind: found \"lines\","
            + " expected kinds of data on the class path that can be told apart and loaded (";
    String advice = "); take the jar that brings the wrong one off the class path\n]";
    assertThat(planned(lines + "\n" + other, "data.kind=lines"))
        .isEqualTo(
            refused
                + "two kinds of data are named lines: %s and %s".formatted(lines, other)
                + advice);
    String ours = DataKindTest.Mnist.class.getName();
    assertThat(planned(ours, "data.kind=lines"))
        .isEqualTo(refused + ours + " is named mnist, as one of ours" + advice);
    assertThat(planned("no.such.Kind", "data.kind=lines"))
        .isEqualTo(
            refused + "org.eigensweep.data.DataKind: Provider no.such.Kind not found" + advice);
  }
}
