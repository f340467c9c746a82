package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.training.OptimizerSettings;

/** The readings of {@code eigensweep.training} that need more than one line. */
final class TrainingSection {
  private static final Map<String, BiFunction<Node, StepRange, SwitchRule>> SWITCHES =
      new LinkedHashMap<>();

  /** Steps at which a trunk can switch. */
  private record StepRange(int from, int to) {}

  static {
    SWITCHES.put("alignment", (section, steps) -> onAlignment(section));
    SWITCHES.put("step", TrainingSection::atStep);
  }

  private TrainingSection() {}

  /** The base optimiser, with SAM where it has a radius. */
  static OptimizerSettings optimizer(Node training) {
    return OptimizerSection.read(training.child("optimizer"))
        .withSam(OptimizerSection.sam(training.child("sam")));
  }

  /**
   * What comes before each trunk.
   *
   * @param sizes of the batches of all trunks
   * @param examples of the training set
   */
  static WarmUp warmUp(Node training, BatchSizes sizes, int examples) {
    Node section = training.child("warm-up");
    Node steps = section.child("steps");
    Node workers = section.child("workers");
    var warmUp =
        new WarmUp(
            steps.integerOfAtLeast(0),
            section.child("averaging-frequency").integerOfAtLeast(1),
            workers.integerOfAtLeast(1));
    if (warmUp.steps() % warmUp.averagingFrequency() != 0) {
      throw steps.refuse(
          "a multiple of eigensweep.training.warm-up.averaging-frequency = "
              + warmUp.averagingFrequency(),
          "the last steps would not be averaged");
    }
    if (warmUp.steps() == 0) {
      return warmUp;
    }
    OptimizerSettings optimizer = optimizer(training);
    if (!optimizer.equals(OptimizerSettings.SGD)) {
      throw steps.refuse(
          "0 where eigensweep.training has the optimizer " + optimizer.description(),
          "the workers of a warm-up train by plain sgd");
    }
    sizes.requireMiniBatches(steps, "the workers of a warm-up train on mini-batches");
    for (Batches batches : sizes.all()) {
      int batchSize = batches.size(examples);
      if (warmUp.workers() > examples / batchSize) {
        throw workers.refuse(
            "at most %d, batches of %d in %d examples"
                .formatted(examples / batchSize, batchSize, examples),
            "lower it or " + sizes.key());
      }
    }
    return warmUp;
  }

  /**
   * When a trunk ends.
   *
   * @param earliest step after the phases before
   * @param steps updates that a trial makes in all
   */
  static SwitchRule switchRule(Node training, int earliest, int steps) {
    Node section = training.child("switch");
    return section.child("on").word(SWITCHES).apply(section, new StepRange(earliest, steps));
  }

  private static SwitchRule onAlignment(Node section) {
    return new SwitchRule.OnAlignment(
        section.child("ema").number("a number of at least 0 and below 1", x -> x >= 0 && x < 1),
        section.child("above").number("a number between 0 and 1", x -> x > 0 && x < 1));
  }

  private static SwitchRule atStep(Node section, StepRange steps) {
    Node node = section.child("step");
    int step = node.integerOfAtLeast(0);
    if (step > steps.to()) {
      throw node.refuse(
          "at most eigensweep.training.steps = " + steps.to(), "switch earlier or train longer");
    }
    if (step < steps.from()) {
      throw node.refuse(
          "at least %d, the steps of eigensweep.training.phases".formatted(steps.from()),
          "switch later or shorten the phases");
    }
    return new SwitchRule.AtStep(step);
  }
}
