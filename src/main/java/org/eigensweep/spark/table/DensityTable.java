package org.eigensweep.spark.table;

import java.util.List;
import java.util.stream.IntStream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.TrialIdentity;

/**
 * The table {@code density}: a row for each mass of the spectral density at each point where the
 * whole spectrum was measured.
 */
public final class DensityTable {
  /** The mass at this place, counted from 0, of a point. */
  record Mass(TrialIdentity trial, Measurement at, int i) {}

  public static final Table<Mass> TABLE =
      new Table<>(
          "density",
          Table.columns(
              IdentityColumns.of(Mass::trial),
              Column.integer("step", "updates made before this point", m -> m.at().step()),
              Column.real(
                  "node",
                  "where on the real line",
                  m -> m.at().spectrum().density().nodes()[m.i()]),
              Column.real(
                  "weight",
                  "share of the spectrum, all of a point add up to 1",
                  m -> m.at().spectrum().density().weights()[m.i()])));

  private DensityTable() {}

  /** The rows of points of a trial. */
  public static List<Mass> rows(TrialIdentity trial, List<Measurement> points) {
    return points.stream()
        .flatMap(
            at ->
                IntStream.range(0, at.spectrum().density().nodes().length)
                    .mapToObj(i -> new Mass(trial, at, i)))
        .toList();
  }
}
