package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.experiment.sweep.Continuation.BULK;
import static org.eigensweep.experiment.sweep.Continuation.DOMINANT;
import static org.eigensweep.experiment.sweep.Continuation.PLAIN;
import static org.eigensweep.report.Summaries.completed;
import static org.eigensweep.report.Summaries.diverged;
import static org.eigensweep.report.Summaries.notSwitched;
import static org.eigensweep.report.Summaries.trial;

import java.util.List;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;

/** The sentence is true whatever became of the trials. */
class ComparisonTest {
  private static String sentence(TrialSummary... trials) {
    return Comparison.sentence(List.of(trials)).orElseThrow();
  }

  private static TrialSummary ended(Continuation branch, double change, double alignment) {
    return ended(0, branch, change, alignment);
  }

  private static TrialSummary ended(
      long seed, Continuation branch, double change, double alignment) {
    return completed(trial(seed, branch), 0.5, 0.5 + change, alignment);
  }

  @Test
  void isASurpriseWhereTheLossFallsOutsideAndTheGradientIsInside() {
    assertThat(
            sentence(
                ended(PLAIN, -0.03125, 0.984375),
                ended(DOMINANT, -0.00048828125, 0.75),
                ended(BULK, -0.0302734375, 0.5)))
        .isEqualTo(
            "From the switch on, plain training lowered the loss by 0.031; inside the dominant space"
                + " it fell by 0.00049, outside it fell by 0.030, though χ_10 of plain training's"
                + " gradient averaged 0.98.");
  }

  @Test
  void isNoneWhereTheGradientIsOutsideToo() {
    assertThat(
            sentence(
                ended(PLAIN, -0.03125, 0.375),
                ended(DOMINANT, 0.00048828125, 0.75),
                ended(BULK, -0.03125, 0.5)))
        .isEqualTo(
            "From the switch on, plain training lowered the loss by 0.031; inside the dominant space"
                + " it rose by 0.00049, outside it fell by 0.031; χ_10 of plain training's gradient"
                + " averaged 0.38.");
  }

  @Test
  void isNoneWhereTheLossFallsInside() {
    assertThat(
            sentence(
                ended(PLAIN, -0.25, 0.9375), ended(DOMINANT, -0.25, 0.9), ended(BULK, 0.125, 0.9)))
        .isEqualTo(
            "From the switch on, plain training lowered the loss by 0.25; inside the dominant space"
                + " it fell by 0.25, outside it rose by 0.13; χ_10 of plain training's gradient"
                + " averaged 0.94.");
  }

  @Test
  void isNoneWherePlainTrainingGainsNothing() {
    assertThat(sentence(ended(PLAIN, 0, 0.9375), ended(BULK, -0.25, 0.9)))
        .isEqualTo(
            "From the switch on, plain training left the loss as it was; outside the dominant space"
                + " it fell by 0.25; χ_10 of plain training's gradient averaged 0.94.");
    assertThat(sentence(ended(PLAIN, 0.25, 0.9375), ended(DOMINANT, 0, 0.9)))
        .isEqualTo(
            "From the switch on, plain training raised the loss by 0.25; inside the dominant space"
                + " it stayed as it was; χ_10 of plain training's gradient averaged 0.94.");
  }

  @Test
  void takesMeansOverSwitchesWhereAllCameToTheirEnd() {
    TrialSummary[] both = {
      ended(0, PLAIN, -0.25, 0.75), ended(0, BULK, -0.125, 0.9),
      ended(1, PLAIN, -0.125, 1.0), ended(1, BULK, -0.25, 0.9)
    };
    assertThat(sentence(both))
        .isEqualTo(
            "From the switch on (means over 2 switches), plain training lowered the loss by 0.19;"
                + " outside the dominant space it fell by 0.19, though χ_10 of plain training's"
                + " gradient averaged 0.88.");
    both[3] = diverged(trial(1, BULK), 0.5);
    assertThat(sentence(both))
        .isEqualTo(
            "From the switch on (means over those 1 of 2 switches where all came to their end),"
                + " plain training lowered the loss by 0.25; outside the dominant space it fell by"
                + " 0.13, though χ_10 of plain training's gradient averaged 0.75.");
  }

  @Test
  void saysWhereASideNeverCameToItsEnd() {
    assertThat(
            sentence(
                ended(PLAIN, -0.25, 0.75),
                ended(DOMINANT, 0.125, 0.9),
                diverged(trial(0, BULK), 0.5)))
        .isEqualTo(
            "From the switch on, plain training lowered the loss by 0.25; inside the dominant space"
                + " it rose by 0.13; outside it no trial came to its end; χ_10 of plain training's"
                + " gradient averaged 0.75.");
    assertThat(sentence(diverged(trial(0, PLAIN), 0.5), ended(BULK, -0.25, 0.75)))
        .isEqualTo(
            "At no switch did plain training and a projected branch both come to their end, so"
                + " there is nothing to compare.");
    assertThat(sentence(notSwitched(trial(0, PLAIN), 0.5), notSwitched(trial(0, BULK), 0.5)))
        .isEqualTo("No trial came to its switch, so there is nothing to compare.");
  }

  /** Batches of two sizes are two switches, though learning rate, seed and rank are the same. */
  @Test
  void comparesTrialsOfOneSwitchAlone() {
    assertThat(
            sentence(
                completed(trial(10, 0, PLAIN), 0.5, 0.25, 0.75),
                completed(trial(50, 0, BULK), 0.5, 0.25, 0.75)))
        .startsWith("At no switch did");
    assertThat(
            sentence(
                completed(new Trial(0.01, 0, 5, PLAIN), 0.5, 0.25, 0.75),
                completed(new Trial(0.01, 0, 5, DOMINANT), 0.5, 0.5, 0.75),
                completed(new Trial(0.01, 0, 10, PLAIN), 0.5, 0.25, 0.75),
                completed(new Trial(0.01, 0, 10, DOMINANT), 0.5, 0.5, 0.75)))
        .endsWith(
            "inside the dominant space it stayed as it was, though χ_k of plain training's gradient"
                + " averaged 0.75.");
  }

  @Test
  void hasNothingToSayWithoutPlainTrainingOrAProjectionOfIt() {
    Recipe adam = Recipe.of(OptimizerSettings.SGD);
    Continuation own =
        new Continuation(
            "own", UpdateRule.DOMINANT, new Method.Own(adam, Method.StateAtSwitch.NEW));
    assertThat(Comparison.sentence(List.of(ended(PLAIN, -0.25, 0.75), ended(own, 0, 0.75))))
        .isEmpty();
    assertThat(Comparison.sentence(List.of(ended(DOMINANT, -0.25, 0.75), ended(BULK, 0, 0.75))))
        .isEmpty();
    assertThat(Comparison.sentence(List.of())).isEmpty();
  }

  /** An older folder's rows have no loss at the switch. */
  @Test
  void hasNothingToSayWhereTheLossAtTheSwitchIsNotKnown() {
    assertThat(
            Comparison.sentence(
                List.of(
                    ended(PLAIN, -0.25, 0.75),
                    completed(trial(0, BULK), Double.NaN, 0.5, Double.NaN))))
        .isEmpty();
  }
}
