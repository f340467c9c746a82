package org.eigensweep.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.training.UpdateRule;

/** The readings of {@code eigensweep.training} that need more than one line. */
final class TrainingSection {
  private static final String FULL = "full";
  private static final Map<String, UpdateRule> RULES = new LinkedHashMap<>();
  private static final Map<String, BiFunction<Node, Integer, SwitchRule>> SWITCHES =
      new LinkedHashMap<>();

  static {
    for (UpdateRule rule : List.of(UpdateRule.PLAIN, UpdateRule.DOMINANT, UpdateRule.BULK)) {
      RULES.put(rule.name(), rule);
    }
    SWITCHES.put("alignment", (section, steps) -> onAlignment(section));
    SWITCHES.put("step", TrainingSection::atStep);
  }

  private TrainingSection() {}

  /** The examples of a step: a number of them, or all. */
  static Batches batches(Node training, int trainExamples) {
    return isFull(training)
        ? new Batches.Full()
        : new Batches.Shuffled(batchSize(training, trainExamples));
  }

  private static boolean isFull(Node training) {
    return training.child("batch-size").text().filter(FULL::equals).isPresent();
  }

  private static int batchSize(Node training, int trainExamples) {
    Node node = training.child("batch-size");
    int batchSize = node.integerOfAtLeast(1);
    if (batchSize > trainExamples) {
      throw node.refuse(
          "at most eigensweep.data.train-examples = " + trainExamples,
          "lower it or take more examples");
    }
    return batchSize;
  }

  static WarmUp warmUp(Node training, int trainExamples) {
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
    if (isFull(training)) {
      throw steps.refuse(
          "0 where eigensweep.training.batch-size = full",
          "the workers of a warm-up train on mini-batches");
    }
    int batchSize = batchSize(training, trainExamples);
    if (warmUp.workers() > trainExamples / batchSize) {
      throw workers.refuse(
          "at most %d, batches of %d in %d examples"
              .formatted(trainExamples / batchSize, batchSize, trainExamples),
          "lower it or eigensweep.training.batch-size");
    }
    return warmUp;
  }

  /** The update rules after the switch: those by name, then those with factors of their own. */
  static List<UpdateRule> rules(Node training) {
    Node named = training.child("rules");
    List<Node> branches = training.child("branches").items();
    List<UpdateRule> rules = new ArrayList<>();
    if (branches.isEmpty() || !named.items().isEmpty()) {
      rules.addAll(named.distinct(rule -> rule.word(RULES)));
    }
    for (Node branch : branches) {
      rules.add(branch(branch, rules));
    }
    return rules;
  }

  private static UpdateRule branch(Node branch, List<UpdateRule> others) {
    Map<String, Node> fields = branch.fields("name", "dominant", "bulk");
    Node name = fields.get("name");
    String expected = "a name of at most 20 small letters, digits and hyphens";
    String text =
        name.text()
            .filter(word -> word.matches("[a-z][a-z0-9-]{0,19}"))
            .orElseThrow(() -> name.refuse(expected));
    if (RULES.containsKey(text) || others.stream().anyMatch(o -> o.name().equals(text))) {
      throw name.refuse("a name that no other branch has", "choose another one");
    }
    return new UpdateRule(text, factor(fields.get("dominant")), factor(fields.get("bulk")));
  }

  /**
   * Above 1 the error that is allowed where an update is projected would not bound what is applied.
   */
  private static double factor(Node node) {
    return node.number("a number from 0 to 1", x -> x >= 0 && x <= 1);
  }

  static SwitchRule switchRule(Node training, int steps) {
    Node section = training.child("switch");
    return section.child("on").word(SWITCHES).apply(section, steps);
  }

  private static SwitchRule onAlignment(Node section) {
    return new SwitchRule.OnAlignment(
        section.child("ema").number("a number of at least 0 and below 1", x -> x >= 0 && x < 1),
        section.child("above").number("a number between 0 and 1", x -> x > 0 && x < 1));
  }

  private static SwitchRule atStep(Node section, int steps) {
    Node node = section.child("step");
    int step = node.integerOfAtLeast(0);
    if (step > steps) {
      throw node.refuse(
          "at most eigensweep.training.steps = " + steps, "switch earlier or train longer");
    }
    return new SwitchRule.AtStep(step);
  }
}
