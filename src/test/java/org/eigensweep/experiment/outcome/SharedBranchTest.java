package org.eigensweep.experiment.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.training.OptimizerState;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;

/**
 * Which trials are one trajectory: those whose start is equal to the last bit and never project.
 */
class SharedBranchTest {
  private static final Continuation HALF = Continuation.asTrunk("half", new UpdateRule(0.5, 0.5));
  private static final List<Trial> TRIALS =
      new Trunk(0.1, 3, List.of(2, 5), List.of(Continuation.PLAIN, HALF, Continuation.BULK))
          .trials();

  private static SwitchState at(int step, float theta, double basis, double lowest) {
    return new SwitchState(
        step,
        Math.random(), // what differs by rank without leading elsewhere
        new HostMatrix.Floats(2, 1, new float[] {1, theta}),
        OptimizerState.NEW,
        new TrackedSpace(new HostMatrix.Doubles(2, 1, new double[] {1, basis}), lowest, 40),
        new Cost(step, 1, 1, 1, 1, Math.random()));
  }

  private static List<List<String>> branches(Map<Integer, SwitchState> switches) {
    return SharedBranch.of(TRIALS, switches).stream()
        .map(branch -> branch.trials().stream().map(Trial::id).toList())
        .toList();
  }

  @Test
  void ranksWithOneSwitchShareWhatDoesNotProject() {
    // each rank has a space of its own, which a rule that does not project never sees
    assertThat(branches(Map.of(2, at(7, 3, 4, -1), 5, at(7, 3, 8, -1.5))))
        .containsExactly(
            List.of("lr0.1-seed3-rank2-plain", "lr0.1-seed3-rank5-plain"),
            List.of("lr0.1-seed3-rank2-half", "lr0.1-seed3-rank5-half"),
            List.of("lr0.1-seed3-rank2-bulk"),
            List.of("lr0.1-seed3-rank5-bulk"));
  }

  @Test
  void theLeastDifferenceKeepsThemApart() {
    SwitchState here = at(7, 3, 4, -1);
    for (SwitchState there : List.of(at(8, 3, 4, -1), at(7, Math.nextUp(3f), 4, -1))) {
      assertThat(branches(Map.of(2, here, 5, there))).hasSize(6);
    }
  }

  @Test
  void trialsThatDidNotSwitchStayAlone() {
    assertThat(branches(Map.of())).hasSize(6);
    assertThat(branches(Map.of(2, at(7, 3, 4, -1)))).hasSize(6);
  }

  @Test
  void anotherPrecisionOrShapeIsAnotherStart() {
    HostMatrix single = new HostMatrix.Floats(2, 1, new float[] {1, 2});
    HostMatrix twice = new HostMatrix.Doubles(2, 1, new double[] {1, 2});
    HostMatrix row = new HostMatrix.Floats(1, 2, new float[] {1, 2});
    assertThat(single.holdsSameAs(new HostMatrix.Floats(2, 1, new float[] {1, 2}))).isTrue();
    assertThat(twice.holdsSameAs(new HostMatrix.Doubles(2, 1, new double[] {1, 2}))).isTrue();
    assertThat(single.holdsSameAs(twice)).isFalse();
    assertThat(twice.holdsSameAs(single)).isFalse();
    assertThat(single.holdsSameAs(row)).isFalse();
    assertThat(single.holdsSameAs(new HostMatrix.Floats(2, 1, new float[] {1, -0.0f}))).isFalse();
  }
}
