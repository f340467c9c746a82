package org.eigensweep.experiment.walk;

import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.curvature.Parabola;
import org.eigensweep.experiment.sweep.Problem;

/**
 * ½·Σ aᵢθᵢ² in float64, from one start for all seeds.
 *
 * @param curvatures aᵢ
 * @param from θ at the start
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ParabolaProblem(double[] curvatures, double[] from) implements Problem {
  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public MatrixSource start(long seed) {
    return new HostMatrix.Doubles(from.length, 1, from);
  }

  @Override
  public Objective train(Device device) {
    return new Parabola(device, curvatures);
  }

  @Override
  public Objective test(Device device) {
    return new Parabola(device, curvatures);
  }
}
