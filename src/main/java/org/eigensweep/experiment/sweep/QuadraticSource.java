package org.eigensweep.experiment.sweep;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.quadratic.Quadratic;

/**
 * A quadratic loss that is not drawn yet.
 *
 * @param eigenvalues of its Hessian, in any order
 * @param basis how the eigenvectors lie
 * @param start where all trials start, along the eigenvectors
 * @param examples number of examples whose mean it is
 * @param coupling c: the losses of even and odd examples differ by ±c·z₁z₂ from the mean, with the
 *     coordinates along the first two eigenvectors
 * @param noise standard deviation of the examples' gradients along each eigenvector, without that
 *     of the coupling
 * @param seed of eigenvectors and noise
 * @param precision format of all arithmetic
 */
public record QuadraticSource(
    List<Double> eigenvalues,
    Basis basis,
    List<Double> start,
    int examples,
    double coupling,
    List<Double> noise,
    long seed,
    Precision precision)
    implements ProblemSource {
  public QuadraticSource {
    eigenvalues = List.copyOf(eigenvalues);
    start = List.copyOf(start);
    noise = List.copyOf(noise);
  }

  @Override
  public long parameters() {
    return eigenvalues.size();
  }

  /** Whether a seed has a say in it. */
  boolean isRandom() {
    return basis == Basis.RANDOM || noise.stream().anyMatch(deviation -> deviation != 0);
  }

  /**
   * Draws it.
   *
   * @param hadoop not used: nothing is read
   */
  @Override
  public QuadraticProblem load(Configuration hadoop) {
    return new QuadraticProblem(
        this, Quadratic.of(eigenvalues, basis, examples, coupling, noise, seed));
  }
}
