package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Scope;

/**
 * A kind of base optimiser, as settings name it. Kinds are found by {@link
 * java.util.ServiceLoader}, so a jar on the class path brings one of its own by naming its class in
 * {@code META-INF/services/org.eigensweep.training.OptimizerKind}. The class is public and has a
 * public constructor without arguments.
 */
public interface OptimizerKind {
  /** Its name in settings and tables: small letters, digits and hyphens. */
  String name();

  /** Its parameters, the learning rate aside, in the order in which messages list them. */
  List<OptimizerParameter> parameters();

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
