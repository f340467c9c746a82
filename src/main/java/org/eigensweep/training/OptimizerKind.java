package org.eigensweep.training;

import java.util.Map;
import org.eigensweep.array.Scope;
import org.eigensweep.plugin.Services;

/**
 * A kind of base optimiser, as settings name it. Kinds are found by {@link
 * java.util.ServiceLoader}, so a jar on the class path brings one of its own by naming its class in
 * {@code META-INF/services/org.eigensweep.training.OptimizerKind}. The learning rate is none of its
 * parameters.
 */
public interface OptimizerKind extends Kind {
  /** All that are on the class path, ours first. */
  Services<OptimizerKind> ALL =
      new Services<>(OptimizerKind.class, Kind::name, "optimiser", "optimisers");

  /**
   * The λη above which it moves away from the minimum of ½λθ², with the gradient over all examples.
   *
   * @param values a value for each parameter
   * @return NaN where that depends on its way there, as where it scales each parameter on its own
   */
  default double stabilityBound(Map<String, Double> values) {
    return Double.NaN;
  }

  /**
   * A fresh optimiser of this kind.
   *
   * @param owner of its state
   * @param parameters n
   * @param values a value that its check lets pass for each parameter
   */
  Optimizer open(Scope owner, int parameters, Map<String, Double> values);
}
