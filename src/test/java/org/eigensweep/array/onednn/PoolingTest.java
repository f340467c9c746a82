package org.eigensweep.array.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Poolings, checked against loops over doubles. */
class PoolingTest {
  private final OneDnn dnn = OneDnn.open().orElseThrow();
  private final Pooling pooling = new Pooling(dnn);

  @AfterEach
  void close() {
    dnn.close();
  }

  /** Images; channels, height, width; window; steps; above and left; positions. */
  @ParameterizedTest
  @CsvSource({
    "1, 1,1,1, 1,1, 1,1, 0,0, 1,1",
    "2, 32,8,6, 2,2, 2,2, 0,0, 4,3",
    "3, 3,6,4, 3,3, 1,1, 1,1, 6,4",
    "2, 2,5,7, 2,4, 1,1, 0,1, 5,7",
    "2, 5,7,7, 2,2, 2,2, 0,0, 3,3",
    "2, 16,9,9, 3,3, 2,2, 1,1, 5,5",
    "4, 2,7,5, 3,2, 2,3, 1,0, 4,2",
    "2, 2,5,5, 1,1, 2,2, 0,0, 3,3",
    "2, 3,17,17, 17,17, 1,1, 0,0, 1,1",
    "2, 16,9,8, 3,3, 1,1, 1,1, 5,4"
  })
  void poolsAsLoopsOverPlacesDo(
      int count,
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
    Numbers images = Numbers.random(count * (int) scan.imageSize());
    takesTheLargest(scan, count, images);
    images.set(0, Float.NaN);
    images.set(images.count() - 1, Float.NEGATIVE_INFINITY);
    takesTheLargest(scan, count, images);
    Numbers numbers = Numbers.random(images.count());
    for (Onto onto : Onto.values()) {
      takesMeans(scan, count, numbers, onto);
      spreadsMeans(scan, count, onto);
    }
  }

  private void takesTheLargest(Geometry scan, int count, Numbers images) {
    double[] x = images.doubles();
    Places places = new Places(scan, count);
    double[] largest = new double[places.pooled()];
    double[] at = new double[places.pooled()];
    Arrays.fill(at, -1);
    places.each(
        (image, start, pooled) -> {
          double value = x[start + image];
          if (at[pooled] < 0
              || value > largest[pooled]
              || (Double.isNaN(value) && !Double.isNaN(largest[pooled]))) {
            largest[pooled] = value;
            at[pooled] = image;
          }
        });
    Numbers out = Numbers.of(Float.NaN, places.pooled());
    Numbers chosen = Numbers.of(Float.NaN, places.pooled());
    pooling.largest(scan, count, images.address(), out.address(), chosen.address());
    assertThat(out.doubles()).containsExactly(largest);
    assertThat(chosen.doubles()).containsExactly(at);
  }

  private void takesMeans(Geometry scan, int count, Numbers images, Onto onto) {
    double[] x = images.doubles();
    Places places = new Places(scan, count);
    double[] shares = places.shares();
    Numbers out = Numbers.fresh(places.pooled(), onto);
    double[] expected = Numbers.old(out, onto);
    places.each((image, start, pooled) -> expected[pooled] += shares[pooled] * x[start + image]);
    pooling.mean(scan, count, images.address(), onto, out.address());
    assertThat(out.doubles()).containsExactly(expected, within(bound(scan)));
  }

  private void spreadsMeans(Geometry scan, int count, Onto onto) {
    Places places = new Places(scan, count);
    double[] shares = places.shares();
    Numbers upstream = Numbers.random(places.pooled());
    double[] y = upstream.doubles();
    Numbers images = Numbers.fresh(count * (int) scan.imageSize(), onto);
    double[] expected = Numbers.old(images, onto);
    places.each((image, start, pooled) -> expected[start + image] += shares[pooled] * y[pooled]);
    pooling.backMean(scan, count, upstream.address(), onto, images.address());
    assertThat(images.doubles()).containsExactly(expected, within(bound(scan)));
  }

  /** Higham's n·u bound for a sum of as many numbers below 1 as a window has places, and one. */
  private static double bound(Geometry scan) {
    int terms = scan.rows() * scan.columns() + 2;
    return terms * terms * Numbers.ROUNDOFF;
  }

  @Test
  void choosesTheFirstOfEqualsAndNoNumberBeforeNumbers() {
    Geometry scan = new Geometry(1, 2, 4, 2, 2, 2, 2, 0, 0, 1, 2);
    Numbers largest = Numbers.of(0, 2);
    Numbers places = Numbers.of(0, 2);
    Numbers equal = new Numbers(2, -3, 0, -0f, -3, 2, -0f, 0);
    pooling.largest(scan, 1, equal.address(), largest.address(), places.address());
    assertThat(places.floats()).containsExactly(0, 2);
    assertThat(largest.floats()).containsExactly(2, 0);
    Numbers missing = new Numbers(-3, 2, 1, 5, 2, 2, Float.NaN, 7);
    pooling.largest(scan, 1, missing.address(), largest.address(), places.address());
    assertThat(places.floats()).containsExactly(1, 6);
    assertThat(largest.floats()).containsExactly(2, Float.NaN);
  }

  private interface Place {
    /** Index in the image, the image's own start, index of what is pooled. */
    void accept(int image, int start, int pooled);
  }

  private record Places(Geometry scan, int count) {
    int pooled() {
      return count * scan.positions() * scan.channels();
    }

    /** One over the places in the image, for each pooled value. */
    double[] shares() {
      double[] shares = new double[pooled()];
      each((image, start, pooled) -> shares[pooled]++);
      for (int i = 0; i < shares.length; i++) {
        shares[i] = 1 / shares[i];
      }
      return shares;
    }

    void each(Place action) {
      for (int e = 0; e < count; e++) {
        for (int p = 0; p < scan.positions(); p++) {
          for (int k = 0; k < scan.rows() * scan.columns(); k++) {
            int row = p / scan.positionsAcross() * scan.rowStep() - scan.top() + k / scan.columns();
            int column =
                p % scan.positionsAcross() * scan.columnStep() - scan.left() + k % scan.columns();
            if (row >= 0 && row < scan.height() && column >= 0 && column < scan.width()) {
              for (int c = 0; c < scan.channels(); c++) {
                action.accept(
                    (row * scan.width() + column) * scan.channels() + c,
                    e * (int) scan.imageSize(),
                    (e * scan.positions() + p) * scan.channels() + c);
              }
            }
          }
        }
      }
    }
  }
}
