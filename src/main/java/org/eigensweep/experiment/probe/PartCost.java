package org.eigensweep.experiment.probe;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a trunk or a branch costs, in seconds and Hessian-vector products. A look is a refresh of
 * the space that is measured, with what else belongs to its row.
 *
 * @param start seconds before the first step, and more than later ones of the first look
 * @param step seconds of a step
 * @param row seconds of a row without a look
 * @param look seconds of a look beyond the first
 * @param startProducts products of the first look
 * @param stepProducts products of a step
 * @param lookProducts products of a look beyond the first
 */
public record PartCost(
    double start,
    double step,
    double row,
    double look,
    double startProducts,
    double stepProducts,
    double lookProducts) {
  /** Seconds of so many steps, of which so many have a row alone and so many are looked at. */
  public double seconds(long steps, long rows, long looks) {
    return steps == 0 ? 0 : start + steps * step + rows * row + Math.max(0, looks - 1) * look;
  }

  /** Products of so many steps, of which so many are looked at. */
  public double products(long steps, long looks) {
    return steps == 0
        ? 0
        : startProducts + steps * stepProducts + Math.max(0, looks - 1) * lookProducts;
  }

  /** The same with steps that take so many seconds more, or less. */
  PartCost withStepLonger(double seconds) {
    return new PartCost(
        start, Math.max(0, step + seconds), row, look, startProducts, stepProducts, lookProducts);
  }

  /** The mean of what several saw. */
  static PartCost mean(List<PartCost> seen) {
    return new PartCost(
        mean(seen, PartCost::start),
        mean(seen, PartCost::step),
        mean(seen, PartCost::row),
        mean(seen, PartCost::look),
        mean(seen, PartCost::startProducts),
        mean(seen, PartCost::stepProducts),
        mean(seen, PartCost::lookProducts));
  }

  private static double mean(List<PartCost> seen, ToDoubleFunction<PartCost> number) {
    return seen.stream().mapToDouble(number).average().orElseThrow();
  }
}
