package org.eigensweep.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A settings file gives the trajectories that it always gave, wherever trials run. What they were
 * is kept in a file: SGD, all three rules, two ranks, a switch at a step and one on alignment. With
 * the system property {@code trajectories.write} a case's rows are written to that folder instead.
 */
@Tag("slow")
class TrajectoriesTest {
  private static final String CONF =
      """
      eigensweep {
        name = trajectories
        data  { kind = digits, train-examples = 120, test-examples = 30, seed = 4 }
        model { hidden = [9, 7], precision = float64 }
        l2 = 1e-3
        training { batch-size = 25, steps = 24, switch { ema = 0.5, above = 0.6, step = 7 } }
        eigenspace.pairs = 4
        measure.every = 5
        sweep.seeds = [3]
      }
      """;

  private static final List<String> NUMBERS =
      List.of(
          "train_loss",
          "test_loss",
          "gradient_norm",
          "chi_gradient",
          "chi_update",
          "learning_rate_dominant",
          "distance");

  /**
   * Float64 sums in another order, of another machine's BLAS or of parts, differ by 1e-15. A search
   * space grows by directions that are a millionth as long as what they were left of, and a
   * trajectory at the larger rate doubles what they differ by every few steps: the placements are
   * up to 4e-6 apart after 24 steps. An eigenspace that is followed otherwise is some 1e-3 away.
   */
  private static final double SAME = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step      | trial-per-task | driver | [0.05, 0.4] | [2, 4]",
        "step      | data-parallel  | driver | [0.05, 0.4] | [2, 4]",
        "step      | data-parallel  | sliced | [0.4]       | [4]", // each operation is a job
        "alignment | trial-per-task | driver | [0.05, 0.4] | [2, 4]",
        "alignment | data-parallel  | driver | [0.05, 0.4] | [2, 4]",
        "alignment | data-parallel  | sliced | [0.05]      | [2]"
      })
  void areWhatTheyWere(String on, String placement, String vectors, String rates, String ranks)
      throws IOException {
    Path conf = Files.writeString(folder.resolve("a.conf"), CONF);
    Path output = folder.resolve("out");
    Captured run =
        Captured.execute(
            "run",
            conf.toString(),
            "--set=output=" + output,
            "--set=training.switch.on=" + on,
            "--set=sweep.learning-rates=" + rates,
            "--set=sweep.ranks=" + ranks,
            "--set=spark.placement=" + placement,
            "--set=spark.vectors=" + vectors,
            "--set=spark.partitions=3");
    assertThat(run.status()).as(run.err()).isZero();
    String file = "switch-on-" + on + ".csv";
    String write = System.getProperty("trajectories.write");
    List<String> rows = rows(output);
    if (write != null && placement.equals("trial-per-task")) {
      Files.write(Path.of(write, file), rows);
    }
    Set<String> trials = rows.stream().map(TrajectoriesTest::trial).collect(toSet());
    compare(rows, kept(file).stream().filter(row -> trials.contains(trial(row))).toList());
  }

  private static String trial(String row) {
    return String.join(",", Arrays.asList(row.split(",", -1)).subList(0, 3));
  }

  private static List<String> kept(String file) throws IOException {
    try (InputStream in = TrajectoriesTest.class.getResourceAsStream("trajectories/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static void compare(List<String> found, List<String> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      String[] there = found.get(i).split(",", -1);
      String[] kept = expected.get(i).split(",", -1);
      assertThat(there).as(expected.get(i)).hasSameSizeAs(kept);
      for (int j = 0; j < kept.length; j++) {
        if (j < 5 || kept[j].equals("null") || there[j].equals("null")) {
          assertThat(there[j]).as(expected.get(i)).isEqualTo(kept[j]);
        } else {
          double number = Double.parseDouble(kept[j]);
          assertThat(Double.parseDouble(there[j]))
              .as("number %d of %s", j - 5, expected.get(i))
              .isCloseTo(number, within(SAME * Math.max(1, Math.abs(number))));
        }
      }
    }
  }

  /** A line for each point: learning rate, rank, rule, step, phase, numbers, eigenvalues. */
  private static List<String> rows(Path output) {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      TreeMap<String, String> lines = new TreeMap<>();
      for (Row row : spark.read().parquet(output + "/steps").collectAsList()) {
        lines.put(point(row), "%s,%s".formatted(row.<String>getAs("phase"), numbers(row)));
      }
      for (Row row :
          spark.read().parquet(output + "/eigenvalues").orderBy("pair").collectAsList()) {
        lines.computeIfPresent(point(row), (p, line) -> line + "," + row.getAs("eigenvalue"));
      }
      return lines.entrySet().stream().map(e -> e.getKey() + "," + e.getValue()).toList();
    } finally {
      spark.stop();
      SparkSession.clearActiveSession(); // Spark itself forgets the default one alone
    }
  }

  private static String point(Row row) {
    return "%s,%d,%s,%02d"
        .formatted(
            row.<Double>getAs("learning_rate"),
            row.<Integer>getAs("rank"),
            row.<String>getAs("branch"),
            row.<Integer>getAs("step"));
  }

  private static String numbers(Row row) {
    return String.join(
        ",",
        IntStream.range(0, NUMBERS.size())
            .mapToObj(i -> String.valueOf(row.<Object>getAs(NUMBERS.get(i))))
            .toList());
  }
}
