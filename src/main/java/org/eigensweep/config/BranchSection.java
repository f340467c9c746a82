package org.eigensweep.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.training.BranchRule;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.RuleOfKind;
import org.eigensweep.training.UpdateRule;
import org.eigensweep.training.UpdateRuleKind;

/** {@code eigensweep.training.rules} and {@code branches}: what is done after a switch. */
final class BranchSection {
  private static final Map<String, Continuation> RULES = new LinkedHashMap<>();
  private static final Map<String, StateAtSwitch> STATES = Words.of(StateAtSwitch.class);

  private static final Set<String> KEYS =
      Stream.concat(Stream.of("rule", "dominant", "bulk", "state"), RecipeSection.KEYS.stream())
          .collect(Collectors.toUnmodifiableSet());

  static {
    Stream.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK)
        .forEach(rule -> RULES.put(rule.name(), rule));
  }

  private final RecipeSection recipes;
  private final int steps;

  /**
   * A reader.
   *
   * @param recipes reads what branches say of their updates
   * @param steps that a branch can have
   */
  BranchSection(RecipeSection recipes, int steps) {
    this.recipes = recipes;
    this.steps = steps;
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
    if (rule.isSection()) {
      throw rule.refuse(
          "the name of a rule, or two factors", "give it a name in eigensweep.training.branches");
    }
    if (!rule.isList()) {
      BranchRule named = named(rule);
      return named instanceof RuleOfKind own
          ? Continuation.asTrunk(own.kind(), own)
          : rule.word(RULES);
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
    Map<String, Node> fields = branch.fields(Set.of("name"), KEYS);
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
  private static BranchRule rule(Node branch, Map<String, Node> fields) {
    Node rule = fields.get("rule");
    Node dominant = fields.get("dominant");
    Node bulk = fields.get("bulk");
    if ((dominant == null) != (bulk == null) || (rule != null && bulk != null)) {
      throw branch.refuse(
          "either rule or both dominant and bulk", "leave one out or write the missing one");
    }
    if (rule != null) {
      return named(rule);
    }
    return bulk == null ? UpdateRule.PLAIN : new UpdateRule(factor(dominant), factor(bulk));
  }

  /** One of ours, or of a user's jar: then it may be a section with parameters. */
  private static BranchRule named(Node node) {
    Map<String, UpdateRuleKind> kinds =
        KindSection.beside(RULES.keySet(), node, UpdateRuleKind.ALL);
    Set<String> words = new LinkedHashSet<>(RULES.keySet());
    words.addAll(kinds.keySet());
    Choice choice = Choice.of(node, words);
    if (RULES.containsKey(choice.word())) {
      choice.with(List.of());
      return RULES.get(choice.word()).rule();
    }
    return new RuleOfKind(choice.word(), KindSection.values(choice, kinds.get(choice.word())));
  }

  private static double factor(Node node) {
    return node.number("a finite number", x -> true);
  }

  private Method method(Map<String, Node> fields) {
    Recipe recipe = recipes.read(fields, steps);
    OptimizerSettings trunks = recipes.trunks();
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
    boolean asTrunk = chosen == StateAtSwitch.KEPT && recipe.equals(Recipe.of(trunks));
    return asTrunk ? new Method.AsTrunk() : new Method.Own(recipe, chosen);
  }
}
