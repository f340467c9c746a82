package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.linalg.SpaceOverlap;

/**
 * Everything observed at one point θ_t of a trajectory, for every rank k up to the number of
 * tracked pairs. g is the gradient of the training loss, Δ the displacement θ_{t+1}−θ_t made from
 * here, after projection, and P_k projects on the k leading eigenvectors.
 *
 * @param step t, updates made before this point
 * @param phase trunk or branch
 * @param train over the training set, the loss with its L2 term
 * @param test over the test set, the loss without it
 * @param pairs the leading eigenpairs
 * @param gradient g
 * @param made the step made from here; nothing of it at the last point of a trial
 * @param overlaps lag → overlap of the leading spaces with those so many steps ago; a lag for which
 *     there is none, or that was not asked for, is absent
 * @param noise the covariance of the mini-batch gradient
 * @param stabilityThreshold λ above which the base optimiser is unstable on a quadratic; NaN where
 *     it has none
 * @param following rank → how the space that steers was followed since the row before this one,
 *     this point's step included
 * @param distances how far the point is from others
 * @param seconds wall-clock time from the start of the trial to the end of this point's step
 * @param spectrum the whole spectrum, where it was asked for
 */
public record Measurement(
    int step,
    Phase phase,
    Evaluation train,
    Evaluation test,
    Pairs pairs,
    FullGradient gradient,
    StepTaken made,
    Map<Integer, SpaceOverlap> overlaps,
    GradientNoise noise,
    double stabilityThreshold,
    Map<Integer, SteeringAccount> following,
    Distances distances,
    double seconds,
    PointSpectrum spectrum)
    implements Serializable {
  private static final Evaluation UNKNOWN = new Evaluation(Double.NaN, Double.NaN);

  /** A point whose whole spectrum was not measured. */
  public Measurement(
      int step,
      Phase phase,
      Evaluation train,
      Evaluation test,
      Pairs pairs,
      FullGradient gradient,
      StepTaken made,
      Map<Integer, SpaceOverlap> overlaps,
      GradientNoise noise,
      double stabilityThreshold,
      Map<Integer, SteeringAccount> following,
      Distances distances,
      double seconds) {
    this(
        step,
        phase,
        train,
        test,
        pairs,
        gradient,
        made,
        overlaps,
        noise,
        stabilityThreshold,
        following,
        distances,
        seconds,
        PointSpectrum.NONE);
  }

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
    return new Measurement(
        step,
        phase,
        UNKNOWN,
        UNKNOWN,
        Pairs.NONE,
        FullGradient.MISSING,
        StepTaken.none(0),
        Map.of(),
        GradientNoise.unknown(0),
        Double.NaN,
        following,
        Distances.UNKNOWN,
        seconds);
  }

  /** The same point of a trial whose clock had run so long when this part of it began. */
  public Measurement later(double started) {
    return new Measurement(
        step,
        phase,
        train,
        test,
        pairs,
        gradient,
        made,
        overlaps,
        noise,
        stabilityThreshold,
        following,
        distances,
        started + seconds,
        spectrum);
  }

  /** ‖θ_t−θ_s‖ from the switch point s; NaN in the trunk. */
  public double distance() {
    return distances.fromSwitch();
  }

  /** How the space of a rank was followed since the row before; nothing where it was not. */
  public SteeringAccount following(int rank) {
    return following.getOrDefault(rank, SteeringAccount.NOTHING);
  }

  /** Mean loss over the training set, with the L2 term. */
  public double trainLoss() {
    return train.loss();
  }

  /** Mean loss over the test set, without the L2 term. */
  public double testLoss() {
    return test.loss();
  }

  /** ‖g‖. */
  public double gradientNorm() {
    return gradient.along().norm();
  }

  /** ‖Δ‖; NaN where Δ is missing. */
  public double updateNorm() {
    return made.update().norm();
  }

  /** Loss over the mini-batch of the step made from here, at θ_t; NaN where Δ is missing. */
  public double minibatchLoss() {
    return made.minibatchLoss();
  }

  /** The loss change by the step made from here, taken apart. */
  public LossTerms lossTerms() {
    return new LossTerms(pairs, gradient, made);
  }

  /** L(θ_{t+1}) − L(θ_t); NaN where Δ is missing, or where loss changes are partial. */
  public double lossChange() {
    return made.lossAfter() - trainLoss();
  }

  /** The largest eigenvalue among the pairs; NaN where there are none. */
  public double sharpness() {
    return Arrays.stream(eigenvalues()).max().orElse(Double.NaN);
  }

  /** λ_i of the Hessian, one a pair. */
  public double[] eigenvalues() {
    return pairs.eigenvalues();
  }

  /** Alignment χ_k(g); NaN where g is zero. */
  public double gradientAlignment(int k) {
    return gradient.along().alignment(k);
  }

  /** Alignment χ_k(Δ); NaN where Δ is missing or zero. */
  public double updateAlignment(int k) {
    return made.update().alignment(k);
  }

  /**
   * Effective learning rate in the dominant space, −⟨Δ, P_k g⟩/‖P_k g‖²; NaN where Δ is missing or
   * P_k g is rounding.
   */
  public double dominantLearningRate(int k) {
    Components g = gradient.along();
    return has(k) ? learningRate(made.update().dot(g, 0, k), g.dot(g, 0, k)) : Double.NaN;
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
    Components g = gradient.along();
    double outside = gradient.outsideNorm();
    return learningRate(
        made.outsideDotUpdate() + made.update().dot(g, k, g.pairs()),
        outside * outside + g.dot(g, k, g.pairs()));
  }

  private boolean has(int k) {
    return k <= pairs.count();
  }

  private double learningRate(double dotUpdate, double square) {
    double length = Math.sqrt(square);
    return length > gradient.rounding() && Double.isFinite(length)
        ? -dotUpdate / square
        : Double.NaN;
  }
}
