package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every device must do with windows over images, checked against loops over their places. */
public abstract class WindowContract extends Contract {
  /** Examples; channels, height, width; window; steps; above and left; positions. */
  @ParameterizedTest
  @CsvSource({
    "1, 1,1,1, 1,1, 1,1, 0,0, 1,1",
    "1, 1,5,5, 3,3, 1,1, 1,1, 5,5",
    "3, 3,6,4, 3,3, 1,1, 1,1, 6,4",
    "2, 2,5,7, 2,4, 1,1, 0,1, 5,7",
    "2, 2,3,3, 5,5, 1,1, 2,2, 3,3",
    "2, 3,1,4, 3,3, 1,1, 1,1, 1,4",
    "2, 3,4,1, 3,3, 1,1, 1,1, 4,1",
    "2, 2,6,6, 2,2, 2,2, 0,0, 3,3",
    "4, 2,7,5, 3,2, 2,3, 1,0, 4,2",
    "1, 2,5,4, 3,3, 1,1, 0,0, 3,2",
    "2, 1,4,6, 2,3, 3,1, 1,2, 2,6",
    "2, 2,5,5, 1,1, 2,2, 0,0, 3,3",
    "3, 2,4,4, 4,4, 1,1, 0,0, 1,1"
  })
  void scansImagesAsLoopsOverTheirPlacesDo(
      int examples,
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
    Window window =
        new Window(
            channels, height, width, rows, columns, rowStep, columnStep, top, left, down, across);
    Matrix images = filled(window.imageSize(), examples + 2).columns(1, examples);
    convolves(window, images, 3);
    convolvesBack(window, examples, 3);
    addsWeights(window, images, 3);
    pools(window, images);
    if (top == 0 && left == 0) {
      averages(window, images);
    }
  }

  private interface Place {
    /** A weight of one output, a value of the image and a position. */
    void accept(int weight, int image, int position);
  }

  /** Every place of the window at every position that lies on the image. */
  private static void eachPlace(Window w, Place action) {
    for (int p = 0; p < w.positions(); p++) {
      for (int i = 0; i < w.rows(); i++) {
        for (int j = 0; j < w.columns(); j++) {
          int y = p / w.positionsAcross() * w.rowStep() - w.top() + i;
          int x = p % w.positionsAcross() * w.columnStep() - w.left() + j;
          if (y >= 0 && y < w.height() && x >= 0 && x < w.width()) {
            for (int c = 0; c < w.channels(); c++) {
              int weight = (c * w.rows() + i) * w.columns() + j;
              action.accept(weight, (y * w.width() + x) * w.channels() + c, p);
            }
          }
        }
      }
    }
  }

  /** The weights of some convolutions inside longer columns, as in a block of parameters. */
  private Blocks weights(Window w, int outputs, int count) {
    Matrix vectors = filled(w.patchSize() * outputs + 3, count);
    return Blocks.inColumns(vectors, 2, w.patchSize(), outputs);
  }

  /** A term below 1 for each place and channel, and some that were there. */
  private double bound(Window w) {
    return tolerance(w.patchSize() + 2) * (w.patchSize() + 2);
  }

  private void convolves(Window w, Matrix images, int outputs) {
    for (int count : new int[] {1, 2}) {
      Blocks weights = weights(w, outputs, count);
      int examples = images.columns();
      Matrix out = filled(outputs * w.positions(), examples * count);
      double[] x = images.toDoubles();
      double[] expected = out.toDoubles();
      for (int e = 0; e < examples * count; e++) {
        double[] f = weights.block(e / examples).toDoubles();
        int image = e % examples * w.imageSize();
        int result = e * out.rows();
        eachPlace(
            w,
            (weight, from, p) -> {
              for (int o = 0; o < outputs; o++) {
                expected[result + p * outputs + o] +=
                    f[o * w.patchSize() + weight] * x[image + from];
              }
            });
      }
      device.convolve(w, images, weights, 1, out);
      assertThat(out.toDoubles()).containsExactly(expected, within(bound(w)));
      Matrix fresh = scope.matrix(out.rows(), out.columns());
      device.fill(Double.NaN, fresh);
      device.convolve(w, images, weights, 0, fresh);
      device.convolve(w, images, weights, -1, fresh);
      assertThat(fresh.toDoubles()).containsExactly(new double[expected.length], within(bound(w)));
    }
  }

  private void convolvesBack(Window w, int examples, int outputs) {
    for (int count : new int[] {1, 2}) {
      Blocks weights = weights(w, outputs, count);
      Matrix upstream = filled(outputs * w.positions(), examples);
      Matrix images = filled(w.imageSize(), examples * count);
      double[] g = upstream.toDoubles();
      double[] expected = images.toDoubles();
      for (int e = 0; e < examples * count; e++) {
        double[] f = weights.block(e / examples).toDoubles();
        int image = e * w.imageSize();
        int from = e % examples * upstream.rows();
        eachPlace(
            w,
            (weight, to, p) -> {
              for (int o = 0; o < outputs; o++) {
                expected[image + to] += f[o * w.patchSize() + weight] * g[from + p * outputs + o];
              }
            });
      }
      device.convolveBack(w, upstream, weights, 1, images);
      double bound = tolerance(outputs * w.rows() * w.columns() + 2) * 3 * bound(w);
      assertThat(images.toDoubles())
          .containsExactly(expected, within(Math.max(bound, outputs * bound(w))));
      device.fill(Double.NaN, images);
      device.convolveBack(w, upstream, weights, 0, images);
      device.convolveBack(w, upstream, weights, -1, images);
      assertThat(images.toDoubles())
          .containsExactly(new double[expected.length], within(outputs * bound(w)));
    }
  }

  private void addsWeights(Window w, Matrix images, int outputs) {
    int examples = images.columns();
    addsWeights(w, images, filled(outputs * w.positions(), examples), outputs, 1);
    addsWeights(w, images, filled(outputs * w.positions(), examples * 2), outputs, 2);
    Matrix more = filled(w.imageSize(), examples * 2);
    addsWeights(w, more, filled(outputs * w.positions(), examples), outputs, 2);
  }

  private void addsWeights(Window w, Matrix images, Matrix upstream, int outputs, int count) {
    Blocks weights = weights(w, outputs, count);
    int examples = Math.min(images.columns(), upstream.columns());
    double[] x = images.toDoubles();
    double[] g = upstream.toDoubles();
    double[] expected = weights.matrix().toDoubles();
    for (int e = 0; e < examples * count; e++) {
      int image = e % images.columns() * w.imageSize();
      int given = e % upstream.columns() * upstream.rows();
      int sum = (int) weights.start(e / examples);
      eachPlace(
          w,
          (weight, from, p) -> {
            for (int o = 0; o < outputs; o++) {
              double term = x[image + from] * g[given + p * outputs + o];
              expected[sum + o * w.patchSize() + weight] += term;
            }
          });
    }
    device.addConvolveWeights(w, images, upstream, weights);
    int terms = examples * w.positions() + 1;
    assertThat(weights.matrix().toDoubles())
        .containsExactly(expected, within(terms * tolerance(terms)));
  }

  private void pools(Window w, Matrix images) {
    int pooled = w.channels() * w.positions();
    Matrix largest = scope.matrix(pooled, images.columns());
    Matrix places = scope.matrix(pooled, images.columns());
    device.maxPool(w, images, largest, places);
    double[] x = images.toDoubles();
    double[] expected = new double[Math.toIntExact(largest.size())];
    Arrays.fill(expected, Double.NEGATIVE_INFINITY);
    for (int e = 0; e < images.columns(); e++) {
      int image = e * w.imageSize();
      int to = e * pooled;
      eachPlace(
          w,
          (weight, from, p) -> {
            int at = to + p * w.channels() + from % w.channels();
            expected[at] = Math.max(expected[at], x[image + from]);
          });
    }
    assertThat(largest.toDoubles()).containsExactly(expected);
    Matrix again = scope.matrix(pooled, images.columns());
    device.gatherEach(images, places, again);
    assertThat(again.toDoubles()).containsExactly(expected);
  }

  private void averages(Window w, Matrix images) {
    if ((w.positionsDown() - 1) * w.rowStep() + w.rows() > w.height()
        || (w.positionsAcross() - 1) * w.columnStep() + w.columns() > w.width()) {
      return; // it leaves the image
    }
    int places = w.rows() * w.columns();
    Matrix means = scope.matrix(w.channels() * w.positions(), images.columns());
    double[] x = images.toDoubles();
    double[] expected = new double[Math.toIntExact(means.size())];
    for (int e = 0; e < images.columns(); e++) {
      int image = e * w.imageSize();
      int to = e * means.rows();
      eachPlace(
          w,
          (weight, from, p) ->
              expected[to + p * w.channels() + from % w.channels()] += x[image + from] / places);
    }
    device.averagePool(w, images, means);
    assertThat(means.toDoubles()).containsExactly(expected, within(tolerance(places)));
    Matrix given = filled(means.rows(), means.columns());
    Matrix back = scope.matrix(images.rows(), images.columns());
    device.averagePoolBack(w, given, back);
    // the adjoint: <mean of x, g> = <x, what comes back of g>
    assertThat(device.dot(images, back))
        .isCloseTo(device.dot(means, given), within(tolerance(Math.toIntExact(images.size()))));
  }

  @Test
  void choosesTheFirstOfEqualsAndNoNumberBeforeNumbers() {
    Window window = new Window(1, 2, 4, 2, 2, 2, 2, 0, 0, 1, 2);
    Matrix image = scope.matrix(8, 1);
    image.write(new double[] {-3, 2, 1, 5, 2, 2, Double.NaN, 7});
    Matrix largest = scope.matrix(2, 1);
    Matrix places = scope.matrix(2, 1);
    device.maxPool(window, image, largest, places);
    assertThat(places.toDoubles()).containsExactly(1, 6);
    assertThat(largest.toDoubles()).containsExactly(2, Double.NaN);
  }

  @Test
  void gathersAndScattersElementsWithRowsThatRepeat() {
    Matrix rows = scope.matrix(3, 2);
    rows.write(new double[] {4, 0, 4, 1, 2, 3});
    Matrix from = filled(5, 7).columns(2, 4);
    Matrix to = scope.matrix(3, 4);
    device.gatherEach(from, rows, to);
    double[] x = from.toDoubles();
    assertThat(to.toDoubles())
        .containsExactly(
            x[4], x[0], x[4], x[6], x[7], x[8], x[14], x[10], x[14], x[16], x[17], x[18]);
    double[] y = to.toDoubles();
    x[4] += y[0] + y[2];
    x[0] += y[1];
    x[14] += y[6] + y[8];
    x[10] += y[7];
    for (int i = 1; i < 4; i++) {
      x[5 + i] += y[2 + i];
      x[15 + i] += y[8 + i];
    }
    device.addScattered(to, rows, from);
    // three numbers below 1 are added
    assertThat(from.toDoubles()).containsExactly(x, within(8 * device.precision().roundoff()));
  }

  /** More choices than a card makes at once, each row some times. */
  @Test
  void addsManyChoicesOfFewRows() {
    Matrix rows = scope.matrix(700, 1);
    double[] chosen = new double[700];
    Arrays.setAll(chosen, k -> k * k % 37);
    rows.write(chosen);
    Matrix from = filled(700, 3);
    Matrix to = filled(40, 3);
    double[] x = from.toDoubles();
    double[] expected = to.toDoubles();
    for (int e = 0; e < x.length; e++) {
      expected[e / 700 * 40 + (int) chosen[e % 700]] += x[e];
    }
    device.addScattered(from, rows, to);
    assertThat(to.toDoubles()).containsExactly(expected, within(10 * tolerance(40)));
  }

  /** The rows around the matrix are there, in the storage that it is a view of. */
  @Test
  void refusesRowsThatAreNotThere() {
    Matrix from = filled(5, 6).columns(2, 2);
    Matrix rows = scope.matrix(1, 1);
    Matrix to = scope.zeros(1, 2);
    for (int row : new int[] {-1, 5}) {
      rows.write(new double[] {row});
      String message = "row %d was chosen from a 5 x 2 matrix".formatted(row);
      assertThatThrownBy(
              () -> {
                device.gatherEach(from, rows, to);
                to.toHost();
              })
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(message);
      assertThatThrownBy(
              () -> {
                device.addScattered(to, rows, from);
                from.toHost();
              })
          .hasMessage(message);
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Window window = new Window(2, 4, 4, 2, 2, 2, 2, 0, 0, 2, 2);
    Matrix images = scope.zeros(32, 3);
    Matrix outputs = scope.zeros(12, 3);
    Blocks weights = Blocks.shared(scope.zeros(8, 3));
    assertThatThrownBy(() -> device.convolve(window, outputs, weights, 0, outputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images of 12 x 3, expected 32 x 3");
    assertThatThrownBy(() -> device.convolve(window, images, weights, 0, images))
        .hasMessage("outputs of 32 x 3, expected 12 x 3");
    Blocks seven = Blocks.shared(scope.zeros(7, 3));
    assertThatThrownBy(() -> device.convolveBack(window, outputs, seven, 0, images))
        .hasMessage("weights of 7 x 3 in columns of 7, expected columns of 8");
    Blocks two = Blocks.across(scope.zeros(8, 6), 3);
    assertThatThrownBy(() -> device.convolve(window, images, two, 0, outputs))
        .hasMessage("results for 3 examples, expected 3 for each of 2 weights");
    assertThatThrownBy(() -> device.addConvolveWeights(window, images, outputs, two))
        .hasMessage("3 images and upstreams for 3 do not make sums for 2 weights");
    assertThatThrownBy(() -> device.averagePool(window, images, images))
        .hasMessage("pooled images of 32 x 3, expected 8 x 3");
    assertThatThrownBy(() -> device.maxPool(window, images, images, images))
        .hasMessage("pooled images of 32 x 3, expected 8 x 3");
    assertThatThrownBy(() -> device.gatherEach(images, scope.zeros(5, 2), scope.zeros(5, 3)))
        .hasMessage("rows for 2 columns do not repeat over 3");
    assertThatThrownBy(() -> device.addScattered(scope.zeros(4, 3), scope.zeros(5, 3), images))
        .hasMessage("chosen values of 4 x 3, expected 5 x 3");
    assertThatThrownBy(() -> new Window(1, 4, 4, 2, 2, 1, 1, 2, 0, 4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "4 positions of 2 rows in steps of 1 from 2 before an image of 4: one lies outside");
    assertThatThrownBy(() -> new Window(1, 4, 4, 2, 2, 0, 1, 0, 0, 3, 3))
        .hasMessage(
            "a 2 x 2 window in steps of 0 x 1 at 3 x 3 positions, 0 above and 0 left of 1 channels of"
                + " 4 x 4");
  }
}
