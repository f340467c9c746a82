package org.eigensweep.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.spark.FakeRunner;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.Test;

class ProgressTest {
  /** Keeps the last state. */
  private static final class Last implements Gauge {
    private String state = "";

    @Override
    public void show(long made, long expected) {
      state = made + "/" + expected;
    }

    @Override
    public void close() {}
  }

  @Test
  void correctsTheTotalAsPartsTurnOutLongerOrShorter() {
    var sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN, Continuation.BULK));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    Trial plain = work.trials().get(0);
    Trial bulk = work.trials().get(1);
    Last last = new Last();
    Progress progress = new Progress(sweep.protocol(), List.of(work), last);
    progress.show();
    assertThat(last.state).as("half of 6 steps, then twice the other half").isEqualTo("0/9");
    progress.follow(work.trunk().id(), 7, 0);
    progress.heard(7, 2);
    progress.heard(99, 5);
    assertThat(last.state).isEqualTo("2/9");
    progress.follow(work.trunk().id(), 1, 3);
    assertThat(last.state).as("a second segment, after three steps").isEqualTo("3/9");
    progress.heard(7, 3);
    assertThat(last.state).as("a late heartbeat of the first").isEqualTo("3/9");
    progress.heard(1, 1);
    assertThat(last.state).as("longer than expected").isEqualTo("4/10");
    progress.trunkDone(work, trunkOf(work, 5));
    assertThat(last.state).as("one step left to each branch").isEqualTo("5/7");
    progress.heard(1, 4);
    assertThat(last.state).as("a late heartbeat").isEqualTo("5/7");
    progress.branchDone(plain, 1);
    progress.dropped(bulk.id());
    assertThat(last.state).isEqualTo("6/6");
  }

  @Test
  void countsWhatRanksShareOnce() {
    var sweep =
        FakeRunner.sweep(
            List.of(0.5), List.of(1, 2), List.of(Continuation.PLAIN, Continuation.BULK));
    PendingTrunk work = PendingTrunk.remaining(sweep, Set.of()).get(0);
    Last last = new Last();
    Progress progress = new Progress(sweep.protocol(), List.of(work), last);
    progress.show();
    assertThat(last.state).as("until the switches are known, nothing is shared").isEqualTo("0/15");
    SwitchState at = trunkOf(work, 2).switches().get(1);
    TrunkOutcome trunk =
        new TrunkOutcome(
            work.trunk(), Status.COMPLETED, List.of(), Map.of(1, at, 2, at), Map.of(), at.cost());
    progress.trunkDone(work, trunk);
    assertThat(last.state).as("one plain and two bulk branches of four steps").isEqualTo("2/14");
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

  @Test
  void printsAPlainLineAtMostEveryTenSecondsAndAtTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AtomicLong clock = new AtomicLong();
    try (LineGauge lines =
        new LineGauge(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get)) {
      lines.show(0, 40);
      clock.set(TimeUnit.SECONDS.toNanos(9));
      lines.show(10, 40);
      clock.set(TimeUnit.SECONDS.toNanos(11));
      lines.show(13, 40);
      lines.show(14, 40);
      clock.set(TimeUnit.SECONDS.toNanos(12));
      lines.show(30, 30);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("13 of 40 steps (32 %) after 11 s", "30 of 30 steps (100 %) after 12 s");
  }
}
