package org.eigensweep.training;

import java.io.Serializable;

/**
 * What a branch does with its base updates, step by step: the same at every step, or as a rule says
 * that a user's jar brings.
 */
public sealed interface BranchRule extends Serializable permits UpdateRule, RuleOfKind {
  /**
   * The factors at one step.
   *
   * @param step 0 for the first after the switch
   */
  UpdateRule at(int step);

  /** Whether applying the rule needs the dominant space. */
  boolean projects();

  /** The rule in words, which name a trial in tables and so stay as they are. */
  String description();
}
