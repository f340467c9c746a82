package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.BranchRule;
import org.eigensweep.training.UpdateRule;

/**
 * A branch: what is done after a switch.
 *
 * @param name its name in settings and tables
 * @param rule how much of each base update is applied inside and outside the dominant space
 * @param method how base updates are made
 */
public record Continuation(String name, BranchRule rule, Method method) implements Serializable {
  /** The base optimiser itself. */
  public static final Continuation PLAIN = asTrunk("plain", UpdateRule.PLAIN);

  /** Dom-X: only the part of each update inside the dominant space. */
  public static final Continuation DOMINANT = asTrunk("dominant", UpdateRule.DOMINANT);

  /** Bulk-X: only the part of each update outside the dominant space. */
  public static final Continuation BULK = asTrunk("bulk", UpdateRule.BULK);

  /** A branch that goes on as its trunk, but for the rule. */
  public static Continuation asTrunk(String name, BranchRule rule) {
    return new Continuation(name, rule, new Method.AsTrunk());
  }

  /** Whether an update needs the dominant space. */
  public boolean projects() {
    return rule.projects();
  }

  /** Whether its optimiser goes on with the state of the trunk's. */
  public boolean keepsOptimizerState() {
    return !(method instanceof Method.Own own) || own.state() == Method.StateAtSwitch.KEPT;
  }

  /** The branch in words, which name a trial in tables and so stay as they are. */
  String description() {
    String factors = name + " " + rule.description();
    return method instanceof Method.Own own ? factors + " " + own.description() : factors;
  }
}
