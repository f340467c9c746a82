package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigensweep.Sent;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.experiment.sweep.Opening;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trials that pause and go on in another runner, on another device, from what crossed as bytes:
 * they have the same bits as without a pause.
 */
@Tag("slow")
class ResumedTrialTest {
  private static final SwitchRule ALIGNED = new SwitchRule.OnAlignment(0.8, 0.5);

  /** Pauses after so many steps. */
  private static final class Steps implements Segment {
    private int left;
    private int kept;

    Steps(int most) {
      left = most;
    }

    @Override
    public void begins() {}

    @Override
    public void stepped() {
      left--;
    }

    @Override
    public boolean pauses() {
      return left <= 0;
    }

    @Override
    public MatrixSource keep(Matrix matrix) {
      kept++;
      return matrix.snapshot();
    }
  }

  private record Ran(TrunkOutcome trunk, List<BranchOutcome> branches) {}

  /** A trunk and the branches of all its trials, with a pause after every so many steps. */
  private static Ran run(Protocol protocol, Trunk trunk, int every) {
    TrunkOutcome left = runTrunk(protocol, trunk, every);
    List<BranchOutcome> branches =
        trunk.trials().stream()
            .filter(trial -> left.switches().containsKey(trial.rank()))
            .filter(trial -> trial.rank() == 4 || trial.branch().equals(Continuation.BULK))
            .map(t -> runBranch(protocol, t, left.switches().get(t.rank()), every))
            .toList();
    return new Ran(left, branches);
  }

  private static TrunkOutcome runTrunk(Protocol protocol, Trunk trunk, int every) {
    TrunkStart from = new TrunkStart.Drawn();
    while (true) {
      Reached<TrunkOutcome> reached;
      try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
        reached = Sent.copyOf(runner.runTrunk(trunk, from, new Steps(every)));
      }
      if (reached instanceof Reached.Paused<TrunkOutcome> paused) {
        from = new TrunkStart.Resumed(paused.at());
      } else {
        return reached.outcome().orElseThrow();
      }
    }
  }

  private static BranchOutcome runBranch(
      Protocol protocol, Trial trial, SwitchState at, int every) {
    BranchStart from = new BranchStart.AtSwitch(at);
    while (true) {
      Reached<BranchOutcome> reached;
      try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
        reached = Sent.copyOf(runner.runBranch(trial, from, new Steps(every)));
      }
      if (reached instanceof Reached.Paused<BranchOutcome> paused) {
        from = BranchStart.of(at, Optional.of(paused.at()));
      } else {
        return reached.outcome().orElseThrow();
      }
    }
  }

  private static void areEqual(Ran paused, Ran whole) {
    assertThat(paused)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds")
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(whole);
    assertThat(paused.trunk.measurements())
        .extracting(Measurement::seconds)
        .as("the clock goes on over pauses")
        .isSorted();
    for (BranchOutcome branch : paused.branches) {
      assertThat(branch.measurements()).extracting(Measurement::seconds).isSorted();
    }
  }

  static Stream<Arguments> experiments() {
    Batches some = new Batches.Shuffled(20);
    SwitchRule at = new SwitchRule.AtStep(9);
    return Stream.of(
        Arguments.of("corrections, a switch a rank", ALIGNED, some, 1e-3, 0.1),
        Arguments.of("refreshes at each step", ALIGNED, some, 0.0, 0.1),
        Arguments.of("a large step size", at, some, 1e-2, 0.6),
        Arguments.of("all examples a step", at, new Batches.Full(), 1e-3, 0.2),
        Arguments.of(
            "a switch that does not come",
            new SwitchRule.OnAlignment(0.9, 0.999999),
            some,
            1e-3,
            0.05),
        Arguments.of("a trunk that diverges", ALIGNED, some, 1e-3, 1e3),
        Arguments.of("branches that diverge", new SwitchRule.AtStep(0), some, 1e-3, 1e3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("experiments")
  void hasTheSameBitsAfterAnyNumberOfPauses(
      String name, SwitchRule rule, Batches batches, double error, double rate) {
    Protocol protocol = Protocols.protocol(rule, batches, 19, 3, error);
    Trunk trunk = Protocols.trunk(rate, 4, 2);
    Ran whole = run(protocol, trunk, Integer.MAX_VALUE);
    areEqual(run(protocol, trunk, 1), whole);
    areEqual(run(protocol, trunk, 7), whole);
  }

  /** Adam after heavy ball, with SAM, on a schedule; branches with and without its moments. */
  @Test
  void hasTheSameBitsWhateverTheOptimizersRemember() {
    OptimizerSettings adam = OptimizerSettings.standard("adam").withSam(0.05);
    Recipe ball = Recipe.of(OptimizerSettings.standard("heavy-ball"));
    TrainingPlan plan =
        new TrainingPlan(
            List.of(new Opening(ball, 4)),
            adam,
            new Schedule.Cosine(0.1),
            new WarmUp(0, 1, 2),
            new Batches.Shuffled(20),
            19,
            new SwitchRule.AtStep(9));
    Measuring measuring = new Measuring(3, LossChange.PARTIAL, List.of(), PlainDistance.ON, 0);
    Following usual = Protocols.protocol(new SwitchRule.AtStep(9), 20, 19, 3, 1e-3).following();
    Following following = new Following(usual.eigenspace(), usual.error(), measuring);
    List<Continuation> branches =
        List.of(
            Continuation.BULK,
            new Continuation(
                "new", UpdateRule.BULK, new Method.Own(Recipe.of(adam), StateAtSwitch.NEW)),
            new Continuation("ball", UpdateRule.DOMINANT, new Method.Own(ball, StateAtSwitch.NEW)));
    Protocol protocol = new Protocol(plan, following);
    Trunk trunk = new Trunk(0.01, 11, List.of(4), branches);
    Ran whole = run(protocol, trunk, Integer.MAX_VALUE);
    areEqual(run(protocol, trunk, 1), whole);
    areEqual(run(protocol, trunk, 7), whole);
  }

  /** Rows at 0, 5, 9, 10, 15 and 19, which look back further than the pauses are apart. */
  @Test
  void measuresTheSameAfterAnyNumberOfPauses() {
    Protocol protocol =
        Protocols.protocol(
            Protocols.protocol(new SwitchRule.AtStep(9), 20, 19, 5, 1e-3),
            new Measuring(5, LossChange.FULL, List.of(1, 4, 5), 3));
    Trunk trunk = Protocols.trunk(0.1, 4, 2);
    Ran whole = run(protocol, trunk, Integer.MAX_VALUE);
    areEqual(run(protocol, trunk, 1), whole);
    areEqual(run(protocol, trunk, 3), whole);
    assertThat(whole.trunk.measurements().get(1).overlaps()).containsOnlyKeys(1, 4, 5);
  }

  /** Rows at 0, 3, 6, 9, 12, 15, 18 and 19, of which 3 and 15 have the losses alone. */
  @Test
  void hasTheSameRowsWithAndWithoutTheEigenspaceAfterAnyNumberOfPauses() {
    Measuring measuring =
        new Measuring(3, 6, LossChange.FULL, List.of(2), PlainDistance.ON, 3, SpectrumPoints.NONE);
    Protocol protocol =
        Protocols.protocol(
            Protocols.protocol(new SwitchRule.AtStep(9), 20, 19, 3, 1e-3), measuring);
    Trunk trunk = Protocols.trunk(0.1, 4, 2);
    Ran whole = run(protocol, trunk, Integer.MAX_VALUE);
    areEqual(run(protocol, trunk, 1), whole);
    areEqual(run(protocol, trunk, 4), whole);
    assertThat(whole.branches.get(0).measurements())
        .filteredOn(point -> point.pairs().count() == 0)
        .extracting(Measurement::step)
        .containsExactly(15);
  }

  /** Whole spectra at 0, 5, 10 and 19, of which a pause comes right before and after each. */
  @Test
  void hasTheSameSpectraAfterAnyNumberOfPauses() {
    SpectrumPoints spectrum = new SpectrumPoints(List.of(5, 19), 10, 12, 2, 5, LayerSpectra.ON);
    Protocol protocol =
        Protocols.protocol(
            Protocols.protocol(new SwitchRule.AtStep(9), 20, 19, 5, 1e-3),
            new Measuring(5, LossChange.PARTIAL, List.of(), PlainDistance.OFF, 0, spectrum));
    Trunk trunk = Protocols.trunk(0.1, 4, 2);
    Ran whole = run(protocol, trunk, Integer.MAX_VALUE);
    areEqual(run(protocol, trunk, 1), whole);
    areEqual(run(protocol, trunk, 5), whole);
    assertThat(whole.trunk.measurements())
        .filteredOn(point -> !point.spectrum().blocks().isEmpty())
        .extracting(Measurement::step)
        .containsExactly(0, 5);
    assertThat(whole.branches.get(0).measurements())
        .filteredOn(point -> !point.spectrum().blocks().isEmpty())
        .extracting(Measurement::step)
        .containsExactly(10, 19);
  }

  @Test
  void goesOnForSomeRanksOfATrunkThatPausedForMore() {
    Protocol protocol = Protocols.protocol(ALIGNED, new Batches.Shuffled(20), 60, 3, 1e-3);
    Trunk both = Protocols.trunk(0.1, 4, 2);
    Trunk one = Protocols.trunk(0.1, 2);
    TrunkOutcome whole = runTrunk(protocol, one, Integer.MAX_VALUE);
    TrunkOutcome larger = runTrunk(protocol, both, Integer.MAX_VALUE);
    int first = larger.switches().get(4).step();
    int last = larger.switches().get(2).step();
    assertThat(first).isLessThan(last);
    for (int pause : new int[] {first - 1, first + 1, last - 1}) {
      TrunkOutcome resumed;
      try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
        Reached<TrunkOutcome> reached =
            runner.runTrunk(both, new TrunkStart.Drawn(), new Steps(pause));
        Checkpoint at = ((Reached.Paused<TrunkOutcome>) reached).at();
        assertThat(at.step()).isEqualTo(pause);
        assertThat(at.pointsOf(4)).allMatch(point -> point.step() < first);
        assertThat(at.pointsOf(2)).isEqualTo(at.measurements());
        resumed =
            runner
                .runTrunk(one, new TrunkStart.Resumed(at), Segment.whole(() -> {}))
                .outcome()
                .orElseThrow();
      }
      assertThat(resumed.switches())
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*seconds")
          .isEqualTo(whole.switches());
    }
  }

  @Test
  void keepsEveryVectorThatItNames() {
    Protocol protocol =
        Protocols.protocol(
            Protocols.protocol(ALIGNED, new Batches.Shuffled(20), 47, 3, 1e-3),
            new Measuring(3, LossChange.PARTIAL, List.of(9), 0));
    Steps segment = new Steps(30);
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      SwitchState from = Whole.trunk(runner, Protocols.trunk(0.1, 3)).switches().get(3);
      Reached<BranchOutcome> reached =
          runner.runBranch(
              Protocols.trial(0.1, 3, Continuation.BULK), new BranchStart.AtSwitch(from), segment);
      Checkpoint at = ((Reached.Paused<BranchOutcome>) reached).at();
      assertThat(at.vectors()).hasSize(segment.kept).doesNotContainNull();
      assertThat(segment.kept)
          .as("two trackers that remember, and the parameters")
          .isGreaterThan(20);
    }
  }
}
