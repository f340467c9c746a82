package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.progress.Gauge;
import org.eigensweep.spark.progress.Progress;
import org.eigensweep.spark.progress.ProgressFeed;
import org.eigensweep.spark.progress.ProgressListener;
import org.eigensweep.spark.progress.SweepState;
import org.eigensweep.spark.run.Runs;
import org.eigensweep.spark.run.Segments;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.spark.table.Provenance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeartbeatTest {
  private static final Cost COST = new Cost(6, 0, 0, 0, 0, 1);

  /** Makes three steps and a row, and does not return before somebody has seen them. */
  private record Patient(String seen) implements TrialRunner {
    @Override
    public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
      for (int i = 0; i < 3; i++) {
        segment.stepped();
      }
      segment.measured(FakeRunner.point(2, Phase.TRUNK));
      try {
        while (!Files.exists(Path.of(seen))) {
          Thread.sleep(10);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Reached.Ended<>(
          new TrunkOutcome(trunk, Status.NOT_SWITCHED, List.of(), Map.of(), Map.of(1, COST), COST));
    }

    @Override
    public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** Leaves a file as soon as three of the expected steps and the row are shown. */
  private record Watch(Path seen) implements Gauge {
    @Override
    public void show(SweepState state) {
      if (state.made() == 3
          && state.running().stream().anyMatch(part -> part.alignment() > 0 && part.loss() > 0)
          && !Files.exists(seen)) {
        try {
          Files.writeString(seen, "3 of %d: %s".formatted(state.expected(), state.running()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void ended(TrialSummary trial, SweepState state) {}

    @Override
    public void failed(Trial trial, SweepState state) {}

    @Override
    public void close() {}
  }

  /** How the driver hears of a task. */
  private enum Way {
    /** As from executors of a cluster. */
    HEARTBEATS("100ms") {
      @Override
      void open(SparkContext context, Progress progress) {
        ProgressListener listener = new ProgressListener(progress);
        context.addSparkListener(listener);
      }
    },

    /** As in local mode, where heartbeats are too rare for this test's time limit. */
    PROCESS("100s") {
      @Override
      void open(SparkContext context, Progress progress) {
        ProgressFeed.open(context, progress);
      }
    };

    private final String interval;

    Way(String interval) {
      this.interval = interval;
    }

    abstract void open(SparkContext context, Progress progress);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void stepsAndRowsOfARunningTaskReachTheDriver(Way way, @TempDir Path temporary)
      throws IOException {
    Path seen = temporary.resolve("seen");
    String file = seen.toString();
    Sweep sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN, Continuation.BULK));
    List<PendingTrunk> work = PendingTrunk.remaining(sweep, Set.of());
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.heartbeatInterval", way.interval)
            .config("spark.network.timeout", "500s")
            .getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Progress progress = new Progress(sweep, work, new Watch(seen), System::nanoTime);
      TrialRunner.Factory factory = (protocol, data, threads) -> new Patient(file);
      way.open(spark.sparkContext(), progress);
      try (Results results =
              Results.open(
                  sweep,
                  FakeRunner.problem("abc"),
                  Provenance.of(sweep, FakeRunner.problem("abc"), Map.of("settings", "{}")),
                  temporary.resolve("out").toString(),
                  new Configuration());
          Runs runs =
              TaskRuns.opener(factory)
                  .open(
                      context,
                      sweep.protocol(),
                      FakeRunner.problem("abc"),
                      work,
                      progress,
                      new Segments(results.checkpoints(), Duration.ofMinutes(1)))) {
        Located<Reached<TrunkOutcome>> ran =
            runs.submitTrunk(work.get(0).trunk(), Optional.empty());
        assertThat(ran.threads()).isEqualTo(1);
        assertThat(ran.host()).isNotBlank();
      }
    }
    // Two pairs, of which the first holds 3 of a gradient of length 5.
    assertThat(seen)
        .hasContent(
            "3 of 9: [RunningPart[name=lr0.5-seed7, rank=1, loss=%s, alignment=0.6]]"
                .formatted(1.0 / 3));
  }
}
