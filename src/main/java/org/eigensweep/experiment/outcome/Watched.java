package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Map;

/**
 * What a trunk has seen of its ranks' switches so far.
 *
 * @param averages rank → moving average of the alignment; none where the rule takes none
 * @param switches rank → state at its switch; a rank that has not switched yet is absent
 */
public record Watched(Map<Integer, Double> averages, Map<Integer, SwitchState> switches)
    implements Serializable {
  /** Nothing, as in a branch. */
  public static final Watched NOTHING = new Watched(Map.of(), Map.of());
}
