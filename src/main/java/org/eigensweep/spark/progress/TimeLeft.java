package org.eigensweep.spark.progress;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Estimates how long a sweep goes on. A step of a branch that projects may take ten times as long
 * as one of a trunk, so each kind of part has a price of its own: from parts of the kind that came
 * to their end, or else from those that run, or else the mean price of all steps so far.
 */
final class TimeLeft {
  private final Map<Part.Kind, Double> prices = new HashMap<>();
  private final long now;

  private TimeLeft(long now) {
    this.now = now;
  }

  /**
   * Seconds; NaN while no step has been timed.
   *
   * @param atOnce most parts that have run at a time
   * @param now by the clock of the driver in nanoseconds
   */
  static double of(Collection<Part> parts, int atOnce, long now) {
    TimeLeft left = new TimeLeft(now);
    double usual = left.price(parts, part -> true);
    double work = 0;
    double longest = 0;
    for (Part part : parts) {
      if (!part.isOver()) {
        double price = left.prices.computeIfAbsent(part.kind(), k -> left.price(parts, k, usual));
        double rest = (part.expected() - part.made()) * price;
        work += rest;
        longest = Math.max(longest, rest);
      }
    }
    return Double.isNaN(usual) ? Double.NaN : Math.max(work / Math.max(1, atOnce), longest);
  }

  private double price(Collection<Part> parts, Part.Kind kind, double usual) {
    double ended = price(parts, part -> part.kind().equals(kind) && part.isOver());
    double price = Double.isNaN(ended) ? price(parts, part -> part.kind().equals(kind)) : ended;
    return Double.isNaN(price) ? usual : price;
  }

  /** Seconds a step; NaN if none has been timed. */
  private double price(Collection<Part> parts, Predicate<Part> which) {
    double seconds = 0;
    long steps = 0;
    for (Part part : parts) {
      if (which.test(part) && part.stepsTimed() > 0) {
        seconds += part.secondsTimed(now);
        steps += part.stepsTimed();
      }
    }
    return steps == 0 ? Double.NaN : seconds / steps;
  }
}
