package org.eigensweep.network;

import java.util.function.Function;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/**
 * Hessian products of an objective, and the differences of its gradient that they are compared to.
 */
public record Derivatives(Function<Device, Objective> objectives, Device device, Scope scope) {
  public Derivatives(Network network, Dataset data, Device device, Scope scope) {
    this(place -> network.objective(place, data, Samples.PASSES), device, scope);
  }

  public double[] gradient(Matrix theta) {
    try (Objective objective = objectives.apply(device);
        Linearization here = objective.linearize(theta)) {
      return here.gradient().toDoubles();
    }
  }

  /** The products with a block, n × m. */
  public Matrix product(Matrix theta, Matrix block) {
    Matrix product = scope.matrix(block.rows(), block.columns());
    try (Objective objective = objectives.apply(device);
        Linearization here = objective.linearize(theta)) {
      here.hessianProduct(block, product);
    }
    return product;
  }

  /** The whole Hessian, n × n. */
  public Matrix hessian(Matrix theta) {
    int n = theta.rows();
    Matrix identity = scope.zeros(n, n);
    for (int i = 0; i < n; i++) {
      device.fill(1, identity.view((long) i * n + i, 1, 1));
    }
    return product(theta, identity);
  }

  /** (∇L(θ+hv) − ∇L(θ−hv))/2h. */
  public double[] difference(Matrix theta, Matrix v, double h) {
    try (Scope temporary = device.open();
        Objective objective = objectives.apply(device)) {
      Matrix shifted = temporary.matrix(theta.rows(), 1);
      Matrix difference = temporary.zeros(theta.rows(), 1);
      for (int sign : new int[] {1, -1}) {
        device.copy(theta, shifted);
        device.axpy(sign * h, v, shifted);
        try (Linearization there = objective.linearize(shifted)) {
          device.axpy(sign / (2 * h), there.gradient(), difference);
        }
      }
      return difference.toDoubles();
    }
  }
}
