package org.eigensweep.network.layer;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Tangents on their way through batch normalisation; the names are those of {@link BatchNorm}. Not
 * a {@link TangentPass}: the sums over a channel serve both of its terms.
 */
final class BatchNormTangent implements LayerTangent {
  private final BatchNorm.Pass pass;
  private final Channels channels;
  private final Affine affine;
  private final Scope scope;
  private final Matrix output;
  private final List<Single> singles = new ArrayList<>();

  /**
   * Passes the tangents forward.
   *
   * @param pass the group of examples
   * @param directions tangents of the parameters
   * @param inputTangents as in {@link LayerPass#tangent}
   * @param scope owner of the tangents
   */
  BatchNormTangent(
      BatchNorm.Pass pass, TangentBlock directions, Matrix inputTangents, Scope scope) {
    this.pass = pass;
    this.channels = pass.rule().channels();
    this.affine = pass.rule().affine();
    this.scope = scope;
    this.output = scope.matrix(pass.output().rows(), pass.examples() * directions.count());
    for (int j = 0; j < directions.count(); j++) {
      Matrix direction = pass.rule().part(directions, j);
      Matrix out = pass.of(output, j);
      singles.add(
          inputTangents == null
              ? new Single(direction, out)
              : new Single(direction, pass.of(inputTangents, j), out));
    }
  }

  @Override
  public Matrix output() {
    return output;
  }

  @Override
  public void backward(Matrix gradientTangents, TangentBlock products) {
    for (int j = 0; j < singles.size(); j++) {
      Matrix product = pass.rule().part(products, j);
      singles.get(j).backward(pass.of(gradientTangents, j), product);
    }
  }

  @Override
  public Matrix inputGradientTangents() {
    Matrix tangents = scope.matrix(output.rows(), output.columns());
    for (int j = 0; j < singles.size(); j++) {
      singles.get(j).inputGradient(pass.of(tangents, j));
    }
    return tangents;
  }

  /** One tangent. */
  private final class Single {
    /** ẋ; null where the input is the data, which do not move. */
    private final Matrix input;

    /** γ's tangent. */
    private final double[] gamma;

    /** ⟨ẋ⟩. */
    private final double[] mean;

    /** ⟨x̂·ẋ⟩. */
    private final double[] stretch;

    private Matrix upstream;

    /** ⟨ġ⟩. */
    private double[] upstreamMean;

    /** The tangent of ⟨x̂·g⟩. */
    private double[] correlation;

    Single(Matrix direction, Matrix output) {
      this.input = null;
      this.gamma = affine.gammaTangent(direction, channels);
      this.mean = channels.each(c -> 0);
      this.stretch = channels.each(c -> 0);
      channels.scale(gamma, pass.normal(), output);
      channels.shift(affine.betaTangent(direction, channels), output);
    }

    Single(Matrix direction, Matrix input, Matrix output) {
      this.input = input;
      this.gamma = affine.gammaTangent(direction, channels);
      double[] sums = channels.sums(input);
      double[] dots = channels.dots(pass.normal(), input);
      this.mean = channels.each(c -> sums[c] / pass.terms());
      this.stretch = channels.each(c -> dots[c] / pass.terms());
      double[] slope = pass.slope();
      double[] beta = affine.betaTangent(direction, channels);
      channels.scale(slope, input, output);
      channels.addScaled(
          channels.each(c -> gamma[c] - slope[c] * stretch[c]), pass.normal(), output);
      channels.shift(channels.each(c -> beta[c] - slope[c] * mean[c]), output);
    }

    void backward(Matrix gradientTangent, Matrix product) {
      upstream = gradientTangent;
      double[] sums = channels.sums(upstream);
      double[] dots = channels.dots(pass.normal(), upstream);
      double[] moved = moved();
      double[] byGamma = channels.each(c -> dots[c] + moved[c]);
      affine.add(byGamma, sums, product);
      upstreamMean = channels.each(c -> sums[c] / pass.terms());
      correlation = channels.each(c -> byGamma[c] / pass.terms());
    }

    /** Σ g times x̂'s tangent, which is s·Σ P(g)·ẋ. */
    private double[] moved() {
      if (input == null) {
        return channels.each(c -> 0);
      }
      double[] dots = channels.dots(pass.projected(), input);
      return channels.each(c -> pass.inverse()[c] * dots[c]);
    }

    /**
     * out ← the tangent of γ·s·(g − ⟨g⟩ − x̂·⟨x̂·g⟩), by what the numbers of each channel multiply:
     * P(g), ġ, ẋ, x̂ and 1.
     */
    void inputGradient(Matrix out) {
      double[] s = pass.inverse();
      double[] slope = pass.slope();
      double[] b = pass.correlation();
      channels.scale(slope, upstream, out);
      channels.addScaled(
          channels.each(c -> s[c] * (gamma[c] - slope[c] * stretch[c])), pass.projected(), out);
      channels.addScaled(channels.each(c -> -slope[c] * s[c] * b[c]), input, out);
      channels.addScaled(
          channels.each(c -> slope[c] * (s[c] * stretch[c] * b[c] - correlation[c])),
          pass.normal(),
          out);
      channels.shift(channels.each(c -> slope[c] * (s[c] * b[c] * mean[c] - upstreamMean[c])), out);
    }
  }
}
