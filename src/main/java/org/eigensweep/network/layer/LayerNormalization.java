package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Normalises each position: y = γ ⊙ n + β with its {@link Standardized} values n (Ba, Kiros and
 * Hinton, Layer Normalization, 2016). Its parameters are γ, then β.
 *
 * <p>With g = γ ⊙ ∂L/∂y and the r, A of {@link Standardized}, ∂L/∂x = r·Ag. The tangent of that is
 * (ṙ/r)·∂L/∂x + r·(Aġ − n·mean(ṅ ⊙ g) − ṅ·mean(n ⊙ g)).
 *
 * @param width values of a position
 * @param epsilon what is added to the variance
 */
public record LayerNormalization(int width, double epsilon) implements Layer {
  @Override
  public int parameters() {
    return 2 * width;
  }

  @Override
  public int rows(int features) {
    return width;
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  private Matrix gains(TangentBlock block, int tangent) {
    return block.part(tangent, 0, width, 1);
  }

  private Matrix shifts(TangentBlock block, int tangent) {
    return block.part(tangent, width, width, 1);
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  private final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final int columns;
    private final Matrix gains;
    private final Standardized standardized;
    private final Matrix normal;
    private final Matrix output;
    private Matrix outputGradient;
    private Matrix inputGradient;
    private Matrix gradientOverlaps;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.scope = scope;
      this.columns = input.columns();
      this.gains = theta.view(0, width, 1);
      this.standardized = new Standardized(input, epsilon, scope);
      this.normal = standardized.normal();
      this.output = scope.matrix(width, columns);
      device.multiply(normal, gains, output);
      device.spreadEach(1, shared(theta.view(width, width, 1)), 1, shared(output));
    }

    @Override
    public Matrix output() {
      return output;
    }

    /** One tangent's columns of a block. */
    private Matrix columns(Matrix block, int tangent) {
      return block.columns(tangent * columns, columns);
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      outputGradient = gradientOfOutput;
      addParameterCotangents(outputGradient, new TangentBlock(gradient, 0));
      inputGradient = scope.matrix(width, columns);
      gradientOverlaps = scope.matrix(1, columns);
      device.multiply(outputGradient, gains, inputGradient);
      standardized.project(inputGradient, 0, gradientOverlaps);
    }

    @Override
    public Matrix inputGradient() {
      return inputGradient;
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      for (int j = 0; j < products.count(); j++) {
        Matrix mine = columns(outputCotangents, j);
        device.sumProducts(1, mine, normal, 1, gains(products, j));
        device.sumEach(1, shared(mine), 1, shared(shifts(products, j)));
      }
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.matrix(width, outputCotangents.columns());
      device.multiply(outputCotangents, gains, cotangents);
      try (Scope temporary = device.open()) {
        Matrix overlaps = temporary.matrix(1, columns);
        for (int j = 0; j < outputCotangents.columns() / columns; j++) {
          standardized.project(columns(cotangents, j), 0, overlaps);
        }
      }
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope) {
      return new Tangent(this, directions, inputTangents, scope);
    }
  }

  private final class Tangent extends TangentPass {
    private final Pass pass;
    private final TangentBlock directions;
    private final Matrix normals;
    private final Matrix stretches;

    Tangent(Pass pass, TangentBlock directions, Matrix inputTangents, Scope scope) {
      super(pass, directions.count(), scope);
      this.pass = pass;
      this.directions = directions;
      int all = output().columns();
      this.normals = scope.matrix(width, all);
      this.stretches = scope.matrix(1, all);
      device.copy(inputTangents == null ? scope.zeros(width, all) : inputTangents, normals);
      for (int j = 0; j < directions.count(); j++) {
        forward(j);
      }
    }

    /** ṅ in place of ẋ, −ṙ/r, and ẏ = γ ⊙ ṅ + γ̇ ⊙ n + β̇. */
    private void forward(int j) {
      Matrix normals = columns(this.normals, j);
      Matrix stretch = columns(stretches, j);
      pass.standardized.project(normals, 0, stretch);
      device.multiply(stretch, pass.standardized.inverse(), stretch);
      Matrix out = columns(output(), j);
      device.multiply(normals, pass.gains, out);
      device.multiply(1, pass.normal, gains(directions, j), 1, out);
      device.spreadEach(1, shared(shifts(directions, j)), 1, shared(out));
    }

    @Override
    void addMovedGradients(TangentBlock products) {
      for (int j = 0; j < products.count(); j++) {
        Matrix mine = columns(normals, j);
        device.sumProducts(1, pass.outputGradient, mine, 1, gains(products, j));
      }
    }

    /** Both terms at once, since one projection serves them. */
    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = scope.matrix(width, normals.columns());
      device.multiply(outputGradientTangents(), pass.gains, tangents);
      try (Scope temporary = device.open()) {
        Matrix gradient = temporary.matrix(width, pass.columns);
        device.multiply(pass.outputGradient, pass.gains, gradient);
        for (int j = 0; j < directions.count(); j++) {
          finish(j, gradient, columns(tangents, j), temporary);
        }
      }
      return tangents;
    }

    /** Takes one tangent from γ ⊙ (∂L/∂y)˙ to (∂L/∂x)˙. */
    private void finish(int j, Matrix gradient, Matrix tangent, Scope temporary) {
      Standardized standardized = pass.standardized;
      Matrix normals = columns(this.normals, j);
      Matrix overlaps = temporary.matrix(1, pass.columns);
      device.multiply(1, pass.outputGradient, gains(directions, j), 1, tangent);
      standardized.addMeans(normals, gradient, 0, overlaps);
      standardized.project(tangent, 1, overlaps);
      device.multiply(pass.gradientOverlaps, standardized.inverse(), overlaps);
      device.multiply(-1, normals, overlaps, 1, tangent);
      device.multiply(-1, pass.inputGradient, columns(stretches, j), 1, tangent);
    }
  }
}
