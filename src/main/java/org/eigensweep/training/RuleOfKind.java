package org.eigensweep.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule that a user's jar brings.
 *
 * @param kind its name
 * @param values parameter → value, in order of the names
 */
public record RuleOfKind(String kind, SortedMap<String, Double> values) implements BranchRule {
  public RuleOfKind {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * As its kind says.
   *
   * @throws IllegalStateException if the kind is not on the class path of this process
   */
  @Override
  public UpdateRule at(int step) {
    return UpdateRuleKind.ALL.named(kind).at(step, values);
  }

  /** The space is followed also where the factors happen to agree: it may be needed next. */
  @Override
  public boolean projects() {
    return true;
  }

  @Override
  public String description() {
    StringBuilder words = new StringBuilder("rule=").append(kind);
    values.forEach((name, value) -> words.append(' ').append(name).append('=').append(value));
    return words.toString();
  }
}
