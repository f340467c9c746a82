package org.eigensweep.array;

/** Windows over images, one image after another, in ordinary memory. */
final class HostImages {
  private HostImages() {}

  /**
   * Spreads out what a window sees: of each image a patch-size × positions block. A column holds
   * what one position sees, ordered (row, column, channel).
   *
   * @param images image size × examples
   * @param patches patch size × (positions · examples), overwritten
   */
  static void spread(Window window, Nd4jMatrix images, Nd4jMatrix patches) {
    Rows rows = new Rows(window);
    HostValues image = values(images, window.imageSize());
    HostValues seen = values(images, rows.patches());
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) image.size(), image, image.size());
      seen.fill(0, seen.size(), 0);
      rows.each((from, to, count) -> seen.copy(image, from, to, count));
      patches.write(e * (long) seen.size(), seen, seen.size());
    }
  }

  /**
   * The adjoint of {@link #spread}: adds every value to where it came from.
   *
   * @param patches patch size × (positions · examples)
   * @param images image size × examples, accumulated
   */
  static void gather(Window window, Nd4jMatrix patches, Nd4jMatrix images) {
    Rows rows = new Rows(window);
    HostValues image = values(images, window.imageSize());
    HostValues seen = values(images, rows.patches());
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) image.size(), image, image.size());
      patches.read(e * (long) seen.size(), seen, seen.size());
      rows.each((from, to, count) -> image.add(seen, to, from, count));
      images.write(e * (long) image.size(), image, image.size());
    }
  }

  private static HostValues values(Nd4jMatrix like, int size) {
    return HostValues.of(like.device().precision(), size);
  }

  private interface RowAction {
    /** {@code count} values of the image that follow each other, and where a patch has them. */
    void accept(int from, int to, int count);
  }

  /** The rows of a window at all its positions, as far as they lie on the image. */
  private record Rows(Window window) {
    int patches() {
      return Math.multiplyExact(window.positions(), window.patchSize());
    }

    void each(RowAction action) {
      for (int down = 0; down < window.positionsDown(); down++) {
        for (int across = 0; across < window.positionsAcross(); across++) {
          int patch = (down * window.positionsAcross() + across) * window.patchSize();
          int top = down * window.rowStep() - window.top();
          int left = across * window.columnStep() - window.left();
          for (int i = Math.max(0, -top); i < window.rows() && top + i < window.height(); i++) {
            row(top + i, left, patch + i * window.columns() * window.channels(), action);
          }
        }
      }
    }

    private void row(int y, int left, int patch, RowAction action) {
      int first = Math.max(0, left);
      int end = Math.min(left + window.columns(), window.width());
      int channels = window.channels();
      if (end > first) {
        action.accept(
            (y * window.width() + first) * channels,
            patch + (first - left) * channels,
            (end - first) * channels);
      }
    }
  }

  /** See {@link Device#maxPool}. */
  static void maxPool(Window window, Nd4jMatrix images, Nd4jMatrix largest, Nd4jMatrix places) {
    int channels = window.channels();
    HostValues image = values(images, window.imageSize());
    HostValues best = values(images, largest.rows());
    HostValues chosen = values(images, largest.rows());
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) image.size(), image, image.size());
      chosen.fill(0, chosen.size(), -1);
      eachPlace(
          window,
          (position, place) ->
              image.keepLargest(place * channels, channels, best, chosen, position * channels));
      largest.write(e * (long) best.size(), best, best.size());
      places.write(e * (long) chosen.size(), chosen, chosen.size());
    }
  }

  /** See {@link Device#averagePool}. */
  static void averagePool(Window window, Nd4jMatrix images, Nd4jMatrix means) {
    int channels = window.channels();
    HostValues image = values(images, window.imageSize());
    HostValues sums = values(images, means.rows());
    for (int e = 0; e < images.columns(); e++) {
      images.read(e * (long) image.size(), image, image.size());
      sums.fill(0, sums.size(), 0);
      eachPlace(
          window,
          (position, place) -> sums.add(image, place * channels, position * channels, channels));
      sums.scale(1.0 / (window.rows() * window.columns()), sums.size());
      means.write(e * (long) sums.size(), sums, sums.size());
    }
  }

  /** See {@link Device#averagePoolBack}. */
  static void averagePoolBack(Window window, Nd4jMatrix means, Nd4jMatrix images) {
    int channels = window.channels();
    HostValues image = values(images, window.imageSize());
    HostValues mean = values(images, means.rows());
    for (int e = 0; e < images.columns(); e++) {
      means.read(e * (long) mean.size(), mean, mean.size());
      mean.scale(1.0 / (window.rows() * window.columns()), mean.size());
      image.fill(0, image.size(), 0);
      eachPlace(
          window,
          (position, place) -> image.add(mean, position * channels, place * channels, channels));
      images.write(e * (long) image.size(), image, image.size());
    }
  }

  private interface PlaceAction {
    void accept(int position, int place);
  }

  /** The places that each position sees, row after row. */
  private static void eachPlace(Window window, PlaceAction action) {
    for (int down = 0; down < window.positionsDown(); down++) {
      for (int across = 0; across < window.positionsAcross(); across++) {
        int position = down * window.positionsAcross() + across;
        int top = down * window.rowStep() - window.top();
        int left = across * window.columnStep() - window.left();
        int bottom = Math.min(top + window.rows(), window.height());
        int right = Math.min(left + window.columns(), window.width());
        for (int y = Math.max(0, top); y < bottom; y++) {
          for (int x = Math.max(0, left); x < right; x++) {
            action.accept(position, y * window.width() + x);
          }
        }
      }
    }
  }
}
