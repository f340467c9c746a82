package org.eigensweep.data.files;

import java.util.Arrays;

/**
 * Means and standard deviations of the places of examples, of the population as NumPy's {@code
 * std}, in one pass by Welford's updates, so that a large mean costs no digits. Those of a channel
 * are merged from those of its places, so they do not depend on the order in which a file holds
 * them.
 */
final class Moments {
  private final int group;
  private final double[] means;
  private final double[] squares;
  private final double[] least;
  private final double[] most;
  private final int[] counts;

  /**
   * Nothing seen yet.
   *
   * @param places of an example
   * @param group consecutive places that are taken together, a divisor of them
   */
  Moments(int places, int group) {
    this.group = group;
    this.means = new double[places];
    this.squares = new double[places];
    this.least = new double[places];
    this.most = new double[places];
    this.counts = new int[places];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
  }

  void add(int place, double value) {
    counts[place]++;
    double change = value - means[place];
    means[place] += change / counts[place];
    squares[place] += change * (value - means[place]);
    least[place] = Math.min(least[place], value);
    most[place] = Math.max(most[place], value);
  }

  /**
   * What turns values into standardised ones. A place, or channel, that is constant is only
   * centred: its deviation is taken as 1.
   */
  Scaling scaling() {
    double[] centers = new double[means.length];
    double[] deviations = new double[means.length];
    for (int from = 0; from < means.length; from += group) {
      merge(from);
      boolean constant = least[from] == most[from];
      double deviation = Math.sqrt(squares[from] / ((double) counts[from] * group));
      // The rounding of a sum must not make a constant place differ from its mean.
      Arrays.fill(centers, from, from + group, constant ? least[from] : means[from]);
      Arrays.fill(deviations, from, from + group, constant ? 1 : deviation);
    }
    return (place, value) -> (float) ((value - centers[place]) / deviations[place]);
  }

  /** Takes the group's places into its first (Chan and others 1983): all have equally many. */
  private void merge(int from) {
    for (int place = from + 1; place < from + group; place++) {
      double merged = place - from;
      double change = means[place] - means[from];
      squares[from] += squares[place] + change * change * counts[from] * merged / (merged + 1);
      means[from] += change / (merged + 1);
      least[from] = Math.min(least[from], least[place]);
      most[from] = Math.max(most[from], most[place]);
    }
  }
}
