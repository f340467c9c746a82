package org.eigensweep.network.saved;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.network.Samples;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.LayerPass;
import org.eigensweep.network.layer.LayerTangent;
import org.eigensweep.network.layer.TangentBlock;

/**
 * One layer under the loss Σ c_i·y_i + ½·a_i·y_i² of its outputs y, with random c and a that are
 * the same for each example, as a function of z: the layer's parameters, then its input, example
 * after example. The input of a first layer is data and no part of z. Every derivative of a layer
 * enters the gradient Jᵀ(c + a ⊙ y), the products of the Hessian, or those of JᵀAJ with A =
 * diag(a).
 */
public final class LayerFunction {
  private final Layer layer;
  private final Device device;
  private final int features;
  private final int examples;
  private final double[] data;
  private final double[] mask;

  private LayerFunction(
      Layer layer, Device device, int features, int examples, double[] data, double[] mask) {
    this.layer = layer;
    this.device = device;
    this.features = features;
    this.examples = examples;
    this.data = data;
    this.mask = mask;
  }

  /** A layer behind others. */
  public static LayerFunction behind(Layer layer, Device device, int features, int examples) {
    return new LayerFunction(layer, device, features, examples, new double[0], new double[0]);
  }

  /** A first layer. */
  public static LayerFunction first(Layer layer, Device device, int features, double... data) {
    int examples = data.length / features;
    return new LayerFunction(layer, device, features, examples, data, new double[0]);
  }

  /** The same with padding. */
  public LayerFunction masked(double... by) {
    return new LayerFunction(layer, device, features, examples, data, by);
  }

  /** Numbers of z. */
  public int size() {
    return layer.parameters() + inputs();
  }

  /** Numbers of the input that are a part of z. */
  private int inputs() {
    return data.length > 0 ? 0 : features * examples;
  }

  public double[] outputs(double[] z) {
    try (Scope scope = device.open()) {
      return forward(z, scope).output().toDoubles();
    }
  }

  double loss(double[] z) {
    double[] y = outputs(z);
    double[] c = slopes(y.length);
    double[] a = curvatures(y.length);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += c[i] * y[i] + a[i] * y[i] * y[i] / 2;
    }
    return sum;
  }

  private double[] slopes(int outputs) {
    return everyExample(outputs, 21);
  }

  /** The diagonal of A. */
  double[] curvatures(int outputs) {
    return everyExample(outputs, 22);
  }

  private double[] everyExample(int outputs, long seed) {
    double[] one = Samples.normal(outputs / examples, 1, seed).values();
    double[] all = new double[outputs];
    Arrays.setAll(all, i -> one[i % one.length]);
    return all;
  }

  public double[] gradient(double[] z) {
    try (Scope scope = device.open()) {
      Matrix gradient = scope.zeros(Math.max(1, layer.parameters()), 1);
      LayerPass pass = backward(z, gradient, scope);
      return joined(gradient, 1, inputs() == 0 ? null : pass.inputGradient());
    }
  }

  /** The Hessian's products with a block of m directions, column after column. */
  public double[] hessianProducts(double[] z, double[] block, int m) {
    try (Scope scope = device.open()) {
      LayerPass pass = ready(z, scope);
      LayerTangent tangent = tangent(pass, block, m, scope);
      Matrix products = scope.zeros(Math.max(1, layer.parameters()), m);
      tangent.backward(curved(tangent.output(), m, scope), new TangentBlock(products, 0));
      return joined(products, m, inputs() == 0 ? null : tangent.inputGradientTangents());
    }
  }

  /** The products of JᵀAJ with a block of m directions, column after column. */
  public double[] gaussNewtonProducts(double[] z, double[] block, int m) {
    try (Scope scope = device.open()) {
      LayerPass pass = ready(z, scope);
      Matrix cotangents = curved(tangent(pass, block, m, scope).output(), m, scope);
      Matrix products = scope.zeros(Math.max(1, layer.parameters()), m);
      pass.addParameterCotangents(cotangents, new TangentBlock(products, 0));
      return joined(products, m, inputs() == 0 ? null : pass.inputCotangents(cotangents, scope));
    }
  }

  private LayerPass forward(double[] z, Scope scope) {
    Matrix theta = null;
    if (layer.parameters() > 0) {
      theta = matrix(layer.parameters(), Arrays.copyOf(z, layer.parameters()), scope);
    }
    double[] input = inputs() == 0 ? data : Arrays.copyOfRange(z, layer.parameters(), z.length);
    Matrix columns = matrix(layer.rows(features), input, scope);
    if (mask.length == 0) {
      return layer.forward(theta, columns, scope);
    }
    return layer.forward(theta, columns, matrix(mask.length / examples, mask, scope), scope);
  }

  private static Matrix matrix(int rows, double[] values, Scope scope) {
    Matrix matrix = scope.matrix(rows, values.length / rows);
    matrix.write(values);
    return matrix;
  }

  private LayerPass backward(double[] z, Matrix gradient, Scope scope) {
    LayerPass pass = forward(z, scope);
    double[] y = pass.output().toDoubles();
    double[] upstream = slopes(y.length);
    double[] a = curvatures(y.length);
    for (int i = 0; i < y.length; i++) {
      upstream[i] += a[i] * y[i];
    }
    pass.backward(matrix(pass.output().rows(), upstream, scope), gradient);
    return pass;
  }

  /** A pass with everything behind it that derivatives may ask for. */
  private LayerPass ready(double[] z, Scope scope) {
    LayerPass pass = backward(z, scope.zeros(Math.max(1, layer.parameters()), 1), scope);
    if (inputs() > 0) {
      pass.inputGradient();
    }
    return pass;
  }

  private LayerTangent tangent(LayerPass pass, double[] block, int m, Scope scope) {
    double[] moved = new double[inputs() * m];
    for (int j = 0; j < m; j++) {
      System.arraycopy(block, j * size() + layer.parameters(), moved, j * inputs(), inputs());
    }
    Matrix tangents = inputs() == 0 ? null : matrix(layer.rows(features), moved, scope);
    return pass.tangent(new TangentBlock(matrix(size(), block, scope), 0), tangents, scope);
  }

  /** A times tangents of the outputs. */
  private Matrix curved(Matrix tangents, int m, Scope scope) {
    double[] values = tangents.toDoubles();
    double[] a = curvatures(values.length / m);
    for (int i = 0; i < values.length; i++) {
      values[i] *= a[i % a.length];
    }
    return matrix(tangents.rows(), values, scope);
  }

  /** What came out by the parameters and by the input, as m columns like z. */
  private double[] joined(Matrix byParameters, int m, Matrix byInput) {
    int parameters = layer.parameters();
    double[] result = new double[size() * m];
    for (int j = 0; j < m; j++) {
      System.arraycopy(byParameters.toDoubles(), j * parameters, result, j * size(), parameters);
      if (byInput != null) {
        System.arraycopy(
            byInput.toDoubles(), j * inputs(), result, j * size() + parameters, inputs());
      }
    }
    return result;
  }
}
