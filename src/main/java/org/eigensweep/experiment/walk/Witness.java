package org.eigensweep.experiment.walk;

import org.eigensweep.array.Matrix;

/**
 * Sees the vectors of a step while they last: one buffer holds all of them, one after the other.
 * None may be written or kept.
 */
interface Witness {
  /** Looks away, as most steps are not measured. */
  Witness NOBODY =
      new Witness() {
        @Override
        public void gradient(Matrix gradient) {}

        @Override
        public void base(Matrix update) {}

        @Override
        public void applied(Matrix update, double loss) {}

        @Override
        public void moved(Matrix theta) {}
      };

  /** Told of the gradient over the step's examples at θ, n × 1, where their loss is finite. */
  void gradient(Matrix gradient);

  /** Told of the displacement that the base optimiser would make, n × 1. */
  void base(Matrix update);

  /**
   * Told of the displacement after the update rule, before θ moves.
   *
   * @param update n × 1
   * @param loss over the step's examples
   */
  void applied(Matrix update, double loss);

  /** Told of θ after the step, n × 1. */
  void moved(Matrix theta);
}
