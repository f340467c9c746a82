package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Map;
import org.eigensweep.linalg.Stop;

/**
 * Everything observed at one point θ_t of a trajectory, for every rank up to the number of tracked
 * pairs. The gradient g is that of the full training set; Δ is the displacement θ_{t+1}−θ_t made
 * from here, after projection. Pairs are in leading order.
 *
 * @param step t, updates made before this point
 * @param phase trunk or branch
 * @param trainLoss mean loss over the training set, with the L2 term
 * @param trainAccuracy share of training examples whose largest output is their class, in [0, 1]
 * @param testLoss mean loss over the test set, without the L2 term
 * @param testAccuracy the same share over the test set
 * @param gradientNorm ‖g‖
 * @param outsideNorm ‖r‖ of the gradient's part r outside of all pairs
 * @param rounding length up to which a part of the gradient may be nothing but rounding
 * @param updateNorm ‖Δ‖; NaN at the last point of a trial, from which no step is made
 * @param outsideDotUpdate ⟨r, Δ⟩; NaN where Δ is missing
 * @param eigenvalues λ_i of the Hessian, one a pair
 * @param residuals measured ‖Hu_i−λ_i u_i‖ relative to the largest |λ|, one a pair
 * @param gradientDots ⟨u_i, g⟩, one a pair
 * @param updateDots ⟨u_i, Δ⟩, one a pair; NaN where Δ is missing
 * @param products Hessian-vector products spent on this point's eigenpairs
 * @param stop how they were found; null where nothing was measured
 * @param following rank → how the space that steers was followed since the row before this one,
 *     this point's step included
 * @param distance ‖θ_t−θ_s‖ from the switch point s; NaN in the trunk
 * @param minibatchLoss loss over the mini-batch of the step made from here, at θ_t; NaN at the last
 *     point
 * @param seconds wall-clock time from the start of the trial to the end of this point's step
 */
@SuppressWarnings("ArrayRecordComponent") // written to tables, never compared
public record Measurement(
    int step,
    Phase phase,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double gradientNorm,
    double outsideNorm,
    double rounding,
    double updateNorm,
    double outsideDotUpdate,
    double[] eigenvalues,
    double[] residuals,
    double[] gradientDots,
    double[] updateDots,
    int products,
    Stop stop,
    Map<Integer, SteeringAccount> following,
    double distance,
    double minibatchLoss,
    double seconds)
    implements Serializable {

  /**
   * The row of the step at which a trial diverged, where nothing was measured: all numbers are NaN,
   * and there are no pairs.
   *
   * @param step t, updates made before this point
   * @param phase trunk or branch
   * @param following how the spaces that steer were followed since the row before
   * @param seconds wall-clock time from the start of the trial
   */
  public static Measurement ofNothing(
      int step, Phase phase, Map<Integer, SteeringAccount> following, double seconds) {
    double none = Double.NaN;
    double[] pairs = {};
    return new Measurement(
        step, phase, none, none, none, none, none, none, none, none, none, pairs, pairs, pairs,
        pairs, 0, null, following, none, none, seconds);
  }

  /** The same point of a trial whose clock had run so long when this part of it began. */
  public Measurement later(double started) {
    return new Measurement(
        step,
        phase,
        trainLoss,
        trainAccuracy,
        testLoss,
        testAccuracy,
        gradientNorm,
        outsideNorm,
        rounding,
        updateNorm,
        outsideDotUpdate,
        eigenvalues,
        residuals,
        gradientDots,
        updateDots,
        products,
        stop,
        following,
        distance,
        minibatchLoss,
        started + seconds);
  }

  /** How the space of a rank was followed since the row before; nothing where it was not. */
  public SteeringAccount following(int rank) {
    return following.getOrDefault(rank, SteeringAccount.NOTHING);
  }

  /** Alignment χ_k(g) = ‖P_k g‖/‖g‖ with the k leading eigenvectors; NaN where g is zero. */
  public double gradientAlignment(int k) {
    return has(k) ? Alignment.of(gradientDots, k, gradientNorm) : Double.NaN;
  }

  /** Alignment χ_k(Δ) = ‖P_k Δ‖/‖Δ‖; NaN where Δ is missing or zero. */
  public double updateAlignment(int k) {
    return has(k) ? Alignment.of(updateDots, k, updateNorm) : Double.NaN;
  }

  /** ⟨u, g⟩/‖g‖ with the eigenvector of a pair, counted from 0; NaN where g is zero. */
  public double cosine(int pair) {
    return Alignment.cosine(gradientDots[pair], gradientNorm);
  }

  /**
   * Effective learning rate in the dominant space, −⟨Δ, P_k g⟩/‖P_k g‖²; NaN where Δ is missing or
   * P_k g is rounding.
   */
  public double dominantLearningRate(int k) {
    return has(k)
        ? learningRate(sum(updateDots, gradientDots, 0, k), sum(gradientDots, gradientDots, 0, k))
        : Double.NaN;
  }

  /**
   * Effective learning rate in the bulk, −⟨Δ, (I−P_k)g⟩/‖(I−P_k)g‖²; NaN where Δ is missing or
   * (I−P_k)g is rounding.
   *
   * <p>Both sums add up what lies outside of all pairs and what lies along the pairs after k. The
   * difference ‖g‖² − ‖P_k g‖² would have no digits left where χ is near one: float32 keeps seven,
   * and the squares agree in the first six where ‖(I−P_k)g‖ is a thousandth of ‖g‖.
   */
  public double bulkLearningRate(int k) {
    if (!has(k)) {
      return Double.NaN;
    }
    int pairs = gradientDots.length;
    return learningRate(
        outsideDotUpdate + sum(updateDots, gradientDots, k, pairs),
        outsideNorm * outsideNorm + sum(gradientDots, gradientDots, k, pairs));
  }

  private boolean has(int k) {
    return k <= gradientDots.length;
  }

  private double learningRate(double dotUpdate, double square) {
    double length = Math.sqrt(square);
    return length > rounding && Double.isFinite(length) ? -dotUpdate / square : Double.NaN;
  }

  private static double sum(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
