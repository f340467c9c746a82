package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The trace of an operator by Hutch++ (Meyer, Musco, Musco and Woodruff, SOSA 2021, Algorithm 1):
 * exactly on a space Q that a random sketch AS spans, and by Hutchinson's estimator (Commun. Stat.
 * Simul. Comput. 19, 1990) on the rest, where the eigenvalues that made it noisy are gone: tr A =
 * tr QᵀAQ + E gᵀ(I−QQᵀ)A(I−QQᵀ)g for g of independent random signs.
 *
 * <p>Q does not depend on the vectors g, so that given Q the terms of the second part are
 * independent, of one distribution and unbiased: the standard error is that of their mean, from
 * their own sample variance. It holds for indefinite operators too, without any assumption on the
 * spectrum. With m probes it is itself known to about 1/√(2m), and better for the many small
 * eigenvalues of a bulk than for a few large ones that the sketch has missed.
 */
public final class HutchPlusPlus {
  /**
   * Probes below which there is no sketch, and the products all go to Hutchinson's estimator: the
   * standard error of ten is off by a quarter as a rule, and that of fewer would not deserve its
   * name.
   */
  private static final int FEWEST_PROBES = 10;

  /**
   * Vectors multiplied at a time: enough to keep the products' matrix kernels busy, while the
   * memory that a product takes stays bounded.
   */
  private static final int BLOCK = 8;

  private final LinearOperator operator;
  private final Device device;
  private final RandomGenerator random;

  private HutchPlusPlus(LinearOperator operator, RandomGenerator random) {
    this.operator = operator;
    this.device = operator.device();
    this.random = random;
  }

  /**
   * Estimates a trace. A third of the products each goes to the sketch, to its image and to the
   * probes, as in Algorithm 1, and what is left over to the probes. Fewer than thirty products all
   * go to probes (Hutchinson's estimator), and as many as the operator has dimensions give its
   * diagonal, and so the trace itself. Keeps a third of the products as vectors in memory.
   *
   * @param operator a symmetric operator
   * @param products operator-vector products to spend, at least 2; no more than the operator's
   *     dimension are
   * @param random stream of sketch and probes, advanced
   * @throws IllegalArgumentException if there are too few products for a standard error
   * @throws NotFiniteException if a product is not finite
   */
  public static TraceEstimate estimate(
      LinearOperator operator, int products, RandomGenerator random) {
    if (products < 2) {
      throw new IllegalArgumentException(
          "a trace was asked of %d products, expected at least 2: one has no standard error"
              .formatted(products));
    }
    HutchPlusPlus run = new HutchPlusPlus(operator, random);
    TraceEstimate estimate =
        products >= operator.size() ? run.fromDiagonal() : run.fromSketch(products);
    if (!Double.isFinite(estimate.value())) {
      throw new NotFiniteException("a product of the operator");
    }
    return estimate;
  }

  private TraceEstimate fromDiagonal() {
    int n = operator.size();
    double sum = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int first = from;
      int count = Math.min(BLOCK, n - from);
      try (Scope scope = device.open()) {
        Matrix units = scope.zeros(n, count);
        for (int j = 0; j < count; j++) {
          device.fill(1, units.view((long) j * n + first + j, 1, 1));
        }
        sum += Arrays.stream(forms(units)).sum();
      }
    }
    return new TraceEstimate(sum, 0, n);
  }

  private TraceEstimate fromSketch(int products) {
    int width = products < 3 * FEWEST_PROBES ? 0 : products / 3;
    try (Scope scope = device.open()) {
      Matrix basis = width == 0 ? null : sketch(width, scope);
      double inside = 0;
      for (int from = 0; from < width; from += BLOCK) {
        Matrix part = basis.columns(from, Math.min(BLOCK, width - from));
        inside += Arrays.stream(forms(part)).sum();
      }
      double[] outside = probe(basis, products - 2 * width);
      double mean = Arrays.stream(outside).average().orElseThrow();
      double squares = Arrays.stream(outside).map(x -> (x - mean) * (x - mean)).sum();
      double error = Math.sqrt(squares / (outside.length - 1) / outside.length);
      return new TraceEstimate(inside + mean, error, products);
    }
  }

  /** An orthonormal basis of the span of AS, with S of independent normal numbers. */
  private Matrix sketch(int width, Scope scope) {
    Orthonormalizer orthonormalizer = new Orthonormalizer(random);
    Matrix basis = scope.matrix(operator.size(), width);
    for (int from = 0; from < width; from += BLOCK) {
      int count = Math.min(BLOCK, width - from);
      try (Scope temporary = device.open()) {
        Matrix start = temporary.matrix(operator.size(), count);
        orthonormalizer.fillRandom(start);
        operator.apply(start, basis.columns(from, count));
      }
    }
    orthonormalizer.orthonormalize(basis);
    return basis;
  }

  /** gᵀ(I−QQᵀ)A(I−QQᵀ)g for vectors g of random signs. */
  private double[] probe(Matrix basis, int probes) {
    double[] terms = new double[probes];
    for (int from = 0; from < probes; from += BLOCK) {
      int count = Math.min(BLOCK, probes - from);
      try (Scope scope = device.open()) {
        Matrix block = scope.matrix(operator.size(), count);
        block.write(signs(Math.toIntExact(block.size())));
        if (basis != null) {
          Orthonormalizer.project(block, basis);
        }
        System.arraycopy(forms(block), 0, terms, from, count);
      }
    }
    return terms;
  }

  private float[] signs(int count) {
    float[] signs = new float[count];
    for (int i = 0; i < count; i++) {
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    return signs;
  }

  /** xᵀAx for each column x. */
  private double[] forms(Matrix block) {
    try (Scope scope = device.open()) {
      Matrix image = scope.matrix(block.rows(), block.columns());
      operator.apply(block, image);
      return device.dots(block, image);
    }
  }
}
