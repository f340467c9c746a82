package org.eigensweep.data.files;

import java.util.List;
import org.eigensweep.data.DataException;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.table.NumberTable;

/**
 * How the values of a table's row become those of an example.
 *
 * @param shape of the example
 * @param layout where the channels are in the row
 */
record RowLayout(InputShape shape, Layout layout) {
  /**
   * Follows from a table's header.
   *
   * @param asked the sizes that settings say a row has, or none to take the table's
   * @throws DataException if it is no row of values, nor an image
   */
  static RowLayout of(NumberTable table, List<Integer> asked, Layout layout) {
    long product;
    try {
      product = table.rowShape().stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException e) {
      product = Long.MAX_VALUE;
    }
    if (product < 1 || product > Integer.MAX_VALUE) {
      throw new DataException(
          "%s: an array of %s, expected rows of 1 to %d values"
              .formatted(table.name(), table.words(), Integer.MAX_VALUE));
    }
    List<Integer> sizes = table.rowShape().stream().map(Math::toIntExact).toList();
    if (!asked.isEmpty()) {
      long values = asked.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (values != product) {
        throw new DataException(
            "%s: an array of %s with %d values a row, expected the %d of data.shape = %s"
                .formatted(table.name(), table.words(), product, values, asked));
      }
      sizes = asked;
    }
    return new RowLayout(shape(table, sizes, layout), layout);
  }

  private static InputShape shape(NumberTable table, List<Integer> sizes, Layout layout) {
    return switch (sizes.size()) {
      case 1 -> InputShape.vector(sizes.get(0));
      case 2 -> new InputShape(1, sizes.get(0), sizes.get(1));
      case 3 ->
          layout == Layout.CHANNELS_FIRST
              ? new InputShape(sizes.get(0), sizes.get(1), sizes.get(2))
              : new InputShape(sizes.get(2), sizes.get(0), sizes.get(1));
      default ->
          throw new DataException(
              ("%s: an array of %s, expected N x features, N x height x width,"
                      + " or N x channels x height x width: reshape it, or say data.shape")
                  .formatted(table.name(), table.words()));
    };
  }

  /** For each value of a row, in row order, its place in the example. */
  int[] places() {
    int[] places = new int[shape.features()];
    int channels = layout == Layout.CHANNELS_LAST ? shape.channels() : 1;
    int pixels = places.length / channels;
    for (int place = 0; place < places.length; place++) {
      places[place] = place % channels * pixels + place / channels;
    }
    return places;
  }
}
