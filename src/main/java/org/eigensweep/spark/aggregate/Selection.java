package org.eigensweep.spark.aggregate;

/**
 * Order statistics without sorting: a table of differences has an interval a row, and of a thousand
 * means an interval needs four.
 */
final class Selection {
  private Selection() {}

  /**
   * The quantile as {@link Sample#quantiles} has it.
   *
   * @param values in any order, at least one, none NaN; put in another order
   */
  static double quantile(double[] values, double share) {
    double place = share * (values.length - 1);
    int below = (int) place;
    double rest = place - below;
    select(values, below);
    return rest == 0
        ? values[below]
        : values[below] + rest * (least(values, below + 1) - values[below]);
  }

  private static double least(double[] values, int from) {
    double least = values[from];
    for (int i = from + 1; i < values.length; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  /**
   * Puts at a place what sorting would put there, nothing larger before it and nothing smaller
   * after it (Hoare, Algorithm 65: Find, Communications of the ACM 4, 1961).
   */
  private static void select(double[] values, int place) {
    int from = 0;
    int to = values.length - 1;
    while (from < to) {
      double pivot = values[(from + to) >>> 1];
      int left = from;
      int right = to;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          double value = values[left];
          values[left++] = values[right];
          values[right--] = value;
        }
      }
      if (place <= right) {
        to = right;
      } else if (place >= left) {
        from = left;
      } else {
        return;
      }
    }
  }
}
