package org.eigensweep.network.generated;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;

/** An objective that is wrong on purpose. */
record Mutated(Objective objective, Mutation mutation) implements Objective {
  @Override
  public Device device() {
    return objective.device();
  }

  @Override
  public int parameters() {
    return objective.parameters();
  }

  @Override
  public int examples() {
    return objective.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    return objective.evaluate(theta);
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new At(objective.linearize(theta), mutation);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    return objective.minibatchGradient(theta, examples, gradient);
  }

  @Override
  public void close() {
    objective.close();
  }

  private record At(Linearization here, Mutation mutation) implements Linearization {
    At {
      if (mutation == Mutation.GRADIENT) {
        here.gradient().device().scale(1 + mutation.by(), here.gradient());
      }
    }

    @Override
    public Evaluation evaluation() {
      Evaluation right = here.evaluation();
      double off = mutation == Mutation.LOSS ? mutation.by() : 0;
      return new Evaluation(right.loss() + off, right.accuracy());
    }

    @Override
    public Matrix gradient() {
      return here.gradient();
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      here.hessianProduct(block, product);
      Device device = product.device();
      if (mutation == Mutation.PRODUCT) {
        device.scale(1 + mutation.by(), product);
      } else if (mutation == Mutation.LINEARITY) {
        for (int j = 0; j < block.columns(); j++) {
          double square = Math.pow(device.norm(block.column(j)), 2);
          device.axpy(mutation.by() * square, block.column(j), product.column(j));
        }
      }
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      here.gaussNewtonProduct(block, product);
    }

    @Override
    public void close() {
      here.close();
    }
  }
}
