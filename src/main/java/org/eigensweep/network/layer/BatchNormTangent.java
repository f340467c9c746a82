package org.eigensweep.network.layer;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
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
      Matrix input = inputTangents == null ? null : pass.of(inputTangents, j);
      singles.add(new Single(direction, input, out));
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
    private final Device device = pass.output().device();

    /** ẋ; null where the input is the data, which do not move. */
    private final Matrix input;

    /** γ's tangent. */
    private final Matrix gamma;

    /** ⟨ẋ⟩. */
    private final Matrix mean = pass.column(scope);

    /** ⟨x̂·ẋ⟩. */
    private final Matrix stretch = pass.column(scope);

    /** γ̇ − γ·s·⟨x̂·ẋ⟩, with which the tangent of the output contains x̂. */
    private final Matrix turn = pass.column(scope);

    /** ⟨ġ⟩. */
    private final Matrix upstreamMean = pass.column(scope);

    /** The tangent of ⟨x̂·g⟩. */
    private final Matrix correlation = pass.column(scope);

    private Matrix upstream;

    Single(Matrix direction, Matrix input, Matrix output) {
      int count = channels.count();
      this.input = input;
      this.gamma = affine.gammaTangent(direction, count, scope);
      device.copy(gamma, turn);
      if (input == null) {
        device.fill(0, mean);
        device.fill(0, stretch);
        channels.scale(1, gamma, pass.normal(), 0, output);
      } else {
        channels.sum(pass.share(), input, mean);
        channels.dot(pass.share(), pass.normal(), input, 0, stretch);
        device.multiply(-1, pass.slope(), stretch, 1, turn);
        channels.scale(1, pass.slope(), input, 0, output);
        channels.scale(1, turn, pass.normal(), 1, output);
      }
      try (Scope temporary = device.open()) {
        Matrix shift = pass.column(temporary);
        device.copy(affine.betaTangent(direction, count, temporary), shift);
        device.multiply(-1, pass.slope(), mean, 1, shift);
        channels.shift(1, shift, output);
      }
    }

    void backward(Matrix gradientTangent, Matrix product) {
      upstream = gradientTangent;
      channels.sum(1, upstream, upstreamMean);
      channels.dot(1, pass.normal(), upstream, 0, correlation);
      if (input != null) {
        addMoved();
      }
      affine.add(correlation, upstreamMean, product);
      device.scale(pass.share(), upstreamMean);
      device.scale(pass.share(), correlation);
    }

    /** Adds Σ g times x̂'s tangent, which is s·Σ P(g)·ẋ. */
    private void addMoved() {
      try (Scope temporary = device.open()) {
        Matrix dots = pass.column(temporary);
        channels.dot(1, pass.projected(), input, 0, dots);
        device.multiply(1, pass.inverse(), dots, 1, correlation);
      }
    }

    /**
     * out ← the tangent of γ·s·(g − ⟨g⟩ − x̂·⟨x̂·g⟩), by what the numbers of each channel multiply:
     * ġ, P(g), ẋ, x̂ and 1.
     */
    void inputGradient(Matrix out) {
      try (Scope temporary = device.open()) {
        Matrix numbers = pass.column(temporary);
        Matrix bent = pass.column(temporary); // s·⟨x̂·g⟩
        device.multiply(pass.inverse(), pass.correlation(), bent);
        channels.scale(1, pass.slope(), upstream, 0, out);
        device.multiply(pass.inverse(), turn, numbers);
        channels.scale(1, numbers, pass.projected(), 1, out);
        device.multiply(pass.slope(), bent, numbers);
        channels.scale(-1, numbers, input, 1, out);
        device.multiply(stretch, bent, numbers);
        device.axpy(-1, correlation, numbers);
        device.multiply(pass.slope(), numbers, numbers);
        channels.scale(1, numbers, pass.normal(), 1, out);
        device.multiply(mean, bent, numbers);
        device.axpy(-1, upstreamMean, numbers);
        device.multiply(pass.slope(), numbers, numbers);
        channels.shift(1, numbers, out);
      }
    }
  }
}
