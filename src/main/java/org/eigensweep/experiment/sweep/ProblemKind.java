package org.eigensweep.experiment.sweep;

import java.util.Map;
import org.eigensweep.plugin.Services;
import org.eigensweep.training.Kind;

/**
 * A kind of problem, as {@code problem} names it, that is neither a network nor a quadratic. Kinds
 * are found by {@link java.util.ServiceLoader}, so a jar on the class path brings one of its own by
 * naming its class in {@code META-INF/services/org.eigensweep.experiment.sweep.ProblemKind}. Its
 * trials run in tasks of one executor each.
 */
public interface ProblemKind extends Kind {
  /** All that are on the class path. */
  Services<ProblemKind> ALL = new Services<>(ProblemKind.class, Kind::name, "problem", "problems");

  /**
   * The problem that settings ask for. Its {@link SweepProblem#parts} hold all that fixes its
   * numbers: its name and these values at least.
   *
   * @param values a value that its check lets pass for each parameter
   * @throws org.eigensweep.data.DataException if they cannot be used together; its message is shown
   *     as one line
   */
  ProblemSource open(Map<String, Double> values);
}
