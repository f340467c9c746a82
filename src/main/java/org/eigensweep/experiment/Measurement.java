package org.eigensweep.experiment;

import java.io.Serializable;

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
 * @param updateNorm ‖Δ‖; NaN at the last point of a trial, from which no step is made
 * @param gradientDotUpdate ⟨g, Δ⟩; NaN where Δ is missing
 * @param eigenvalues λ_i of the Hessian, one a pair
 * @param residuals measured ‖Hu_i−λ_i u_i‖ relative to the largest |λ|, one a pair
 * @param gradientDots ⟨u_i, g⟩, one a pair
 * @param updateDots ⟨u_i, Δ⟩, one a pair; NaN where Δ is missing
 * @param products Hessian-vector products spent on this point's eigenpairs
 * @param distance ‖θ_t−θ_s‖ from the switch point s; NaN in the trunk
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
    double updateNorm,
    double gradientDotUpdate,
    double[] eigenvalues,
    double[] residuals,
    double[] gradientDots,
    double[] updateDots,
    int products,
    double distance)
    implements Serializable {

  /** Alignment χ_k(g) = ‖P_k g‖/‖g‖ with the k leading eigenvectors. */
  public double gradientAlignment(int k) {
    return Math.sqrt(energy(gradientDots, gradientDots, k)) / gradientNorm;
  }

  /** Alignment χ_k(Δ) = ‖P_k Δ‖/‖Δ‖; NaN where Δ is missing. */
  public double updateAlignment(int k) {
    return Math.sqrt(energy(updateDots, updateDots, k)) / updateNorm;
  }

  /** Effective learning rate in the dominant space, −⟨Δ, P_k g⟩/‖P_k g‖². */
  public double dominantLearningRate(int k) {
    return -energy(updateDots, gradientDots, k) / energy(gradientDots, gradientDots, k);
  }

  /** Effective learning rate in the bulk, −⟨Δ, (I−P_k)g⟩/‖(I−P_k)g‖². */
  public double bulkLearningRate(int k) {
    double bulk = gradientNorm * gradientNorm - energy(gradientDots, gradientDots, k);
    return -(gradientDotUpdate - energy(updateDots, gradientDots, k)) / bulk;
  }

  private static double energy(double[] a, double[] b, int k) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
