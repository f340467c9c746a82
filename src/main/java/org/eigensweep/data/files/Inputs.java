package org.eigensweep.data.files;

import org.eigensweep.data.DataException;
import org.eigensweep.data.table.ElementType;
import org.eigensweep.data.table.NumberTable;

/**
 * The inputs of a set, each checked as it is read.
 *
 * @param table that holds them
 * @param layout of its rows
 */
record Inputs(NumberTable table, RowLayout layout) {
  private static final int MOST_BYTE = 255;

  /** Takes a finite value at its place in an example. */
  private interface Taking {
    void take(int example, int place, double value);
  }

  /**
   * How values are to be scaled, by a first pass over the training examples where that is needed.
   *
   * @param examples to take into account
   */
  Scaling scaling(Standardization standardization, int examples) {
    return switch (standardization) {
      case NONE -> (place, value) -> (float) value;
      case BYTES ->
          table.type() == ElementType.UINT8
              ? (place, value) -> (float) value / MOST_BYTE
              : (place, value) -> (float) value;
      case BY_255 -> (place, value) -> (float) value / MOST_BYTE;
      case FEATURE -> moments(examples, 1);
      case CHANNEL -> moments(examples, layout.shape().height() * layout.shape().width());
    };
  }

  private Scaling moments(int examples, int group) {
    Moments moments = new Moments(layout.shape().features(), group);
    read(examples, (example, place, value) -> moments.add(place, value));
    return moments.scaling();
  }

  /**
   * Reads the first examples.
   *
   * @throws DataException at a value that is not finite, or not within what the standardisation
   *     takes
   */
  float[] read(int examples, Standardization standardization, Scaling scaling) {
    int features = layout.shape().features();
    float[] inputs = new float[examples * features];
    read(
        examples,
        (example, place, value) -> {
          float scaled = scaling.of(place, value);
          if (!Float.isFinite(scaled)) {
            throw refused(example, place, value, "a number within float32");
          }
          if (standardization == Standardization.BY_255 && !(value >= 0 && value <= MOST_BYTE)) {
            throw refused(example, place, value, "0 to 255 for data.standardize = by-255");
          }
          inputs[example * features + place] = scaled;
        });
    return inputs;
  }

  private void read(int examples, Taking taking) {
    int[] places = layout.places();
    table.read(
        examples,
        (row, place, value) -> {
          if (!Double.isFinite(value)) {
            throw refused(row, place, value, "a finite number");
          }
          taking.take(row, places[place], value);
        });
  }

  /** The place is that in the file where a value is not finite, for NumPy users to find it. */
  private DataException refused(int row, int place, double value, String expected) {
    return new DataException(
        "%s: %s in row %d, column %d, expected %s: drop the row or replace the value"
            .formatted(table.name(), value, row, place, expected));
  }
}
