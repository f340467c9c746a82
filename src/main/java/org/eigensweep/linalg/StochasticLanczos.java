package org.eigensweep.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Spectral densities by stochastic Lanczos quadrature (Lin, Saad and Yang, SIAM Review 58, 2016;
 * for Hessians of networks Ghorbani, Krishnan and Xiao, ICML 2019, section 2). For a unit vector v,
 * the eigenvalues of the tridiagonal matrix of m Lanczos steps and the squared first components of
 * its eigenvectors are the Gauss quadrature of vᵀf(A)v, exact for polynomials f of degree up to 2m
 * − 1 (Golub and Meurant, Matrices, Moments and Quadrature, 2010, chapter 6). For v uniform on the
 * sphere, the expectation of vᵀf(A)v is tr f(A)/n, and its variance 2/(n + 2) times that of f over
 * the spectrum: few vectors are enough where n is large.
 *
 * <p>The basis is kept and every new vector made orthogonal to all of it, twice, as Ghorbani,
 * Krishnan and Xiao do: without that, copies of converged eigenvalues would appear.
 */
public final class StochasticLanczos {
  /**
   * Roundoffs, relative to the operator, below which the next vector is taken for rounding and the
   * space for invariant. A product is rounded by some units and by more in large operators, so a
   * breakdown may pass unseen: that costs products and nothing else, because what follows hardly
   * couples to the first vector and so has hardly any weight, but for repeating nodes that are
   * there. A wider margin would cut off bulks that are narrow beside the largest eigenvalue.
   */
  private static final int ROUNDOFFS = 16;

  private record Mass(double node, double weight) {}

  private final LinearOperator operator;
  private final Device device;
  private final Orthonormalizer orthonormalizer;
  private final List<Mass> masses = new ArrayList<>();
  private int products;

  private StochasticLanczos(LinearOperator operator, RandomGenerator random) {
    this.operator = operator;
    this.device = operator.device();
    this.orthonormalizer = new Orthonormalizer(random);
  }

  /**
   * Estimates the density of an operator's eigenvalues. An invariant space ends the steps of its
   * vector early: the quadrature of that vector is then exact for every f. Keeps as many vectors as
   * there are steps in memory.
   *
   * @param operator a symmetric operator
   * @param steps m, Lanczos steps a vector, at least 1; no more than the operator's dimension are
   *     made
   * @param vectors random vectors, at least 1
   * @param random stream of the vectors, advanced
   * @throws IllegalArgumentException if there are no steps or no vectors
   * @throws NotFiniteException if a product is not finite
   */
  public static SpectralDensity density(
      LinearOperator operator, int steps, int vectors, RandomGenerator random) {
    if (steps < 1 || vectors < 1) {
      throw new IllegalArgumentException(
          "a density was asked of %d Lanczos steps from %d vectors, expected at least 1 of each"
              .formatted(steps, vectors));
    }
    StochasticLanczos run = new StochasticLanczos(operator, random);
    try (Scope scope = operator.device().open()) {
      Matrix basis = scope.matrix(operator.size(), Math.min(steps, operator.size()));
      Matrix next = scope.matrix(operator.size(), 1);
      for (int i = 0; i < vectors; i++) {
        run.add(run.steps(basis, next), vectors);
      }
    }
    run.masses.sort(Comparator.comparingDouble(Mass::node));
    return new SpectralDensity(
        run.masses.stream().mapToDouble(Mass::node).toArray(),
        run.masses.stream().mapToDouble(Mass::weight).toArray(),
        run.products);
  }

  /** The quadrature of one vector, as a share of the whole. */
  private void add(Tridiagonal projected, int vectors) {
    int d = projected.dimension();
    DenseEigen eigen = DenseEigen.of(projected.entries(), d, Which.LARGEST);
    for (int i = 0; i < d; i++) {
      double first = eigen.vectors()[i * d];
      masses.add(new Mass(eigen.values()[i], first * first / vectors));
    }
  }

  /**
   * Lanczos steps from a random vector.
   *
   * @param basis n × m, overwritten
   * @param next n × 1, overwritten
   */
  private Tridiagonal steps(Matrix basis, Matrix next) {
    Tridiagonal projected = new Tridiagonal();
    orthonormalizer.fillRandom(next);
    double length = device.norm(next);
    for (int j = 0; j < basis.columns(); j++) {
      Matrix newest = basis.column(j);
      device.copy(next, newest);
      device.scale(1 / length, newest);
      operator.apply(newest, next);
      products++;
      projected.add(device.dot(newest, next));
      Matrix all = basis.columns(0, j + 1);
      Orthonormalizer.project(next, all);
      Orthonormalizer.project(next, all);
      length = device.norm(next);
      if (projected.endsBefore(length, ROUNDOFFS * device.precision().roundoff())) {
        return projected;
      }
      projected.couple(length);
    }
    return projected;
  }

  /** The symmetric tridiagonal matrix that Lanczos steps build, an entry at a time. */
  private static final class Tridiagonal {
    private final List<Double> diagonal = new ArrayList<>();
    private final List<Double> couplings = new ArrayList<>();
    private double scale;

    /** Adds a diagonal entry. */
    void add(double entry) {
      diagonal.add(finite(entry));
      scale = Math.max(scale, Math.abs(entry));
    }

    /** Couples the newest diagonal entry to the one that will come. */
    void couple(double entry) {
      couplings.add(finite(entry));
      scale = Math.max(scale, Math.abs(entry));
    }

    /** Whether a coupling is no more than a share of the largest entry so far. */
    boolean endsBefore(double coupling, double share) {
      return finite(coupling) <= share * scale;
    }

    private static double finite(double entry) {
      if (!Double.isFinite(entry)) {
        throw new NotFiniteException("a product of the operator");
      }
      return entry;
    }

    int dimension() {
      return diagonal.size();
    }

    /** The matrix, column-major; a coupling to an entry that never came is left out. */
    double[] entries() {
      int d = dimension();
      double[] entries = new double[d * d];
      for (int i = 0; i < d; i++) {
        entries[i + i * d] = diagonal.get(i);
      }
      for (int i = 0; i < d - 1; i++) {
        entries[i + 1 + i * d] = couplings.get(i);
        entries[i + (i + 1) * d] = couplings.get(i);
      }
      return entries;
    }
  }
}
