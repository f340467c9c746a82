package org.eigensweep.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.util.AccumulatorMetadata;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.spark.FakeRunner;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.Test;
import scala.Option;

class ProgressTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Keeps the last state. */
  private static final class Last implements Gauge {
    private SweepState state;
    private String told = "";

    String steps() {
      return state.made() + "/" + state.expected();
    }

    @Override
    public void show(SweepState state) {
      this.state = state;
    }

    @Override
    public void ended(TrialSummary trial, SweepState state) {
      this.state = state;
      told = trial.trial().id() + " ended";
    }

    @Override
    public void failed(Trial trial, SweepState state) {
      this.state = state;
      told = trial.id() + " failed";
    }

    @Override
    public void close() {}
  }

  private final AtomicLong clock = new AtomicLong();
  private final Last last = new Last();

  private static PartSigns signs(long first) {
    PartSigns signs =
        new PartSigns(1, new LongAccumulator(), new DoubleAccumulator(), new DoubleAccumulator());
    id(signs.steps(), first);
    id(signs.loss(), first + 1);
    id(signs.alignment(), first + 2);
    return signs;
  }

  private static void id(AccumulatorV2<?, ?> accumulator, long id) {
    accumulator.metadata_$eq(new AccumulatorMetadata(id, Option.empty(), false));
  }

  @Test
  void correctsTheTotalAsPartsTurnOutLongerOrShorter() {
    var sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN, Continuation.BULK));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    Trial plain = work.trials().get(0);
    Trial bulk = work.trials().get(1);
    Progress progress = new Progress(sweep, List.of(work), last, clock::get);
    progress.show();
    assertThat(last.steps()).as("half of 6 steps, then twice the other half").isEqualTo("0/9");
    progress.follow(work.trunk().id(), signs(70), 0, Optional.empty());
    progress.heard(70, 2L);
    progress.heard(99, 5L);
    assertThat(last.steps()).isEqualTo("2/9");
    progress.follow(work.trunk().id(), signs(10), 3, Optional.empty());
    assertThat(last.steps()).as("a second segment, after three steps").isEqualTo("3/9");
    progress.heard(70, 3L);
    assertThat(last.steps()).as("a late heartbeat of the first").isEqualTo("3/9");
    progress.heard(10, 1L);
    assertThat(last.steps()).as("longer than expected").isEqualTo("4/10");
    progress.trunkDone(work, trunkOf(work, 5));
    assertThat(last.steps()).as("one step left to each branch").isEqualTo("5/7");
    progress.heard(10, 4L);
    assertThat(last.steps()).as("a late heartbeat").isEqualTo("5/7");
    progress.branchDone(plain, new Cost(1, 0, 0, 0, 0, 1));
    progress.failed(bulk);
    assertThat(last.steps()).isEqualTo("6/6");
    assertThat(last.told).isEqualTo(bulk.id() + " failed");
  }

  @Test
  void countsWhatRanksShareOnce() {
    var sweep =
        FakeRunner.sweep(
            List.of(0.5), List.of(1, 2), List.of(Continuation.PLAIN, Continuation.BULK));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    Progress progress = new Progress(sweep, List.of(work), last, clock::get);
    progress.show();
    assertThat(last.steps())
        .as("until the switches are known, nothing is shared")
        .isEqualTo("0/15");
    SwitchState at = trunkOf(work, 2).switches().get(1);
    TrunkOutcome trunk =
        new TrunkOutcome(
            work.trunk(), Status.COMPLETED, List.of(), Map.of(1, at, 2, at), Map.of(), at.cost());
    progress.trunkDone(work, trunk);
    assertThat(last.steps()).as("one plain and two bulk branches of four steps").isEqualTo("2/14");
  }

  /** Trials of earlier runs count as done, and their steps are nothing to this run. */
  @Test
  void countsTrialsOfEarlierRuns() {
    var sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN, Continuation.BULK));
    List<PendingTrunk> work = PendingTrunk.remaining(sweep, Set.of(sweep.trials().get(0).id()));
    Progress progress = new Progress(sweep, work, last, clock::get);
    progress.show();
    assertThat(last.state.done()).isEqualTo(1);
    assertThat(last.state.trials()).isEqualTo(2);
    assertThat(last.steps()).isEqualTo("0/6");
  }

  @Test
  void showsLossAndAlignmentOfWhatRuns() {
    var sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    String trunk = work.trunk().id();
    Progress progress = new Progress(sweep, List.of(work), last, clock::get);
    progress.follow(trunk, signs(1), 0, Optional.empty());
    assertThat(last.state.running()).as("it may wait for a place").isEmpty();
    progress.heard(1, 1L);
    assertThat(last.state.running())
        .containsExactly(new SweepState.RunningPart(trunk, 1, Double.NaN, Double.NaN));
    progress.heard(2, 0.25);
    progress.heard(3, 0.75);
    assertThat(last.state.running())
        .containsExactly(new SweepState.RunningPart(trunk, 1, 0.25, 0.75));
    progress.follow(trunk, signs(4), 1, Optional.empty());
    progress.heard(4, 1L);
    assertThat(last.state.running())
        .as("its next segment starts from what was known")
        .containsExactly(new SweepState.RunningPart(trunk, 1, 0.25, 0.75));
    progress.trunkDone(work, trunkOf(work, 2));
    assertThat(last.state.running()).isEmpty();
  }

  /** The sum of what is added is the latest number, up to a roundoff or two. */
  @Test
  void signsHoldTheLatestRow() {
    PartSigns signs = signs(1);
    for (double number : new double[] {1e3, 0.1, 1e-3, 7}) {
      PartSigns.hold(number, signs.loss());
      assertThat(signs.loss().sum()).isCloseTo(number, within(1e-12));
    }
    PartSigns.hold(Double.NaN, signs.loss());
    PartSigns.hold(Double.POSITIVE_INFINITY, signs.loss());
    assertThat(signs.loss().sum()).isCloseTo(7, within(1e-12));
  }

  /**
   * A trunk of 2 steps took 1 s, plain 4 s for 4 steps, and bulk has taken 3 s for the second of
   * its 4 steps: it needs 6 s more, which its own steps say and the others do not.
   */
  @Test
  void estimatesTheTimeLeftByTheKindOfSteps() {
    var sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN, Continuation.BULK));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    Progress progress = new Progress(sweep, List.of(work), last, clock::get);
    progress.show();
    assertThat(last.state.left()).isNaN();
    progress.trunkDone(work, trunkOf(work, 2));
    assertThat(last.state.left()).as("8 steps at half a second").isEqualTo(4);
    progress.branchDone(work.trials().get(0), new Cost(4, 0, 0, 0, 0, 4));
    assertThat(last.state.left()).as("4 steps at 5/6 s").isCloseTo(10.0 / 3, within(1e-12));
    String bulk = work.trials().get(1).id();
    progress.made(bulk, 1);
    clock.addAndGet(3 * SECOND);
    progress.made(bulk, 2);
    assertThat(last.state.left()).as("2 steps at 3 s").isEqualTo(6);
  }

  /** Two trunks run at once, so what is left passes at twice the speed. */
  @Test
  void estimatesForAllThatRunAtOnce() {
    var sweep = FakeRunner.sweep(List.of(0.5, 0.25), List.of(Continuation.PLAIN));
    List<PendingTrunk> work = PendingTrunk.remaining(sweep, Set.of());
    Progress progress = new Progress(sweep, work, last, clock::get);
    work.forEach(it -> progress.made(it.trunk().id(), 1));
    clock.addAndGet(SECOND);
    work.forEach(it -> progress.made(it.trunk().id(), 2));
    assertThat(last.state.left()).as("8 of 12 steps at a second, two by two").isEqualTo(4);
  }

  @Test
  void countsTheStepsOfTheLastHalfMinute() {
    Speed speed = new Speed();
    speed.at(0, 0);
    assertThat(speed.perSecond()).isNaN();
    for (int ms = 1; ms <= 60_000; ms++) {
      speed.at(TimeUnit.MILLISECONDS.toNanos(ms), ms <= 20_000 ? ms : 20_000 + (ms - 20_000) / 10);
    }
    assertThat(speed.perSecond()).isCloseTo(100, within(1.0));
    speed.at(61 * SECOND, 3);
    assertThat(speed.perSecond()).as("after a part was lost").isNaN();
    speed.at(63 * SECOND, 5);
    assertThat(speed.perSecond()).isEqualTo(1);
  }

  private static TrunkOutcome trunkOf(PendingTrunk work, int steps) {
    HostMatrix one = new HostMatrix.Doubles(1, 1, new double[] {1});
    Cost cost = new Cost(steps, 0, 0, 0, 0, 1);
    Map<Integer, SwitchState> switches =
        Map.of(
            1,
            new SwitchState(
                steps, 0.9, one, OptimizerState.NEW, new TrackedSpace(one, 0, 40), cost));
    return new TrunkOutcome(work.trunk(), Status.COMPLETED, List.of(), switches, Map.of(), cost);
  }

  private static SweepState state(long made, long expected) {
    return new SweepState(1, 2, made, expected, 12.5, 83, List.of());
  }

  @Test
  void printsAPlainLineNowAndThenAndAtTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var running = new SweepState.RunningPart("lr0.5-seed7", 1, 0.25, 0.75);
    try (LineGauge lines =
        new LineGauge(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get)) {
      lines.show(state(0, 40));
      clock.set(9 * SECOND);
      lines.show(state(10, 40));
      clock.set(11 * SECOND);
      lines.show(new SweepState(1, 2, 13, 40, 12.5, 83, List.of(running)));
      lines.show(state(14, 40));
      clock.set(12 * SECOND);
      lines.show(state(30, 30));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "13 of 40 steps (32 %) after 11 s, 12.5 steps/s, 1:23 left; lr0.5-seed7: loss 0.250,"
                + " χ_1 0.75",
            "30 of 30 steps (100 %) after 12 s, 12.5 steps/s");
  }

  /** After 1000 s a line comes every 100 s, and never later than 5 minutes after the one before. */
  @Test
  void printsFewerLinesOfALongRun() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int seconds = 10_000;
    try (LineGauge lines =
        new LineGauge(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get)) {
      for (int s = 0; s < seconds; s++) {
        clock.set(s * SECOND);
        lines.show(state(s, seconds));
      }
    }
    // Ten lines to 100 s, then each after 1.1 times the time to 3000 s (36), then every 300 s (23).
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSizeBetween(60, 75);
  }
}
