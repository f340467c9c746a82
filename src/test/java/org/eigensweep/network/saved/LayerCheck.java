package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import org.eigensweep.network.Samples;

/** What holds for the derivatives of every layer, checked against central differences. */
public final class LayerCheck {
  private static final int DIRECTIONS = 3;

  private LayerCheck() {}

  /** A layer with third derivatives: differences of the gradient are off by a multiple of h². */
  public static void curved(LayerFunction f, double[] z) {
    everywhere(f, z);
    double[] v = Samples.normal(f.size(), 1, 31).values();
    double[] exact = f.hessianProducts(z, v, 1);
    double coarse = Samples.relativeError(difference(f::gradient, z, v, 2e-3), exact);
    double fine = Samples.relativeError(difference(f::gradient, z, v, 1e-3), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    double finest = Samples.relativeError(difference(f::gradient, z, v, 1e-5), exact);
    // third derivatives of some hundreds times h², and u/h
    assertThat(finest).isLessThan(1e-7);
  }

  /** A layer that is linear in z, or in both of two parts of it: the loss is a polynomial. */
  public static void linear(LayerFunction f, double[] z) {
    everywhere(f, z);
    double[] v = Samples.normal(f.size(), 1, 31).values();
    double[] exact = f.hessianProducts(z, v, 1);
    // differences are off by the rounding u/h alone
    double[] difference = difference(f::gradient, z, v, 1e-3);
    assertThat(Samples.relativeError(difference, exact)).isLessThan(1e-11);
  }

  private static void everywhere(LayerFunction f, double[] z) {
    int n = f.size();
    double[] gradient = new double[n];
    double[][] jacobian = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      // h² times a third derivative and u/h, both some 1e-10
      gradient[i] = difference(x -> new double[] {f.loss(x)}, z, unit, 1e-5)[0];
      jacobian[i] = difference(f::outputs, z, unit, 1e-5);
    }
    assertThat(Samples.relativeError(f.gradient(z), gradient)).isLessThan(1e-8);
    double[] block = Samples.normal(n, DIRECTIONS, 32).values();
    double[] products = f.gaussNewtonProducts(z, block, DIRECTIONS);
    double[] hessian = f.hessianProducts(z, block, DIRECTIONS);
    for (int j = 0; j < DIRECTIONS; j++) {
      double[] v = Arrays.copyOfRange(block, j * n, (j + 1) * n);
      double[] product = Arrays.copyOfRange(products, j * n, (j + 1) * n);
      assertThat(Samples.relativeError(product, around(jacobian, f, v))).isLessThan(1e-8);
      double[] alone = f.hessianProducts(z, v, 1);
      double[] together = Arrays.copyOfRange(hessian, j * n, (j + 1) * n);
      // the same sums, cut elsewhere
      assertThat(Samples.relativeError(together, alone)).isLessThan(1e-13);
    }
  }

  /** JᵀAJv of a Jacobian whose rows are the outputs' derivatives by one number each. */
  private static double[] around(double[][] jacobian, LayerFunction f, double[] v) {
    int outputs = jacobian[0].length;
    double[] a = f.curvatures(outputs);
    double[] product = new double[v.length];
    for (int o = 0; o < outputs; o++) {
      double tangent = 0;
      for (int i = 0; i < v.length; i++) {
        tangent += jacobian[i][o] * v[i];
      }
      for (int i = 0; i < v.length; i++) {
        product[i] += jacobian[i][o] * a[o] * tangent;
      }
    }
    return product;
  }

  /** (f(z + hv) − f(z − hv))/2h. */
  private static double[] difference(
      Function<double[], double[]> f, double[] z, double[] v, double h) {
    double[] above = f.apply(shifted(z, v, h));
    double[] below = f.apply(shifted(z, v, -h));
    double[] result = new double[above.length];
    Arrays.setAll(result, i -> (above[i] - below[i]) / (2 * h));
    return result;
  }

  private static double[] shifted(double[] z, double[] v, double h) {
    double[] result = new double[z.length];
    Arrays.setAll(result, i -> z[i] + h * v[i]);
    return result;
  }
}
