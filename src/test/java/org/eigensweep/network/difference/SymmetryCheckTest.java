package org.eigensweep.network.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What of an asymmetry counts, where the products are given. */
class SymmetryCheckTest {
  private static final int N = 100;

  /**
   * Products v + share·Jv, with the J that turns every plane of two coordinates by a right angle.
   *
   * @param steps at which products were taken
   */
  private record Turned(double loss, double slope, double even, double odd, List<Double> steps)
      implements LossField {
    @Override
    public Point at(double[] theta) {
      double[] gradient = new double[N];
      gradient[0] = slope;
      return new Point(loss, gradient);
    }

    @Override
    public double[] product(double[] theta, double[] vector, double step) {
      steps.add(step);
      double[] product = new double[N];
      for (int i = 0; i < N; i += 2) {
        product[i] = even * vector[i] - odd * vector[i + 1];
        product[i + 1] = even * vector[i + 1] + odd * vector[i];
      }
      return product;
    }
  }

  private static double least(LossField field) {
    double[] theta = new double[N];
    return new SymmetryCheck(field, new Random(5)).least(theta, field.at(theta));
  }

  /**
   * Standard normal u and v have uᵀJv of about √N, at most 2.5 times that among six pairs in all
   * likelihood, and at least half of it; it counts twice. The size of products is √N too.
   */
  @Test
  void measuresWhatIsLeftOfASymmetricProduct() {
    List<Double> steps = new ArrayList<>();
    assertThat(least(new Turned(0, 0, 1, 1e-3, steps))).isBetween(1e-3, 5e-3);
    assertThat(steps).hasSize(4).containsOnly(LossField.step(new double[N]) / 16);
    steps.clear();
    assertThat(least(new Turned(0, 0, 1, 0.1, steps))).isBetween(0.1, 0.5);
    assertThat(steps).hasSize(3 * 4);
  }

  /**
   * Where there is no curvature but rounding, of a loss or a slope of 1e4 over a step: a hundred
   * times 1e-13·1e4/(step/16) is the size of a product of a unit vector. Products with J a
   * thousandth of that are to be taken for rounding, and tell their size nevertheless.
   */
  @Test
  void measuresAgainstWhatRoundingMakesOfAProduct() {
    double step = LossField.step(new double[N]) / 16;
    double rounding = 1e-13 * 1e4 / step / SymmetryCheck.ASYMMETRY;
    for (boolean ofLoss : new boolean[] {true, false}) {
      double loss = ofLoss ? -1e4 : 0;
      double slope = ofLoss ? 0 : 1e4;
      Turned turned = new Turned(loss, slope, 0, 1e-3 * rounding, new ArrayList<>());
      assertThat(least(turned)).isBetween(1e-3, 5e-3);
    }
    Turned both = new Turned(1e4, 1e4, 0, 2e-3 * rounding, new ArrayList<>());
    assertThat(least(both)).isBetween(1e-3, 5e-3);
  }

  @Test
  void findsNothingAsymmetricInNothing() {
    assertThat(least(new Turned(0, 0, 0, 0, new ArrayList<>()))).isZero();
  }
}
