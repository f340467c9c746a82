package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.spark.FullDisk;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.reading.MadeTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates of trials whose rows are made up, so that each number is known beforehand. */
@Tag("slow")
class AggregateJobTest {
  private static final double[] FACTORS = {1, 2, 5};

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.hadoop.fs.full.impl", FullDisk.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    SparkSession.clearActiveSession();
  }

  private static MadeTrial plain(long seed) {
    return MadeTrial.of("made", 0.1, seed, Continuation.PLAIN)
        .losses(40, 10, t -> FACTORS[(int) seed] / (t + 1));
  }

  /** Above plain by the square of its seed plus one. */
  private static MadeTrial bulk(long seed) {
    return MadeTrial.of("made", 0.1, seed, Continuation.BULK)
        .losses(40, 10, t -> FACTORS[(int) seed] / (t + 1) + seed * seed + 1);
  }

  private static AggregateReport aggregate(String output, Object... folders) {
    return AggregateJob.run(
        new AggregateRequest(
            Arrays.stream(folders).map(Object::toString).toList(),
            Optional.ofNullable(output),
            List.of("train_loss", "chi_update", "gradient_noise"),
            List.of(1.0, 0.1),
            new Bootstrap(1000, 0)));
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(folder.resolve("aggregates").resolve(name).toString());
  }

  private static List<String> rows(Dataset<Row> data, String... columns) {
    return data.selectExpr(columns).collectAsList().stream().map(r -> r.mkString(" ")).toList();
  }

  @Test
  void statisticsAreThoseOfTheSeeds() throws IOException {
    for (int seed = 0; seed < 3; seed++) {
      plain(seed).finish(folder);
    }
    AggregateReport report = aggregate(null, folder);
    assertThat(report.trials()).isEqualTo(3);
    assertThat(report.points()).isEqualTo(1);
    assertThat(report.output()).isEqualTo(folder + "/aggregates");
    List<Row> losses = table("by_step").where("quantity = 'train_loss'").collectAsList();
    assertThat(losses).hasSize(5);
    for (int i = 0; i < 5; i++) {
      Row row = losses.get(i);
      double unit = 1 / (10.0 * i + 1);
      assertThat(row.<Integer>getAs("step")).isEqualTo(10 * i);
      assertThat(row.<Integer>getAs("seeds")).isEqualTo(3);
      assertThat(row.<Integer>getAs("measured")).isEqualTo(3);
      // 1, 2 and 5 units; a few roundings each.
      near(row, "mean", 8 / 3.0 * unit);
      near(row, "sd", Math.sqrt((25 + 4 + 49) / 9.0 / 2) * unit);
      near(row, "median", 2 * unit);
      near(row, "q05", 1.1 * unit);
      near(row, "q95", 4.7 * unit);
    }
    assertThat(rows(table("by_step"), "experiment", "learning_rate", "rank", "branch", "a"))
        .containsOnly("made 0.1 1 plain 1.0");
    // An update is not made from the last point; noise was never measured.
    assertThat(rows(table("by_step").where("quantity = 'chi_update'"), "step"))
        .containsExactly("0", "10", "20", "30");
    assertThat(rows(table("by_step").where("quantity = 'gradient_noise'"), "step")).isEmpty();
    assertThat(rows(table("differences"), "step")).isEmpty();
  }

  private static void near(Row row, String column, double expected) {
    assertThat(row.<Double>getAs(column)).isEqualTo(expected, within(1e-15 + 1e-14 * expected));
  }

  @Test
  void oneSeedHasNoSpread() throws IOException {
    plain(1).finish(folder);
    bulk(1).finish(folder);
    aggregate(null, folder);
    String loss = "quantity = 'train_loss' and step = 0 and branch = 'bulk'";
    assertThat(rows(table("by_step").where(loss), "measured", "mean", "sd", "median", "q05"))
        .containsExactly("1 4.0 null 4.0 4.0");
    assertThat(rows(table("differences").where(loss), "pairs", "mean", "sd", "low", "high"))
        .containsExactly("1 2.0 null null null");
  }

  @Test
  void differencesAreOfTheSameSeeds() throws IOException {
    for (int seed = 0; seed < 3; seed++) {
      plain(seed).finish(folder);
    }
    bulk(0).finish(folder);
    bulk(1).finish(folder);
    aggregate(null, folder);
    // 1 and 2 on seeds 0 and 1; plain's third seed has no partner and plays no part.
    assertThat(
            rows(
                table("differences").where("quantity = 'train_loss'"),
                "branch",
                "step",
                "seeds",
                "pairs",
                "round(mean, 12)",
                "round(sd, 12)",
                "round(low, 12)",
                "round(high, 12)"))
        .containsExactly(
            Stream.of(0, 10, 20, 30, 40)
                .map(step -> "bulk " + step + " 2 2 1.5 0.707106781187 1.0 2.0")
                .toArray(String[]::new));
  }

  @Test
  void aSeedWithoutPlainIsNoPair() throws IOException {
    plain(0).finish(folder);
    bulk(0).finish(folder);
    bulk(2).finish(folder);
    aggregate(null, folder);
    assertThat(
            rows(
                table("differences").where("step = 0 and quantity = 'train_loss'"),
                "seeds",
                "pairs",
                "mean"))
        .containsExactly("2 1 1.0");
  }

  /** The survivors' mean is lower, and the row says that there are fewer. */
  @Test
  void aDivergedTrialIsCountedWhereItHasNoRowsAnyMore() throws IOException {
    plain(0).finish(folder);
    MadeTrial early = MadeTrial.of("made", 0.1, 2, Continuation.PLAIN).losses(20, 10, t -> 100);
    early.divergedAt(27).finish(folder);
    aggregate(null, folder);
    assertThat(
            rows(
                table("by_step").where("quantity = 'train_loss'"),
                "step",
                "seeds",
                "measured",
                "diverged",
                "pending",
                "round(mean, 2)"))
        .containsExactly(
            "0 2 2 0 0 50.5",
            "10 2 2 0 0 50.05",
            "20 2 2 0 0 50.02",
            "30 2 1 1 0 0.03",
            "40 2 1 1 0 0.02");
  }

  /** The last row of a diverged trial may hold what was measured just before, or infinity. */
  @Test
  void theRowOfADivergenceIsNoPartOfAStatistic() throws IOException {
    plain(0).finish(folder);
    MadeTrial early = MadeTrial.of("made", 0.1, 2, Continuation.PLAIN).losses(20, 10, t -> 4);
    List<Measurement> points =
        Stream.concat(
                early.points().stream(),
                Stream.of(MadeTrial.point(30, Double.POSITIVE_INFINITY, false)))
            .toList();
    early.with(points).divergedHere().finish(folder);
    aggregate(null, folder);
    assertThat(
            rows(
                table("by_step").where("quantity = 'train_loss' and step >= 20"),
                "step",
                "measured",
                "diverged"))
        .containsExactly("20 2 0", "30 1 1", "40 1 1");
  }

  @Test
  void infiniteAndMissingValuesAreNotMeasured() throws IOException {
    plain(0).finish(folder);
    MadeTrial.of("made", 0.1, 1, Continuation.PLAIN)
        .losses(40, 10, t -> t == 10 ? Double.POSITIVE_INFINITY : t == 20 ? Double.NaN : 3)
        .finish(folder);
    aggregate(null, folder);
    assertThat(rows(table("by_step").where("quantity = 'train_loss'"), "step", "measured"))
        .containsExactly("0 2", "10 1", "20 1", "30 2", "40 2");
  }

  /** Each trial has a row of its own where it switches, between those that all have. */
  @Test
  void aStepThatOnlySomeHaveARowOfIsLeftOut() throws IOException {
    plain(0).finish(folder);
    List<Measurement> points =
        Stream.concat(plain(1).points().stream(), Stream.of(MadeTrial.point(13, 1000, true)))
            .sorted((a, b) -> Integer.compare(a.step(), b.step()))
            .toList();
    plain(1).with(points).finish(folder);
    aggregate(null, folder);
    assertThat(rows(table("by_step").where("quantity = 'train_loss'"), "step"))
        .containsExactly("0", "10", "20", "30", "40");
  }

  /** Both have the eigenspace at 0, 20 and 40, and the second one where it switches. */
  @Test
  void theEigenspaceThatOnlySomeHaveIsLeftOutAndTheirLossesAreNot() throws IOException {
    plain(0)
        .with(
            List.of(
                MadeTrial.point(0, 1, true),
                MadeTrial.losses(10, 2),
                MadeTrial.point(20, 3, true),
                MadeTrial.losses(30, 4),
                MadeTrial.point(40, 5, true)))
        .finish(folder);
    plain(1)
        .with(
            List.of(
                MadeTrial.point(0, 1, true),
                MadeTrial.point(10, 4, true),
                MadeTrial.point(20, 3, true),
                MadeTrial.losses(30, 6),
                MadeTrial.point(40, 5, true)))
        .finish(folder);
    aggregate(null, folder);
    assertThat(rows(table("by_step").where("quantity = 'train_loss'"), "step", "measured", "mean"))
        .containsExactly("0 2 1.0", "10 2 3.0", "20 2 3.0", "30 2 5.0", "40 2 5.0");
    assertThat(rows(table("by_step").where("quantity = 'chi_update'"), "step", "measured"))
        .containsExactly("0 2", "20 2", "40 2");
  }

  @Test
  void aRunningSweepIsDrawnTogetherAsFarAsItHasCome() throws IOException {
    plain(0).finish(folder);
    bulk(0).finish(folder);
    plain(1).losses(20, 10, t -> 3).show(folder);
    bulk(1).losses(10, 10, t -> 5).show(folder);
    AggregateReport report = aggregate(null, folder);
    assertThat(report.running()).isEqualTo(2);
    assertThat(
            rows(
                table("by_step").where("quantity = 'train_loss' and branch = 'plain'"),
                "step",
                "measured",
                "diverged",
                "pending"))
        .containsExactly("0 2 0 0", "10 2 0 0", "20 2 0 0", "30 1 0 1", "40 1 0 1");
    assertThat(
            rows(table("differences").where("quantity = 'train_loss'"), "step", "pairs", "pending"))
        .containsExactly("0 2 0", "10 2 0", "20 1 1", "30 1 1", "40 1 1");
    assertThat(rows(table("losses_reached").where("target_loss = 1"), "branch", "seed", "outcome"))
        .containsExactly("bulk 0 never", "bulk 1 pending", "plain 0 reached", "plain 1 pending");
  }

  /** 2/(t+1) is at most 0.1 from t = 19 on, of which 20 is measured; 5/(t+1) never is by 40. */
  @Test
  void theFirstMeasuredStepAtALossIsFoundWithWhatItCost() throws IOException {
    for (int seed = 0; seed < 3; seed++) {
      plain(seed).finish(folder);
    }
    aggregate(null, folder);
    // 10 products at each point, and 5 on steering from the second on; a quarter second a step.
    assertThat(
            rows(
                table("losses_reached"),
                "target_loss",
                "seed",
                "outcome",
                "step",
                "seconds",
                "products"))
        .containsExactly(
            "1.0 0 reached 0 0.0 10",
            "1.0 1 reached 10 2.5 25",
            "1.0 2 reached 10 2.5 25",
            "0.1 0 reached 10 2.5 25",
            "0.1 1 reached 20 5.0 40",
            "0.1 2 never null null null");
    assertThat(
            rows(
                table("losses_reached_by_point"),
                "target_loss",
                "seeds",
                "reached",
                "never",
                "pending",
                "median_step",
                "median_seconds",
                "median_products"))
        .containsExactly("1.0 3 3 0 0 10.0 2.5 25.0", "0.1 3 2 1 0 20.0 5.0 40.0");
  }

  @Test
  void aMedianThatNeverComesIsNull() throws IOException {
    plain(1).finish(folder);
    plain(2).finish(folder);
    MadeTrial.of("made", 0.1, 3, Continuation.PLAIN)
        .losses(20, 10, t -> 9)
        .divergedAt(25)
        .finish(folder);
    aggregate(null, folder);
    assertThat(
            rows(
                table("losses_reached_by_point").where("target_loss = 0.1"),
                "reached",
                "never",
                "median_step"))
        .containsExactly("1 2 null");
    assertThat(rows(table("losses_reached").where("target_loss = 0.1"), "outcome"))
        .containsExactly("reached", "never", "diverged");
  }

  /** Folders in another order, rows in other files: the same bits. */
  @Test
  void orderAndPlaceOfTheFilesChangeNothing() throws IOException {
    Path apart = folder.resolve("apart");
    for (int seed = 0; seed < 3; seed++) {
      plain(seed).finish(folder);
      bulk(seed).finish(folder);
      plain(seed).finish(apart.resolve("p" + seed));
      bulk(2 - seed).finish(apart.resolve("b" + seed));
    }
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    aggregate(one.toString(), folder);
    spark.conf().set("spark.sql.files.maxPartitionBytes", "1000");
    try {
      aggregate(other.toString(), apart + "/p*", apart + "/b*");
    } finally {
      spark.conf().unset("spark.sql.files.maxPartitionBytes");
    }
    for (String table : List.of("by_step", "differences", "losses_reached")) {
      assertThat(other.resolve(table + ".csv"))
          .hasSameTextualContentAs(one.resolve(table + ".csv"));
    }
    assertThat(Files.readString(one.resolve("by_step.csv"))).hasLineCount(1 + 2 * (5 + 4));
  }

  @Test
  void moreSeedsOnlyAdd() throws IOException {
    plain(0).finish(folder);
    bulk(0).finish(folder);
    aggregate(null, folder);
    Set<String> before = keys();
    plain(1).finish(folder);
    bulk(1).finish(folder);
    MadeTrial.of("made", 0.2, 0, Continuation.PLAIN).losses(40, 10, t -> 1).finish(folder);
    aggregate(null, folder);
    assertThat(keys()).hasSizeGreaterThan(before.size()).containsAll(before);
    assertThat(rows(table("by_step").where("learning_rate = 0.1"), "measured")).containsOnly("2");
  }

  private Set<String> keys() {
    return new TreeSet<>(rows(table("by_step"), "learning_rate", "branch", "step", "quantity"));
  }

  /** The plain trial of two sweeps is one trial, and counts in the first folder's. */
  @Test
  void aPlainTwinMayBeAnotherExperiments() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    plain(0).finish(first);
    plain(0).under("two").finish(second);
    bulk(0).under("two").finish(second);
    aggregate(folder.resolve("aggregates").toString(), first, second);
    assertThat(
            rows(
                table("differences").where("step = 0 and quantity = 'train_loss'"),
                "experiment",
                "pairs",
                "mean"))
        .containsExactly("two 1 1.0");
  }

  @Test
  void trialsOfDifferentSettingsAreNotMixed() throws IOException {
    MadeTrial one = plain(0).with("{\"training\":{\"steps\":40},\"sweep\":{\"seeds\":[0]}}");
    MadeTrial two =
        plain(1).with("{\"training\":{\"steps\":80},\"sweep\":{\"seeds\":[0,1]},\"new\":1}");
    one.finish(folder);
    aggregate(null, folder);
    two.finish(folder);
    assertThatThrownBy(() -> aggregate(null, folder))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "trials %s and %s of made differ in eigensweep.training.steps, which no column tells, expected trials that can be compared; move the files of one of them, *-%s.*, to a folder of their own",
            one.hash(), two.hash(), one.hash());
    assertThat(rows(table("by_step").where("step = 0"), "measured")).containsOnly("1");
    assertThat(names(folder))
        .containsExactlyInAnyOrder("aggregates", "steps", "eigenvalues", "trials");
  }

  @Test
  void aSeedThatIsThereTwiceIsRefused() throws IOException {
    plain(0).show(folder);
    plain(0).with("{}").show(folder);
    assertThatThrownBy(() -> aggregate(null, folder))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("of made differ in settings, which no column tells");
    assertThat(names(folder)).containsExactlyInAnyOrder("steps", "eigenvalues");
  }

  @Test
  void earlierAggregatesAreReplacedAndNothingElseIs() throws IOException {
    plain(0).finish(folder);
    Path output = folder.resolve("aggregates");
    aggregate(null, folder);
    Files.writeString(output.resolve("by_step.csv"), "changed");
    aggregate(null, folder);
    assertThat(output.resolve("by_step.csv")).content().startsWith("experiment,data,");
    assertThat(names(output))
        .containsExactlyInAnyOrder(
            "by_step",
            "by_step.csv",
            "differences",
            "differences.csv",
            "losses_reached",
            "losses_reached.csv",
            "losses_reached_by_point",
            "losses_reached_by_point.csv");
    assertThat(names(output.resolve("by_step"))).containsExactly("part-00000.parquet");
    Files.writeString(output.resolve("notes.txt"), "mine");
    refused(
        null,
        folder
            + "/aggregates holds notes.txt, expected a new folder or earlier aggregates, which are replaced; choose another --output");
    refused(
        folder.toString(),
        " expected a new folder or earlier aggregates, which are replaced; choose another --output");
    refused(
        output.resolve("notes.txt").toString(),
        "/aggregates/notes.txt is a file, expected a folder for the aggregates; choose another --output");
    refused("/", "/ is the root, expected a folder of its own for the aggregates");
    assertThat(output.resolve("notes.txt")).hasContent("mine");
  }

  /** Room for nothing, and for all but the last files. */
  @ParameterizedTest
  @ValueSource(longs = {0, 25_000})
  void aFullDiskLeavesTheEarlierAggregates(long room) throws IOException {
    plain(0).finish(folder.resolve("in"));
    String output = FullDisk.SCHEME + "://" + folder.resolve("full");
    FullDisk.ROOM.set(Long.MAX_VALUE);
    aggregate(output, folder.resolve("in"));
    String before = Files.readString(folder.resolve("full/by_step.csv"));
    plain(1).finish(folder.resolve("in"));
    FullDisk.ROOM.set(room);
    assertThatThrownBy(() -> aggregate(output, folder.resolve("in")))
        .isInstanceOf(SweepException.class)
        .hasMessage(
            "the aggregates in "
                + output
                + " could not be made; cause: IOException: No space left on device; earlier ones are"
                + " as they were")
        .hasCauseInstanceOf(IOException.class);
    assertThat(folder.resolve("full/by_step.csv")).hasContent(before);
    assertThat(names(folder)).containsExactlyInAnyOrder("in", "full");
    FullDisk.ROOM.set(Long.MAX_VALUE);
    aggregate(output, folder.resolve("in"));
    assertThat(Files.readString(folder.resolve("full/by_step.csv"))).isNotEqualTo(before);
  }

  @Test
  void severalFoldersNeedAnOutput() throws IOException {
    plain(0).finish(folder.resolve("a"));
    bulk(0).finish(folder.resolve("b"));
    assertThatThrownBy(() -> aggregate(null, folder + "/a", folder + "/b"))
        .isInstanceOf(OutputException.class)
        .hasMessage("2 output folders, expected --output to name the folder of their aggregates");
  }

  private void refused(String output, String message) {
    assertThatThrownBy(() -> aggregate(output, folder))
        .isInstanceOf(OutputException.class)
        .hasMessageEndingWith(message);
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }

  /** What no setting hinders: quotes, commas, line ends, formulas. */
  @Test
  void hostileNamesStayWhatTheyAre() throws IOException {
    String name = "=cmd|'\"a,b\"\n\\";
    TrialIdentity identity =
        new TrialIdentity(
            "", name, new Trial(0.1, 0, 1, Continuation.PLAIN), "s,gd", 1, "m\"1\"", "mse", "é");
    MadeTrial.of(identity).losses(10, 10, t -> 1).finish(folder);
    aggregate(null, folder);
    assertThat(rows(table("by_step").where("step = 0"), "experiment", "model"))
        .containsOnly(name + " m\"1\"");
    assertThat(folder.resolve("aggregates/losses_reached_by_point.csv"))
        .content()
        .contains(
            "\"'=cmd|'\"\"a,b\"\"\n\\\",é,\"m\"\"1\"\"\",mse,\"s,gd\",1,0.1,1,plain,1.0,1.0,,1.0,1,");
  }
}
