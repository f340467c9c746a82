package org.eigensweep.array.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions, checked against loops over doubles. */
class ConvolutionTest {
  private final OneDnn dnn = OneDnn.open().orElseThrow();
  private final Convolution convolution = new Convolution(dnn);

  @AfterEach
  void close() {
    dnn.close();
  }

  /** Images, outputs; channels, height, width; window; steps; above and left; positions. */
  @ParameterizedTest
  @CsvSource({
    "1,1, 1,1,1, 1,1, 1,1, 0,0, 1,1",
    "1,2, 1,5,5, 3,3, 1,1, 1,1, 5,5",
    "3,16, 3,6,4, 3,3, 1,1, 1,1, 6,4",
    "2,5, 2,5,7, 2,4, 1,1, 0,1, 5,7",
    "2,3, 2,3,3, 5,5, 1,1, 2,2, 3,3",
    "2,3, 3,1,4, 3,3, 1,1, 1,1, 1,4",
    "2,32, 16,6,6, 2,2, 2,2, 0,0, 3,3",
    "4,2, 2,7,5, 3,2, 2,3, 1,0, 4,2",
    "1,7, 2,5,4, 3,3, 1,1, 0,0, 3,2",
    "2,32, 32,9,9, 3,3, 2,2, 1,1, 5,5",
    "2,16, 16,8,8, 3,3, 2,2, 0,0, 3,3",
    "2,5, 1,4,6, 2,3, 3,1, 1,2, 2,6",
    "2,3, 2,5,5, 1,1, 2,2, 0,0, 3,3",
    "3,10, 64,5,5, 1,1, 1,1, 0,0, 5,5",
    "3,4, 2,4,4, 4,4, 1,1, 0,0, 1,1",
    "2,4, 3,9,8, 3,3, 1,1, 1,1, 5,4",
    "2,16, 16,9,8, 3,3, 2,1, 1,1, 3,8",
    "2,16, 16,6,8, 3,3, 1,1, 1,1, 6,5"
  })
  void convolvesAsLoopsOverPlacesDo(
      int count,
      int outputs,
      int channels,
      int height,
      int width,
      int rows,
      int columns,
      int rowStep,
      int columnStep,
      int top,
      int left,
      int down,
      int across) {
    Geometry scan =
        new Geometry(
            channels, height, width, rows, columns, rowStep, columnStep, top, left, down, across);
    Numbers images = Numbers.random(count * channels * height * width);
    Numbers weights = Numbers.random(outputs * channels * rows * columns);
    Numbers upstream = Numbers.random(count * down * across * outputs);
    for (Onto onto : Onto.values()) {
      goesForward(new Case(scan, count, outputs), images, weights, onto);
      goesBackToTheImages(new Case(scan, count, outputs), upstream, weights, onto);
    }
    goesBackToTheWeights(new Case(scan, count, outputs), images, upstream);
  }

  private void goesForward(Case c, Numbers images, Numbers weights, Onto onto) {
    Numbers out = c.output(onto);
    double[] expected = Numbers.old(out, onto);
    double[] x = images.doubles();
    double[] w = weights.doubles();
    c.eachProduct((image, weight, output) -> expected[output] += x[image] * w[weight]);
    convolution.forward(
        c.scan, c.count, c.outputs, images.address(), weights.address(), onto, out.address());
    assertThat(out.doubles()).containsExactly(expected, within(bound(c.patchSize())));
    assertThat(images.doubles()).containsExactly(x);
    assertThat(weights.doubles()).containsExactly(w);
  }

  private void goesBackToTheImages(Case c, Numbers upstream, Numbers weights, Onto onto) {
    Numbers images = c.images(onto);
    double[] expected = Numbers.old(images, onto);
    double[] y = upstream.doubles();
    double[] w = weights.doubles();
    c.eachProduct((image, weight, output) -> expected[image] += y[output] * w[weight]);
    convolution.backData(
        c.scan, c.count, c.outputs, upstream.address(), weights.address(), onto, images.address());
    int terms = c.outputs * c.scan.rows() * c.scan.columns();
    assertThat(images.doubles()).containsExactly(expected, within(bound(terms)));
  }

  private void goesBackToTheWeights(Case c, Numbers images, Numbers upstream) {
    Numbers weights = Numbers.random(c.outputs * c.patchSize());
    double[] expected = weights.doubles();
    double[] x = images.doubles();
    double[] y = upstream.doubles();
    c.eachProduct((image, weight, output) -> expected[weight] += x[image] * y[output]);
    convolution.addBackWeights(
        c.scan, c.count, c.outputs, images.address(), upstream.address(), weights.address());
    int terms = c.count * c.scan.positionsDown() * c.scan.positionsAcross();
    assertThat(weights.doubles()).containsExactly(expected, within(bound(terms)));
  }

  /**
   * ⟨W ∗ x, y⟩ is linear in W and in x: its gradients, times what they belong to, give it again.
   */
  @ParameterizedTest
  @CsvSource({"45,3,32,32", "45,32,16,32", "10,128,8,256"})
  void goesBackByTheAdjoint(int count, int channels, int size, int outputs) {
    Geometry scan = new Geometry(channels, size, size, 3, 3, 1, 1, 1, 1, size, size);
    Numbers x = Numbers.random(count * channels * size * size);
    Numbers w = Numbers.random(outputs * channels * 9);
    Numbers y = Numbers.random(count * size * size * outputs);
    Numbers out = Numbers.of(Float.NaN, y.count());
    Numbers images = Numbers.of(Float.NaN, x.count());
    Numbers weights = Numbers.of(0, w.count());
    convolution.forward(
        scan, count, outputs, x.address(), w.address(), Onto.NOTHING, out.address());
    convolution.backData(
        scan, count, outputs, y.address(), w.address(), Onto.NOTHING, images.address());
    convolution.addBackWeights(scan, count, outputs, x.address(), y.address(), weights.address());
    double product = dot(out, y);
    // relative to the norms, a sum of n terms is off by n·u, the longest over all positions
    double bound = count * size * size * Numbers.ROUNDOFF * Math.sqrt(dot(out, out) * dot(y, y));
    assertThat(dot(images, x)).isCloseTo(product, within(bound));
    assertThat(dot(weights, w)).isCloseTo(product, within(bound));
  }

  private static double dot(Numbers x, Numbers y) {
    double[] a = x.doubles();
    double[] b = y.doubles();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Higham's n·u bound for a sum of so many products of numbers below 1, and of one number. */
  private static double bound(int terms) {
    return (terms + 2) * (terms + 1) * Numbers.ROUNDOFF;
  }

  private interface Product {
    void add(int image, int weight, int output);
  }

  private record Case(Geometry scan, int count, int outputs) {
    int patchSize() {
      return scan.channels() * scan.rows() * scan.columns();
    }

    Numbers output(Onto onto) {
      return Numbers.fresh(count * scan.positionsDown() * scan.positionsAcross() * outputs, onto);
    }

    Numbers images(Onto onto) {
      return Numbers.fresh(count * scan.channels() * scan.height() * scan.width(), onto);
    }

    /** Every product of a forward convolution: where its factors lie, and where it goes. */
    void eachProduct(Product action) {
      for (int e = 0; e < count; e++) {
        for (int p = 0; p < scan.positionsDown() * scan.positionsAcross(); p++) {
          for (int o = 0; o < outputs; o++) {
            for (int k = 0; k < patchSize(); k++) {
              int image = under(k, p / scan.positionsAcross(), p % scan.positionsAcross());
              if (image >= 0) {
                action.add(
                    e * scan.channels() * scan.height() * scan.width() + image,
                    o * patchSize() + k,
                    (e * scan.positionsDown() * scan.positionsAcross() + p) * outputs + o);
              }
            }
          }
        }
      }
    }

    /** Index in an image under a place of the window (channel, row, column); −1 outside. */
    private int under(int place, int down, int across) {
      int channel = place / (scan.rows() * scan.columns());
      int i = place / scan.columns() % scan.rows();
      int row = down * scan.rowStep() - scan.top() + i;
      int column = across * scan.columnStep() - scan.left() + place % scan.columns();
      boolean outside = row < 0 || row >= scan.height() || column < 0 || column >= scan.width();
      return outside ? -1 : (row * scan.width() + column) * scan.channels() + channel;
    }
  }
}
