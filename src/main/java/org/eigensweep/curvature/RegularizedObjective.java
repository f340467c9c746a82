package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;

/**
 * An objective with a quadratic term: L(θ) + ½·Σ cᵢθᵢ². The gradient gains c ⊙ θ, the Hessian
 * diag(c). So does the Gauss–Newton matrix: the term is the squared error of outputs √cᵢ·θᵢ, which
 * are linear in θ. The term belongs to the mean as a whole, so a mini-batch has all of it, whatever
 * its size. Accuracy is that of the objective within.
 */
public final class RegularizedObjective implements Objective {
  private final Objective data;
  private final Scope scope;
  private final Matrix coefficients;

  /**
   * Adds the term.
   *
   * @param data L, closed with this
   * @param coefficients c, n × 1
   * @throws IllegalArgumentException if there are not as many coefficients as parameters
   */
  public RegularizedObjective(Objective data, MatrixSource coefficients) {
    if (coefficients.rows() != data.parameters() || coefficients.columns() != 1) {
      throw new IllegalArgumentException(
          "%d x %d coefficients of a quadratic term, expected %d x 1, one a parameter"
              .formatted(coefficients.rows(), coefficients.columns(), data.parameters()));
    }
    this.data = data;
    this.scope = data.device().open();
    this.coefficients = scope.copyOf(coefficients);
  }

  @Override
  public Device device() {
    return data.device();
  }

  @Override
  public int parameters() {
    return data.parameters();
  }

  @Override
  public int examples() {
    return data.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    return withTerm(data.evaluate(theta), theta);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    double loss = data.minibatchGradient(theta, examples, gradient);
    addWeighted(theta, gradient);
    return loss + term(theta);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new Regularized(theta);
  }

  private Evaluation withTerm(Evaluation evaluation, Matrix theta) {
    return new Evaluation(evaluation.loss() + term(theta), evaluation.accuracy());
  }

  /** ½·Σ cᵢθᵢ². */
  private double term(Matrix theta) {
    try (Scope temporary = device().open()) {
      Matrix weighted = temporary.zeros(parameters(), 1);
      addWeighted(theta, weighted);
      return device().dot(theta, weighted) / 2;
    }
  }

  /** sum ← sum + diag(c)·block. */
  private void addWeighted(Matrix block, Matrix sum) {
    device().multiply(1, block, coefficients, 1, sum);
  }

  @Override
  public void close() {
    scope.close();
    data.close();
  }

  /** The objective within at one θ, and the term there. */
  private final class Regularized implements Linearization {
    private final Linearization within;
    private final Scope own;
    private final Matrix gradient;
    private final Evaluation evaluation;

    Regularized(Matrix theta) {
      this.within = data.linearize(theta); // before anything is held that its failure would leave
      this.own = device().open();
      try {
        this.gradient = own.matrix(parameters(), 1);
        device().copy(within.gradient(), gradient);
        addWeighted(theta, gradient);
        this.evaluation = withTerm(within.evaluation(), theta);
      } catch (RuntimeException | Error e) { // memory may run out
        close();
        throw e;
      }
    }

    @Override
    public Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      within.hessianProduct(block, product);
      addWeighted(block, product);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      within.gaussNewtonProduct(block, product);
      addWeighted(block, product);
    }

    @Override
    public void close() {
      own.close();
      within.close();
    }
  }
}
