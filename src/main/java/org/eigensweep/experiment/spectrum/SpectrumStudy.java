package org.eigensweep.experiment.spectrum;

import java.util.Optional;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SpectralDensity;

/** Measures the curvature of an objective at one point. */
public final class SpectrumStudy {
  private final SpectrumSubject subject;
  private final SpectrumRequest request;
  private final Linearization here;
  private final Scope scope;

  private SpectrumStudy(
      SpectrumSubject subject, SpectrumRequest request, Linearization here, Scope scope) {
    this.subject = subject;
    this.request = request;
    this.here = here;
    this.scope = scope;
  }

  /**
   * Linearises once, and takes leading pairs, energy, trace and density from it.
   *
   * @param objective the loss
   * @param point parameters, n × 1
   * @param subject which matrix, and which block of it
   * @param request what is asked
   * @throws org.eigensweep.linalg.NotFiniteException if loss, gradient or a product is not finite
   * @throws UnsupportedOperationException if the matrix is that of Gauss and Newton and the
   *     objective has no products with it
   */
  public static Spectrum of(
      Objective objective, HostMatrix point, SpectrumSubject subject, SpectrumRequest request) {
    try (Scope scope = objective.device().open();
        Linearization here = objective.linearize(scope.copyOf(point))) {
      NotFiniteException.require(here.evaluation().loss(), "the training loss");
      return new SpectrumStudy(subject, request, here, scope).measure(point);
    }
  }

  private Spectrum measure(HostMatrix point) {
    BlockEstimates estimates = new BlockEstimates(subject.matrix().at(here), request);
    Matrix gradient = subject.block().of(here.gradient(), scope);
    double gradientNorm = gradient.device().norm(gradient);
    NotFiniteException.require(gradientNorm, "the gradient norm");
    Eigenspace space = estimates.pairs(subject.block(), gradient, scope);
    SpectralDensity density = estimates.density(subject.block());
    return new Spectrum(
        subject,
        here.evaluation(),
        gradientNorm,
        space.values(),
        space.residuals(),
        BlockEstimates.cosines(space, gradient, gradientNorm),
        space.products(),
        space.stop(),
        energy(space.vectors()),
        estimates.trace(subject.block()),
        density,
        estimates.layers(subject.layers(), here.gradient()),
        point,
        space.vectors().toHost());
  }

  private Optional<EnergyShare> energy(Matrix vectors) {
    try {
      Block block = subject.block();
      return Optional.of(
          EnergyShare.of(
              block.of(CurvatureMatrix.GGN.at(here)),
              block.of(CurvatureMatrix.HESSIAN.at(here)),
              vectors));
    } catch (UnsupportedOperationException noGaussNewtonProducts) {
      return Optional.empty();
    }
  }
}
