package org.eigensweep.linalg;

import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The projection of a vector on the leading space, and how far one on a space may be off whose
 * pairs have residuals within a tolerance.
 *
 * <p>A pair (θᵢ, u) with residual ε‖A‖ holds of an eigenvector j at most xᵢⱼ = ε‖A‖/|λⱼ − θᵢ|, and
 * all of it if the two values cannot be told apart. To first order the projection of v changes by
 * √(Σⱼvⱼ²xᵢⱼ²) at most along eigenvector i, and by |vᵢ|·maxⱼ xᵢⱼ at most out of the space for each
 * i; to second order it loses |vᵢ|·maxⱼ xᵢⱼ² along i. A factor of 2 covers what the orders leave
 * out, that θᵢ is itself off, and that vectors in a cluster are mixed. Where the space is not
 * defined at all, so these are the changes between all spaces that are within the tolerance.
 *
 * @param values all eigenvalues, in leading order
 * @param parts the coefficients of v/‖v‖ along their eigenvectors
 * @param along how far the projection may be off along each of the first k
 * @param out how far out of the space
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record ProjectionBand(
    RealMatrix vectors, double[] values, double[] parts, double[] along, double out) {
  static ProjectionBand of(SymmetricMatrix matrix, SolverSettings settings, RealVector v) {
    int n = matrix.size();
    int k = settings.pairs();
    double[] values = matrix.leadingValues(n, settings.which());
    RealMatrix vectors = matrix.leadingVectors(n, settings.which());
    double[] parts = vectors.preMultiply(v.mapDivide(v.getNorm()).toArray());
    double blur = settings.tolerance() * matrix.norm();
    double[] along = new double[k];
    double out = 0;
    for (int i = 0; i < k; i++) {
      double gained = 0;
      double most = 0;
      for (int j = k; j < n; j++) {
        double x = held(values[i], values[j], blur, settings);
        gained += parts[j] * parts[j] * x * x;
        most = Math.max(most, x);
      }
      along[i] = 2 * (Math.sqrt(gained) + Math.abs(parts[i]) * most * most);
      out += 2 * Math.abs(parts[i]) * most;
    }
    return new ProjectionBand(vectors, values, parts, along, out);
  }

  private static double held(double in, double out, double blur, SolverSettings settings) {
    double lead = settings.which() == Which.LARGEST ? in - out : Math.abs(in) - Math.abs(out);
    // k values are each within √k·ε‖A‖ of those that their pairs belong to (Kahan)
    return lead <= 2 * Math.sqrt(settings.pairs()) * blur
        ? 1
        : Math.min(1, blur / Math.abs(in - out));
  }

  /** χ of the leading space. */
  double chi() {
    double square = 0;
    for (int i = 0; i < along.length; i++) {
      square += parts[i] * parts[i];
    }
    return Math.sqrt(square);
  }

  /** How far χ may be off: along the projection to first order, by all of it to second. */
  double chiSlack() {
    double change = 0;
    for (int i = 0; i < along.length; i++) {
      change += 2 * Math.abs(parts[i]) * along[i] + along[i] * along[i];
    }
    return chi() == 0 ? Math.sqrt(change) : Math.min(Math.sqrt(change), change / chi());
  }

  /**
   * The size of a difference between a projection and the true one, over ‖v‖: each part weighed
   * with how many times as large it comes back in the next gradient, ηλ, where that is more than
   * one. All that lies outside has the weight of the first eigenvalue there.
   */
  double weighed(RealVector difference, double learningRate) {
    double[] off = vectors.preMultiply(difference).toArray();
    double square = 0;
    for (int j = 0; j < off.length; j++) {
      square += Math.pow(weight(j, learningRate) * off[j], 2);
    }
    return Math.sqrt(square);
  }

  /** The largest such size within the tolerance. */
  double weighedSlack(double learningRate) {
    double square = out == 0 ? 0 : Math.pow(weight(along.length, learningRate) * out, 2);
    for (int i = 0; i < along.length; i++) {
      square += Math.pow(weight(i, learningRate) * along[i], 2);
    }
    return Math.sqrt(square);
  }

  private double weight(int j, double learningRate) {
    int k = along.length;
    double value = j < k ? Math.abs(values[j]) : values[k];
    return Math.max(1, learningRate * value);
  }
}
