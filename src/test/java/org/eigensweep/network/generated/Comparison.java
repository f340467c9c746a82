package org.eigensweep.network.generated;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigensweep.linalg.Stop;
import org.eigensweep.network.generated.Outcome.Fault;
import org.eigensweep.network.generated.Outcome.Kind;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Numbers beside those of DL4J's score.
 *
 * @param found the project's
 * @param known DL4J's
 */
record Comparison(Answer.Numbers found, Expectation.Known known) {
  /** The first that is wrong by more than its bound. */
  Optional<Fault> fault() {
    return parameters()
        .or(this::loss)
        .or(this::gradient)
        .or(this::product)
        .or(this::exactness)
        .or(this::eigenvalues)
        .or(this::trace);
  }

  private static Optional<Fault> unless(boolean right, Kind kind, String text) {
    return right ? Optional.empty() : Optional.of(new Fault(kind, text));
  }

  private String word() {
    return (found.exact() ? "exact" : "differences") + (found.single() ? ", float32" : "");
  }

  private Optional<Fault> parameters() {
    return unless(
        found.parameters().length == known.gradient().length,
        Kind.PARAMETERS,
        "%s: %d parameters, DL4J has %d"
            .formatted(word(), found.parameters().length, known.gradient().length));
  }

  /**
   * Sums of a few hundred terms: rounding of 1e-13, or of 1e-5 in float32. DL4J adds 1e-10 to a
   * probability before it takes the logarithm.
   */
  private Optional<Fault> loss() {
    double bound = (found.single() ? 1e-5 : 2e-10) * (1 + Math.abs(known.loss()));
    return unless(
        Math.abs(found.loss() - known.loss()) <= bound,
        Kind.LOSS,
        "%s: loss %.10g, DL4J's score %.10g".formatted(word(), found.loss(), known.loss()));
  }

  /**
   * The oracle's error, and float32's rounding after some layers. DL4J's own gradients hold a few
   * constants, such as α of the leaky ReLU, in float32: 6e-8 of a gradient.
   */
  private Optional<Fault> gradient() {
    double scale = 1 + Arrays.stream(known.gradient()).map(Math::abs).max().orElse(0);
    double bound =
        2 * known.gradientError() + (found.single() ? 1e-4 : found.exact() ? 1e-8 : 1e-7) * scale;
    for (int i = 0; i < known.gradient().length; i++) {
      if (!(Math.abs(found.gradient()[i] - known.gradient()[i]) <= bound)) {
        return unless(
            false,
            Kind.GRADIENT,
            "%s: gradient[%d] is %.8g, the slope of DL4J's score %.8g ± %.1g"
                .formatted(word(), i, found.gradient()[i], known.gradient()[i], bound));
      }
    }
    return Optional.empty();
  }

  /**
   * The bound of an entry: the oracle's error, and ours. Exact products have rounding alone, those
   * of differences about nine digits of the curvature and the noise of a gradient, both with a
   * hundred to spare; products in float32 half of float32's digits.
   */
  private double bound() {
    double ours = found.single() ? 1e-3 : found.exact() ? 1e-9 : 1e-6;
    return 3 * known.hessianError() + ours * (1 + known.scale());
  }

  private Optional<Fault> product() {
    double[][] h = known.hessian();
    for (int j = 0; j < h.length; j++) {
      for (int i = 0; i < h.length; i++) {
        if (!(Math.abs(found.hessian()[i][j] - h[i][j]) <= bound())) {
          return unless(
              false,
              Kind.PRODUCT,
              "%s: H[%d][%d] is %.8g, of differences of %s %.8g ± %.1g"
                  .formatted(
                      word(),
                      i,
                      j,
                      found.hessian()[i][j],
                      known.fromGradient() ? "DL4J's gradient" : "DL4J's score",
                      h[i][j],
                      bound()));
        }
      }
    }
    return Optional.empty();
  }

  /** A linear map has rounding alone, 1e-16 or 6e-8 of some hundred terms. */
  private Optional<Fault> exactness() {
    double bound = found.single() ? 1e-3 : 1e-11;
    return unless(
        !found.exact() || known.scale() < 1e-6 || found.nonlinearity() <= bound,
        Kind.EXACTNESS,
        "said to be exact, ‖H(v+w) − Hv − Hw‖ is %.2g of ‖H(v+w)‖".formatted(found.nonlinearity()));
  }

  private RealMatrix block() {
    List<Integer> at = found.coordinates();
    RealMatrix block = MatrixUtils.createRealMatrix(at.size(), at.size());
    for (int i = 0; i < at.size(); i++) {
      for (int j = 0; j < at.size(); j++) {
        double symmetric =
            (known.hessian()[at.get(i)][at.get(j)] + known.hessian()[at.get(j)][at.get(i)]) / 2;
        block.setEntry(i, j, symmetric);
      }
    }
    return block;
  }

  /** Weyl: entries off by ε move eigenvalues by at most n·ε, and a residual r by at most r. */
  private Optional<Fault> eigenvalues() {
    if (found.stop() != Stop.CONVERGED && found.stop() != Stop.SPACE_EXHAUSTED) {
      return Optional.empty(); // not converged is data
    }
    double[] all = new EigenDecompositionSymmetric(block()).getEigenvalues();
    double largest = Arrays.stream(all).map(Math::abs).max().orElse(0);
    for (int k = 0; k < found.eigenvalues().length; k++) {
      double bound = all.length * bound() + 2 * found.residuals()[k] * largest;
      double expected = leading(all, k);
      if (!(Math.abs(found.eigenvalues()[k] - expected) <= bound)) {
        return unless(
            false,
            Kind.EIGENVALUES,
            "%s: eigenvalue %d of coordinates %s is %.8g, of the dense matrix %.8g ± %.1g"
                .formatted(
                    word(), k, found.coordinates(), found.eigenvalues()[k], expected, bound));
      }
    }
    return Optional.empty();
  }

  /** The k-th in the order that was asked for. */
  private double leading(double[] all, int k) {
    return found.byMagnitude() ? byMagnitude(all, k) : byValue(all, k);
  }

  private static double byValue(double[] all, int k) {
    return Arrays.stream(all).boxed().sorted((a, b) -> Double.compare(b, a)).toList().get(k);
  }

  private double byMagnitude(double[] all, int k) {
    List<Double> sorted =
        Arrays.stream(all)
            .boxed()
            .sorted((a, b) -> Double.compare(Math.abs(b), Math.abs(a)))
            .toList();
    double found = this.found.eigenvalues()[k];
    double expected = sorted.get(k);
    // pairs ±λ tie: either may come first
    return Math.signum(found) == Math.signum(expected) ? expected : tied(sorted, k, found);
  }

  private double tied(List<Double> sorted, int k, double found) {
    for (double other : sorted) {
      boolean ties =
          Math.abs(Math.abs(other) - Math.abs(sorted.get(k))) <= 2 * bound() * sorted.size();
      if (ties && Math.signum(other) == Math.signum(found)) {
        return other;
      }
    }
    return sorted.get(k);
  }

  private Optional<Fault> trace() {
    double expected = block().getTrace();
    double bound = found.coordinates().size() * bound();
    return unless(
        Math.abs(found.trace() - expected) <= bound,
        Kind.TRACE,
        "%s: trace %.8g, of the dense matrix %.8g ± %.1g"
            .formatted(word(), found.trace(), expected, bound));
  }
}
