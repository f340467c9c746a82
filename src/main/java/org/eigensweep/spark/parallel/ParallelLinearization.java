package org.eigensweep.spark.parallel;

import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;

/**
 * A parallel objective at one θ. The executors cache what products need. The broadcast of θ stays
 * until this is closed, so that a task can linearise again after its executor was lost.
 */
final class ParallelLinearization implements Linearization {
  private final ParallelObjective objective;
  private final Broadcast<LinearizationPoint> point;
  private final Scope scope;
  private final Matrix gradient;
  private final Evaluation evaluation;

  /**
   * Linearises.
   *
   * @param point destroyed on close, or if linearising fails
   */
  ParallelLinearization(ParallelObjective objective, Broadcast<LinearizationPoint> point) {
    this.objective = objective;
    this.point = point;
    this.scope = objective.device().open();
    this.gradient = scope.matrix(objective.parameters(), 1);
    try {
      Mean mean = objective.linearize(point);
      gradient.write(mean.vectors());
      this.evaluation = mean.evaluation();
    } catch (Throwable e) { // Spark throws checked exceptions that Scala does not declare
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
    objective.multiply(Linearization::hessianProduct, point, block, product);
  }

  @Override
  public void gaussNewtonProduct(Matrix block, Matrix product) {
    objective.multiply(Linearization::gaussNewtonProduct, point, block, product);
  }

  @Override
  public void close() {
    scope.close();
    point.destroy();
  }
}
