package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/** When the shared trunk ends and the update rules take over. */
public sealed interface SwitchRule extends Serializable {
  /** The rule in words, which name a trial in tables and so stay as they are. */
  String description();

  /**
   * At the first step whose exponential moving average of χ_k(∇L) exceeds a threshold, as in Song,
   * Ahn and Yun (2025), section 3.2: e ← ema·e + (1−ema)·χ, from e = 0.
   *
   * @param ema weight of the past, in [0, 1)
   * @param above threshold in (0, 1)
   */
  record OnAlignment(double ema, double above) implements SwitchRule {
    @Override
    public String description() {
      return "alignment ema=%s above=%s".formatted(ema, above);
    }
  }

  /**
   * At a given step, counted from 0.
   *
   * @param step number of trunk steps before the switch
   */
  record AtStep(int step) implements SwitchRule {
    @Override
    public String description() {
      return "step " + step;
    }
  }
}
