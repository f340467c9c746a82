package org.eigensweep.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.ObserverState;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.Watched;
import org.eigensweep.linalg.SubspaceState;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.sliced.SliceLostException;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.Test;

/** From which checkpoints a part goes on, whatever happens to its segments. */
class PartRunTest {
  private static final int STEPS = 5;
  private static final int START = -1;

  private final Segments segments = new Segments(null, Duration.ofMinutes(1));
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> kept = new ArrayList<>();

  private static Checkpoint at(int step) {
    HostMatrix one = new HostMatrix.Floats(1, 1, new float[] {1});
    ObserverState nothing =
        new ObserverState(
            new SubspaceState(null, 0, List.of(), 0, 0, 0, 0), List.of(), 0, List.of());
    return new Checkpoint(
        step,
        one,
        OptimizerState.NEW,
        Map.of(),
        nothing,
        List.of(),
        List.of(),
        0,
        new Watched(Map.of(), Map.of()));
  }

  /** A step a segment, or all of them where segments have no end. */
  private Located<Reached<Integer>> submit(Optional<Checkpoint> from) {
    starts.add(from.map(Checkpoint::step).orElse(START));
    int next = from.map(Checkpoint::step).orElse(0) + 1;
    boolean ends = next == STEPS || segments.isWhole();
    return new Located<>(
        ends ? new Reached.Ended<>(STEPS) : new Reached.Paused<>(at(next)), "here", 1);
  }

  private boolean keep(Located<Checkpoint> at) {
    kept.add(at.result().step());
    return true;
  }

  private int run(PartRun.Submit<Integer> submit, PartRun.Keep keep) {
    return new PartRun<>(segments, submit, keep).from(Optional.empty()).result();
  }

  @Test
  void goesOnFromEachCheckpointUpToTheEnd() {
    assertThat(run(this::submit, this::keep)).isEqualTo(STEPS);
    assertThat(starts).containsExactly(START, 1, 2, 3, 4);
    assertThat(kept).containsExactly(1, 2, 3, 4);
  }

  /** What a job says of a task that was lost so: a text with the name of the class. */
  private static RuntimeException slicesAreLost() {
    String text = "Job aborted: " + SliceLostException.class.getName() + ": slice 3 ...";
    return new IllegalStateException(text, new SparkException(text));
  }

  @Test
  void goesOnFromTheLatestCheckpointWhenSlicesAreLost() {
    int[] losses = {0};
    PartRun.Submit<Integer> loses =
        from -> {
          if (from.map(Checkpoint::step).orElse(START) == 2 && losses[0]++ < 3) {
            throw slicesAreLost();
          }
          return submit(from);
        };
    assertThat(run(loses, this::keep)).isEqualTo(STEPS);
    assertThat(losses[0]).isEqualTo(4);
    assertThat(kept).as("nothing is made twice").containsExactly(1, 2, 3, 4);
    assertThat(segments.isWhole()).isFalse();
  }

  @Test
  void endsWhenOneSegmentIsLostOverAndOver() {
    List<Integer> losses = new ArrayList<>();
    PartRun.Submit<Integer> loses =
        from -> {
          losses.add(1);
          throw slicesAreLost();
        };
    assertThatThrownBy(() -> run(loses, this::keep)).hasMessageContaining("slice 3");
    assertThat(losses).hasSize(4);
  }

  @Test
  void endsAtOnceWithAnyOtherFailure() {
    PartRun.Submit<Integer> fails =
        from -> {
          starts.add(0);
          throw new IllegalStateException("a fault of its own");
        };
    assertThatThrownBy(() -> run(fails, this::keep)).hasMessage("a fault of its own");
    assertThat(starts).hasSize(1);
  }

  @Test
  void runsWholeFromItsStartWhereTheDriverDoesNotSeeACheckpoint() {
    assertThat(run(this::submit, at -> at.result().step() < 2)).isEqualTo(STEPS);
    assertThat(starts).containsExactly(START, 1, START);
    assertThat(segments.isWhole()).isTrue();
  }

  @Test
  void runsWholeFromItsStartWhereAnExecutorDoesNotSeeACheckpoint() {
    PartRun.Submit<Integer> blind =
        from -> {
          if (from.isPresent()) {
            throw new UnreachableCheckpointException("part");
          }
          return submit(from);
        };
    assertThat(run(blind, this::keep)).isEqualTo(STEPS);
    assertThat(starts).containsExactly(START, START);
    assertThat(segments.isWhole()).isTrue();
  }
}
