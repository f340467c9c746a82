package org.eigensweep.training;

import java.util.Map;
import org.eigensweep.plugin.Services;

/**
 * A kind of update rule, as settings name it, whose factors may change from step to step. Kinds are
 * found by {@link java.util.ServiceLoader}, so a jar on the class path brings one of its own by
 * naming its class in {@code META-INF/services/org.eigensweep.training.UpdateRuleKind}.
 */
public interface UpdateRuleKind extends Kind {
  /** All that are on the class path. */
  Services<UpdateRuleKind> ALL =
      new Services<>(UpdateRuleKind.class, Kind::name, "update rule", "update rules");

  /**
   * How much of an update is applied inside and outside the dominant space. The same step must
   * always have the same factors: a sweep that goes on from a checkpoint asks again.
   *
   * @param step 0 for the first after the switch
   * @param values a value that its check lets pass for each parameter
   * @return finite factors
   */
  UpdateRule at(int step, Map<String, Double> values);
}
