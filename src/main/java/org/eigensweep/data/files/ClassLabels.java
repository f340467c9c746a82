package org.eigensweep.data.files;

import java.io.Serializable;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.eigensweep.data.DataException;
import org.eigensweep.data.table.NumberTable;

/**
 * How the numbers in a file become classes: a label that is the first is class 0, the next class 1.
 *
 * @param first the label of class 0
 * @param count number of classes
 */
public record ClassLabels(int first, int count) implements Serializable {
  /**
   * Finds the number of classes in the labels of a whole training file, unless it is given.
   *
   * @throws DataException if a label is no whole number or below the first, or if a label between
   *     the first and the largest never occurs
   */
  static ClassLabels of(NumberTable labels, int first, OptionalInt given) {
    if (given.isPresent()) {
      return new ClassLabels(first, given.getAsInt());
    }
    TreeSet<Long> found = new TreeSet<>();
    labels.read(
        rows(labels), (row, place, value) -> found.add(requireLabel(labels, row, value, first)));
    for (long label = first; label <= found.last(); label++) {
      if (!found.contains(label)) {
        throw new DataException(missing(labels, first, label, found.last()));
      }
    }
    if (found.size() == 1) {
      throw new DataException(
          "%s: all labels are %d, expected at least two classes: correct it, or set data.classes"
              .formatted(labels.name(), first));
    }
    return new ClassLabels(first, found.size());
  }

  private static int rows(NumberTable labels) {
    if (labels.rows() > Integer.MAX_VALUE) {
      throw new DataException(
          "%s: %d labels, expected at most %d: set data.classes"
              .formatted(labels.name(), labels.rows(), Integer.MAX_VALUE));
    }
    return (int) labels.rows();
  }

  private static String missing(NumberTable labels, int first, long label, long last) {
    return "%s: no label %d, expected each from %d to %d: %s"
        .formatted(
            labels.name(),
            label,
            first,
            last,
            label == first
                ? "set data.first-label to the label of the first class, or data.classes"
                : "number the classes without a gap, or set data.classes");
  }

  private static long requireLabel(NumberTable labels, int row, double value, int first) {
    if (value != Math.rint(value) || Double.isInfinite(value)) {
      throw new DataException(
          "%s: label %s in row %d, expected a whole number: number the classes"
              .formatted(labels.name(), value, row));
    }
    if (value < first) {
      throw new DataException(
          "%s: label %.0f in row %d, expected at least %d: set data.first-label to the label of the first class"
              .formatted(labels.name(), value, row, first));
    }
    return (long) value;
  }

  /**
   * The classes of the first examples.
   *
   * @throws DataException if a label is none of a class
   */
  int[] read(NumberTable labels, int examples) {
    int[] classes = new int[examples];
    labels.read(
        examples,
        (row, place, value) -> {
          long label = requireLabel(labels, row, value, first);
          if (label - first >= count) {
            throw new DataException(
                "%s: label %d in row %d, expected %d to %d, the classes of the training set"
                    .formatted(labels.name(), label, row, first, first + count - 1));
          }
          classes[row] = (int) (label - first);
        });
    return classes;
  }
}
