package org.eigensweep.experiment.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.junit.jupiter.api.Test;

/** How many products a network's ten leading pairs take from its gradient. */
class FewProductsTest extends OnFloat64Device {
  private static final int PAIRS = 10;
  private static final double TOLERANCE = 1e-4;

  private static ThickRestartLanczos solver(double tolerance, long seed) {
    SolverSettings settings = new SolverSettings(PAIRS, tolerance, Which.LARGEST, 2000);
    return new ThickRestartLanczos(settings, new SplittableRandom(seed));
  }

  /**
   * An MLP that has learned digits for a while has ten outliers. The reference is solved to 1e-9
   * from another random vector alone.
   */
  @Test
  void takesFewForTheOutliersOfATrainedNetwork() {
    Dataset digits = new GeneratedDigits(500, 10, 0).load(new Configuration()).train();
    Mlp mlp = new Mlp(List.of(20), Activation.TANH, Initialization.PYTORCH);
    Network network = Network.of(mlp, digits.shape(), digits.classes(), Loss.MSE);
    try (Objective objective =
        network.objective(device, digits, new PassSettings(16L << 20, 1L << 30, 1000))) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
      train(objective, theta);
      try (Linearization here = objective.linearize(theta)) {
        var hessian = CurvatureMatrix.HESSIAN.at(here);
        Eigenspace found = solver(TOLERANCE, 1).solve(hessian, here.gradient(), scope);
        Eigenspace exact = solver(1e-9, 2).solve(hessian, scope);
        assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
        // residuals bound errors of values to second order where there is a gap, to first anywhere
        double most = TOLERANCE * exact.values()[0];
        assertThat(found.values()).containsExactly(exact.values(), within(most));
        // eleven for ten outliers, some to converge, and a check
        assertThat(found.products()).isLessThanOrEqualTo(25);
      }
    }
  }

  private void train(Objective objective, Matrix theta) {
    int[] all = IntStream.range(0, objective.examples()).toArray();
    Matrix update = scope.matrix(theta.rows(), 1);
    for (int step = 0; step < 200; step++) {
      objective.minibatchGradient(theta, all, update);
      device.axpy(-0.1, update, theta);
    }
  }
}
