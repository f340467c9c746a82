package org.eigensweep.training;

import java.io.Serializable;

/**
 * How the learning rate changes along a phase: the factor of the phase's rate in each of its steps.
 * A line that ends in a value has it where the next step would be, so that no step's factor is 0.
 */
public sealed interface Schedule extends Serializable {
  /** Factor 1 throughout. */
  Schedule CONSTANT = new Constant();

  /**
   * The factor of a step.
   *
   * @param step counted from the start of the phase, the first being 0
   * @param steps steps of the phase in all, above {@code step}
   */
  double factor(int step, int steps);

  /** The schedule in words, which name a trial in tables and so stay as they are. */
  String description();

  /** Factor 1 throughout. */
  record Constant() implements Schedule {
    @Override
    public double factor(int step, int steps) {
      return 1;
    }

    @Override
    public String description() {
      return "constant";
    }
  }

  /**
   * Half a cosine from 1 down to a final share, e + (1−e)·(1 + cos(π·step/steps))/2.
   *
   * <p>PyTorch's {@code CosineAnnealingLR}. Source: I. Loshchilov, F. Hutter, SGDR: Stochastic
   * Gradient Descent with Warm Restarts, 2017, without the restarts.
   *
   * @param end e, the final share, in [0, 1]
   */
  record Cosine(double end) implements Schedule {
    @Override
    public double factor(int step, int steps) {
      return end + (1 - end) * (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
    }

    @Override
    public String description() {
      return "cosine end=" + end;
    }
  }

  /**
   * A line up from 0 in the first steps, 1, and a line down to a final share in the last ones. With
   * w steps of warm-up step s of them has the factor (s+1)/(w+1). With d steps of decay step s of
   * them has 1 − (1−e)·(s+1)/(d+1).
   *
   * <p>Source: S. Hu and others, MiniCPM, 2024, with a line for the decay.
   *
   * @param warmUp w, at least 0
   * @param decay d, at least 0; w + d is at most the phase's steps
   * @param end e, the final share, in [0, 1]
   */
  record WarmUpStableDecay(int warmUp, int decay, double end) implements Schedule {
    @Override
    public double factor(int step, int steps) {
      int decayed = step - (steps - decay) + 1;
      if (decayed > 0) {
        return 1 - (1 - end) * decayed / (decay + 1);
      }
      return step < warmUp ? (step + 1.0) / (warmUp + 1.0) : 1;
    }

    @Override
    public String description() {
      return "warm-up-stable-decay warm-up=%d decay=%d end=%s".formatted(warmUp, decay, end);
    }
  }

  /**
   * Multiplied by γ after every n steps: γ^⌊step/n⌋. PyTorch's {@code StepLR}.
   *
   * @param every n, at least 1
   * @param gamma γ, above 0
   */
  record Steps(int every, double gamma) implements Schedule {
    @Override
    public double factor(int step, int steps) {
      return StrictMath.pow(gamma, Math.floorDiv(step, every));
    }

    @Override
    public String description() {
      return "step every=%d gamma=%s".formatted(every, gamma);
    }
  }
}
