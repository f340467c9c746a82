package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every device must do with windows over images, checked against loops over their places. */
abstract class WindowContract extends Contract {
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
    spreads(window, images);
    addsBack(window, images);
    pools(window, images);
  }

  /** Row of the image under a place of the window at a position; −1 outside. */
  private static int under(Window w, int channel, int i, int j, int y, int x) {
    int row = y * w.rowStep() - w.top() + i;
    int column = x * w.columnStep() - w.left() + j;
    boolean outside = row < 0 || row >= w.height() || column < 0 || column >= w.width();
    return outside ? -1 : (channel * w.height() + row) * w.width() + column;
  }

  private interface Place {
    void accept(int patch, int image, int pooled);
  }

  /** Every place at every position: its index in the patches, the image and the pooled image. */
  private static void eachPlace(Window w, Place action) {
    for (int c = 0; c < w.channels(); c++) {
      for (int p = 0; p < w.positions(); p++) {
        for (int i = 0; i < w.rows(); i++) {
          for (int j = 0; j < w.columns(); j++) {
            int column = (c * w.rows() + i) * w.columns() + j;
            int image = under(w, c, i, j, p / w.positionsAcross(), p % w.positionsAcross());
            action.accept(column * w.positions() + p, image, c * w.positions() + p);
          }
        }
      }
    }
  }

  private void spreads(Window w, Matrix images) {
    Matrix patches = scope.matrix(w.positions(), w.patchSize() * images.columns());
    device.fill(Double.NaN, patches);
    device.im2col(w, images, patches);
    double[] x = images.toDoubles();
    double[] expected = new double[Math.toIntExact(patches.size())];
    for (int e = 0; e < images.columns(); e++) {
      int image = e * w.imageSize();
      int patch = e * w.positions() * w.patchSize();
      eachPlace(w, (at, from, p) -> expected[patch + at] = from < 0 ? 0 : x[image + from]);
    }
    assertThat(patches.toDoubles()).containsExactly(expected, within(0d));
  }

  private void addsBack(Window w, Matrix images) {
    Matrix patches = filled(w.positions(), w.patchSize() * images.columns());
    double[] y = patches.toDoubles();
    double[] expected = images.toDoubles();
    for (int e = 0; e < images.columns(); e++) {
      int image = e * w.imageSize();
      int patch = e * w.positions() * w.patchSize();
      eachPlace(
          w,
          (from, at, p) -> {
            if (at >= 0) {
              expected[image + at] += y[patch + from];
            }
          });
    }
    Matrix sums = scope.matrix(images.rows(), images.columns());
    device.copy(images, sums);
    device.addCol2im(w, patches, sums);
    // a sum of one number a place, of size 1 each, and the one that was there
    int terms = w.rows() * w.columns() + 1;
    double bound = terms * terms * device.precision().roundoff();
    assertThat(sums.toDoubles()).containsExactly(expected, within(bound));
    assertThat(patches.toDoubles()).containsExactly(y);
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
          (patch, from, p) -> {
            if (from >= 0) {
              expected[to + p] = Math.max(expected[to + p], x[image + from]);
            }
          });
    }
    assertThat(largest.toDoubles()).containsExactly(expected);
    Matrix again = scope.matrix(pooled, images.columns());
    device.gatherEach(images, places, again);
    assertThat(again.toDoubles()).containsExactly(expected);
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

  /** The rows around the matrix are there, in the storage that it is a view of. */
  @Test
  void refusesRowsThatAreNotThere() {
    Matrix from = filled(5, 6).columns(2, 2);
    Matrix rows = scope.matrix(1, 1);
    Matrix to = scope.zeros(1, 2);
    for (int row : new int[] {-1, 5}) {
      rows.write(new double[] {row});
      String message = "row %d was chosen from a 5 x 2 matrix".formatted(row);
      assertThatThrownBy(() -> device.gatherEach(from, rows, to))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> device.addScattered(to, rows, from)).hasMessage(message);
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Window window = new Window(2, 4, 4, 2, 2, 2, 2, 0, 0, 2, 2);
    Matrix images = scope.zeros(32, 3);
    Matrix patches = scope.zeros(4, 23);
    assertThatThrownBy(() -> device.im2col(window, images, patches))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patches of 4 x 23, expected 4 x 24");
    assertThatThrownBy(() -> device.addCol2im(window, patches, patches))
        .hasMessage("images of 4 x 23, expected 32 x 23");
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
            "a 2 x 2 window in steps of 0 x 1 at 3 x 3 positions, 0 above and 0 left of 1 planes of"
                + " 4 x 4");
  }
}
