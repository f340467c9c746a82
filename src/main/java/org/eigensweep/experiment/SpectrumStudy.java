package org.eigensweep.experiment;

import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.HessianOperator;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.BlockKrylov;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.HutchPlusPlus;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.StochasticLanczos;
import org.eigensweep.linalg.TraceEstimate;

/** Measures the Hessian of an objective at one point. */
public final class SpectrumStudy {
  private SpectrumStudy() {}

  /**
   * Linearises once, and takes leading pairs, trace and density from it.
   *
   * @param objective the loss
   * @param point parameters, n × 1
   * @param request what is asked
   * @throws org.eigensweep.linalg.NotFiniteException if loss, gradient or a product is not finite
   */
  public static Spectrum of(Objective objective, HostMatrix point, SpectrumRequest request) {
    Device device = objective.device();
    try (Scope scope = device.open();
        Linearization here = objective.linearize(scope.copyOf(point))) {
      Frame.requireFinite(here.evaluation().loss(), "the training loss");
      HessianOperator hessian = new HessianOperator(here);
      Eigenspace space =
          new BlockKrylov(request.eigenspace(), RandomStream.SOLVER.of(request.seed()))
              .solve(hessian, scope);
      TraceEstimate trace =
          HutchPlusPlus.estimate(
              hessian, request.traceProducts(), RandomStream.TRACE.of(request.seed()));
      SpectralDensity density =
          StochasticLanczos.density(
              hessian,
              request.densitySteps(),
              request.densityVectors(),
              RandomStream.DENSITY.of(request.seed()));
      return new Spectrum(
          here.evaluation(),
          device.norm(here.gradient()),
          space.values(),
          space.residuals(),
          cosines(space, here.gradient()),
          space.products(),
          space.stop(),
          trace,
          density,
          point,
          space.vectors().toHost());
    }
  }

  private static double[] cosines(Eigenspace space, Matrix gradient) {
    Device device = gradient.device();
    double norm = device.norm(gradient);
    double[] cosines = new double[space.values().length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = device.dot(space.vectors().column(i), gradient) / norm;
    }
    return cosines;
  }
}
