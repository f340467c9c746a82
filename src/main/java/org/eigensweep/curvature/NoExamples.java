package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;

/**
 * The mean loss over no examples, which is not a number: where a problem holds no examples out.
 *
 * @param device where parameters live
 * @param parameters number of parameters
 */
public record NoExamples(Device device, int parameters) implements Objective {
  @Override
  public int examples() {
    return 0;
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    return new Evaluation(Double.NaN, Double.NaN);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    throw new UnsupportedOperationException("a mean over no examples has no derivative");
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    throw new UnsupportedOperationException("a mean over no examples has no gradient");
  }

  @Override
  public void close() {
    // holds nothing
  }
}
