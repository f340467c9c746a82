package org.eigensweep.experiment.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.Alignment;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.walk.Frame;
import org.eigensweep.linalg.BlockKrylov;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.HutchPlusPlus;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.StochasticLanczos;
import org.eigensweep.linalg.TraceEstimate;

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
      Frame.requireFinite(here.evaluation().loss(), "the training loss");
      return new SpectrumStudy(subject, request, here, scope).measure(point);
    }
  }

  private Spectrum measure(HostMatrix point) {
    LinearOperator operator = operator(subject.block());
    Matrix gradient = subject.block().of(here.gradient(), scope);
    double gradientNorm = gradient.device().norm(gradient);
    Frame.requireFinite(gradientNorm, "the gradient norm");
    Eigenspace space = solve(operator, request.eigenspace(), 0, scope);
    SpectralDensity density =
        StochasticLanczos.density(
            operator,
            request.densitySteps(),
            request.densityVectors(),
            RandomStream.DENSITY.of(request.seed()));
    return new Spectrum(
        subject,
        here.evaluation(),
        gradientNorm,
        space.values(),
        space.residuals(),
        cosines(space, gradient, gradientNorm),
        space.products(),
        space.stop(),
        energy(space.vectors()),
        trace(operator, 0),
        density,
        layers(),
        point,
        space.vectors().toHost());
  }

  private LinearOperator operator(Block block) {
    return block.of(subject.matrix().at(here));
  }

  /** Each solve and each trace of a study has a stream of its own, by its place. */
  private Eigenspace solve(LinearOperator operator, SolverSettings settings, int place, Scope own) {
    return new BlockKrylov(settings, RandomStream.SOLVER.of(request.seed(), place))
        .solve(operator, own);
  }

  private TraceEstimate trace(LinearOperator operator, int place) {
    return HutchPlusPlus.estimate(
        operator, request.traceProducts(), RandomStream.TRACE.of(request.seed(), place));
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

  private List<LayerSpectrum> layers() {
    SolverSettings asked = request.eigenspace();
    SolverSettings one =
        new SolverSettings(1, asked.tolerance(), asked.which(), asked.maxProducts());
    List<LayerSpectrum> layers = new ArrayList<>();
    for (Block layer : subject.layers()) {
      int place = layers.size() + 1;
      LinearOperator operator = operator(layer);
      try (Scope own = operator.device().open()) {
        Eigenspace space = solve(operator, one, place, own);
        layers.add(
            new LayerSpectrum(
                layer.name(),
                layer.size(),
                space.values()[0],
                space.residuals()[0],
                space.products(),
                space.stop(),
                trace(operator, place)));
      }
    }
    return layers;
  }

  private static double[] cosines(Eigenspace space, Matrix gradient, double norm) {
    Device device = gradient.device();
    return Arrays.stream(device.dots(space.vectors(), gradient))
        .map(dot -> Alignment.cosine(dot, norm))
        .toArray();
  }
}
