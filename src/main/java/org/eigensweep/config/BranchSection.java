package org.eigensweep.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eigensweep.experiment.sweep.BatchChoice;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.experiment.sweep.RateChoice;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.UpdateRule;

/** {@code eigensweep.training.rules} and {@code branches}: what is done after a switch. */
final class BranchSection {
  private static final Map<String, Continuation> RULES = new LinkedHashMap<>();
  private static final Map<String, StateAtSwitch> STATES = Words.of(StateAtSwitch.class);

  static {
    Stream.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK)
        .forEach(rule -> RULES.put(rule.name(), rule));
  }

  private final OptimizerSettings trunks;
  private final int trainExamples;

  /**
   * A reader.
   *
   * @param trunks the optimiser that a trunk ends with
   * @param trainExamples of the training set
   */
  BranchSection(OptimizerSettings trunks, int trainExamples) {
    this.trunks = trunks;
    this.trainExamples = trainExamples;
  }

  /** Rules by name or by two factors, then branches with names of their own. */
  List<Continuation> read(Node training) {
    Node rules = training.child("rules");
    List<Node> branches = training.child("branches").items();
    List<Continuation> all = new ArrayList<>();
    if (branches.isEmpty() || !rules.items().isEmpty()) {
      all.addAll(rules.distinct(BranchSection::rule));
    }
    for (Node branch : branches) {
      all.add(branch(branch, all));
    }
    return all;
  }

  private static Continuation rule(Node rule) {
    if (!rule.isList()) {
      return rule.word(RULES);
    }
    List<Node> factors = rule.items();
    if (factors.size() != 2) {
      throw rule.refuse("two factors, as in [0.5, 1]");
    }
    double dominant = factor(factors.get(0));
    double bulk = factor(factors.get(1));
    return Continuation.asTrunk(
        "a%s-b%s".formatted(dominant, bulk), new UpdateRule(dominant, bulk));
  }

  private Continuation branch(Node branch, List<Continuation> others) {
    Map<String, Node> fields =
        branch.fields(
            Set.of("name"),
            Set.of(
                "rule", "dominant", "bulk", "optimizer", "batch-size", "learning-rate", "state"));
    return new Continuation(name(fields.get("name"), others), rule(branch, fields), method(fields));
  }

  private static String name(Node node, List<Continuation> others) {
    String text =
        node.text()
            .filter(word -> word.matches("[a-z][a-z0-9-]{0,19}"))
            .orElseThrow(
                () -> node.refuse("a name of at most 20 small letters, digits and hyphens"));
    if (RULES.containsKey(text) || others.stream().anyMatch(o -> o.name().equals(text))) {
      throw node.refuse("a name that no other branch has", "choose another one");
    }
    return text;
  }

  /** The factors: those of a rule by name, or both by number; those of plain if nothing is said. */
  private static UpdateRule rule(Node branch, Map<String, Node> fields) {
    Node rule = fields.get("rule");
    Node dominant = fields.get("dominant");
    Node bulk = fields.get("bulk");
    if ((dominant == null) != (bulk == null) || (rule != null && bulk != null)) {
      throw branch.refuse(
          "either rule or both dominant and bulk", "leave one out or write the missing one");
    }
    if (rule != null) {
      return rule.word(RULES).rule();
    }
    return bulk == null ? UpdateRule.PLAIN : new UpdateRule(factor(dominant), factor(bulk));
  }

  private static double factor(Node node) {
    return node.number("a finite number", x -> true);
  }

  private Method method(Map<String, Node> fields) {
    Recipe recipe = recipe(fields);
    boolean sameKind = recipe.optimizer().kind().equals(trunks.kind());
    StateAtSwitch usual = sameKind ? StateAtSwitch.KEPT : StateAtSwitch.NEW;
    Node state = fields.get("state");
    StateAtSwitch chosen = state == null ? usual : state.word(STATES);
    if (chosen == StateAtSwitch.KEPT && !sameKind) {
      throw state.refuse(
          "new, since %s cannot go on with what %s remembers"
              .formatted(recipe.optimizer().kind(), trunks.kind()),
          "write new or leave it out");
    }
    boolean asTrunk =
        chosen == StateAtSwitch.KEPT
            && recipe.equals(
                new Recipe(trunks, new BatchChoice.Inherited(), new RateChoice.Inherited()));
    return asTrunk ? new Method.AsTrunk() : new Method.Own(recipe, chosen);
  }

  /** What a phase or a branch says of its updates; what it leaves out is the trunk's. */
  Recipe recipe(Map<String, Node> fields) {
    return new Recipe(
        field(fields, "optimizer").map(OptimizerSection::read).orElse(trunks),
        field(fields, "batch-size").map(this::batches).orElse(new BatchChoice.Inherited()),
        field(fields, "learning-rate").map(BranchSection::rate).orElse(new RateChoice.Inherited()));
  }

  private static Optional<Node> field(Map<String, Node> fields, String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private BatchChoice batches(Node node) {
    return new BatchChoice.Own(TrainingSection.batches(node, trainExamples));
  }

  private static RateChoice rate(Node node) {
    return new RateChoice.Own(node.number("a number above 0", x -> x > 0));
  }
}
