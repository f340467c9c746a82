package org.eigensweep.array;

import java.util.EnumMap;
import java.util.Map;

/**
 * Windows over images, one image after another, in ordinary memory. ND4J's own kernels took 40
 * times as long to spread out an image of 3 × 32 × 32 (200 µs against 5 on one core). The working
 * arrays hold one image and its patches and are kept for the next call.
 */
final class HostWindows {
  private final Precision precision;
  private final Map<Purpose, HostValues> working = new EnumMap<>(Purpose.class);

  private enum Purpose {
    IMAGE,
    PATCHES,
    POOLED,
    PLACES
  }

  HostWindows(Precision precision) {
    this.precision = precision;
  }

  /** See {@link Device#im2col}. */
  void im2col(Window window, Nd4jMatrix images, Nd4jMatrix patches) {
    requirePatches(window, images, patches);
    int size = window.positions() * window.patchSize();
    HostValues image = working(Purpose.IMAGE, window.imageSize());
    HostValues patch = working(Purpose.PATCHES, size);
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) window.imageSize(), image, window.imageSize());
      eachPlane(window, (plane, at) -> plane.spread(image, patch, at));
      patches.write(e * (long) size, patch, size);
    }
  }

  /** See {@link Device#addCol2im}. */
  void addCol2im(Window window, Nd4jMatrix patches, Nd4jMatrix images) {
    requirePatches(window, images, patches);
    int size = window.positions() * window.patchSize();
    HostValues image = working(Purpose.IMAGE, window.imageSize());
    HostValues patch = working(Purpose.PATCHES, size);
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) window.imageSize(), image, window.imageSize());
      patches.read(e * (long) size, patch, size);
      eachPlane(window, (plane, at) -> plane.gather(patch, at, image));
      images.write(e * (long) window.imageSize(), image, window.imageSize());
    }
  }

  private interface PlaneAction {
    void accept(ShiftedPlane plane, int at);
  }

  private static void eachPlane(Window window, PlaneAction action) {
    int at = 0;
    for (int c = 0; c < window.channels(); c++) {
      for (int i = 0; i < window.rows(); i++) {
        for (int j = 0; j < window.columns(); j++) {
          action.accept(new ShiftedPlane(window, c, i, j), at);
          at += window.positions();
        }
      }
    }
  }

  /** See {@link Device#maxPool}. */
  void maxPool(Window window, Nd4jMatrix images, Nd4jMatrix largest, Nd4jMatrix places) {
    requireShape("images", images, window.imageSize(), images.columns());
    int pooled = window.channels() * window.positions();
    requireShape("pooled images", largest, pooled, images.columns());
    requireShape("places", places, pooled, images.columns());
    HostValues image = working(Purpose.IMAGE, window.imageSize());
    HostValues best = working(Purpose.POOLED, largest.rows());
    HostValues place = working(Purpose.PLACES, largest.rows());
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) window.imageSize(), image, window.imageSize());
      maxPool(window, image, best, place);
      largest.write(e * (long) largest.rows(), best, largest.rows());
      places.write(e * (long) largest.rows(), place, largest.rows());
    }
  }

  private static void maxPool(Window window, HostValues image, HostValues best, HostValues place) {
    int at = 0;
    for (int c = 0; c < window.channels(); c++) {
      for (int y = 0; y < window.positionsDown(); y++) {
        int top = y * window.rowStep() - window.top();
        int bottom = Math.min(top + window.rows(), window.height());
        for (int x = 0; x < window.positionsAcross(); x++) {
          int left = x * window.columnStep() - window.left();
          int right = Math.min(left + window.columns(), window.width());
          int chosen =
              largest(window, image, c, Math.max(top, 0), bottom, Math.max(left, 0), right);
          best.put(at, image.at(chosen));
          place.put(at, chosen);
          at++;
        }
      }
    }
  }

  private static int largest(
      Window window, HostValues image, int channel, int top, int bottom, int left, int right) {
    int plane = channel * window.planeSize();
    int chosen = plane + top * window.width() + left;
    double largest = image.at(chosen);
    for (int y = top; y < bottom; y++) {
      for (int i = plane + y * window.width() + left, end = i + right - left; i < end; i++) {
        double value = image.at(i);
        if (value > largest || Double.isNaN(value)) {
          largest = value;
          chosen = i;
        }
      }
    }
    return chosen;
  }

  /** An array of at least the size, one for each purpose. */
  private HostValues working(Purpose purpose, int size) {
    HostValues values = working.get(purpose);
    if (values == null || values.size() < size) {
      values = HostValues.of(precision, size);
      working.put(purpose, values);
    }
    return values;
  }

  private static void requirePatches(Window window, Matrix images, Matrix patches) {
    requireShape("images", images, window.imageSize(), images.columns());
    long columns = window.patchSize() * (long) images.columns();
    requireShape("patches", patches, window.positions(), columns);
  }

  private static void requireShape(String what, Matrix x, int rows, long columns) {
    if (x.rows() != rows || x.columns() != columns) {
      throw new IllegalArgumentException(
          "%s of %d x %d, expected %d x %d".formatted(what, x.rows(), x.columns(), rows, columns));
    }
  }
}
