package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real sweep in a real folder, which grows, moves and is shared. */
class GrowingSweepTest {
  private static final String CONF =
      """
      eigensweep {
        name = growing
        data  { kind = digits, train-examples = 120, test-examples = 30 }
        model { hidden = [5] }
        training { batch-size = 20, steps = 9, switch { on = step, step = 4 }, rules = [plain, bulk] }
        eigenspace.pairs = 4
        measure.every = 3
        sweep { learning-rates = [0.05], seeds = [0], ranks = [2] }
      }
      """;

  /** Columns that a clock gives, or that say what else the command asked for. */
  private static final String[] NOT_NUMBERS = {
    "seconds", "trunk_seconds", "branch_seconds", "steps_per_second", "finished_at", "settings"
  };

  @TempDir private Path folder;
  private Path conf;
  private Path output;
  private Map<String, byte[]> first;

  @BeforeEach
  void run() throws IOException {
    conf = Files.writeString(folder.resolve("a.conf"), CONF);
    output = folder.resolve("out");
    assertThat(run(output)).contains("running 2 trials on 1 trunk");
    first = files(output);
    assertThat(first).hasSize(2 * 4);
  }

  private String run(Path to, String... settings) {
    String[] arguments =
        Stream.concat(
                Stream.of("run", conf.toString(), "--set=output=" + to),
                Arrays.stream(settings).map(setting -> "--set=" + setting))
            .toArray(String[]::new);
    Captured ran = Captured.execute(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.err();
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Every file of the first run is there, as it was. */
  private void keptWhatWasThere() throws IOException {
    assertThat(files(output)).containsAllEntriesOf(first);
  }

  private static void nothingRuns(String console) {
    assertThat(console)
        .startsWith("2 of 2 trials were finished in ")
        .doesNotContain("running", "Spark", "other trials");
  }

  @Test
  void growsByWhatIsNewAlone() throws IOException {
    assertThat(run(output, "sweep.seeds=[0, 8]"))
        .contains("2 of 4 trials were finished", "running 2 trials on 1 trunk");
    assertThat(run(output, "sweep.seeds=[0, 8]", "sweep.ranks=[4, 2]"))
        .contains("4 of 8 trials were finished", "running 4 trials on 2 trunks");
    String all = "sweep.learning-rates=[0.2, 0.05]";
    assertThat(run(output, "sweep.seeds=[0, 8]", "sweep.ranks=[4, 2]", all))
        .contains("8 of 16 trials were finished", "running 8 trials on 2 trunks");
    keptWhatWasThere();
    Path atOnce = folder.resolve("at-once");
    run(atOnce, "sweep.seeds=[8, 0]", "sweep.ranks=[2, 4]", all);
    assertThat(files(output).keySet()).isEqualTo(files(atOnce).keySet());
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      for (String table : List.of("trials", "steps", "eigenvalues")) {
        assertThat(rows(spark, output, table)).as(table).isEqualTo(rows(spark, atOnce, table));
      }
    } finally {
      spark.stop();
      SparkSession.clearActiveSession();
    }
  }

  private static Set<String> rows(SparkSession spark, Path from, String table) {
    Set<String> rows = new TreeSet<>();
    spark
        .read()
        .parquet(from.resolve(table).toString())
        .drop(NOT_NUMBERS)
        .collectAsList()
        .forEach(row -> rows.add(row.toString()));
    return rows;
  }

  @Test
  void mayBeMovedCopiedAndNamedInAnotherWay() throws IOException {
    Path moved = Files.move(output, folder.resolve("moved"));
    nothingRuns(run(moved));
    nothingRuns(run(folder.resolve("./b/../moved/")));
    nothingRuns(run(Path.of("file:" + moved)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curvature.chunk=1MiB",
        "curvature.keep=0",
        "spark.placement=data-parallel",
        "spark.partitions=3",
        "name=another"
      })
  void mayBeReadBackWithOtherMemoryPlacementOrName(String setting) throws IOException {
    nothingRuns(run(output, setting));
    keptWhatWasThere();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.seed=1",
        "model.hidden=[6]",
        "loss=cross-entropy",
        "l2=0.001",
        "eigenspace.tolerance=0.0001",
        "training.batch-size=30",
        "measure.every=2"
      })
  void isSharedByTrialsOfOtherDataModelLossOrTolerance(String setting) throws IOException {
    String console = run(output, setting);
    String[] other = setting.split("=", 2);
    assertThat(console.lines().findFirst().orElseThrow())
        .startsWith("%s holds 2 other trials, which stay; the latest has ".formatted(output))
        .contains("eigensweep.%s = ".formatted(other[0]), ", where this sweep has " + other[1]);
    assertThat(console).contains("running 2 trials on 1 trunk");
    keptWhatWasThere();
    assertThat(files(output)).hasSize(4 * 4);
    nothingRuns(run(output).replaceFirst(".*other trials.*\n", ""));
  }
}
