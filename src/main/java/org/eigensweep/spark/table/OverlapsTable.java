package org.eigensweep.spark.table;

import java.util.List;
import java.util.stream.IntStream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.linalg.SpaceOverlap;

/**
 * The table {@code overlaps}: for each point whose eigenspace is measured a row for each lag and
 * each number of leading pairs, where lags are asked for.
 */
public final class OverlapsTable {
  /** The spaces of so many pairs, at a point and so many steps before. */
  record Spaces(TrialIdentity trial, int step, int lag, int dimension, SpaceOverlap overlap) {}

  public static final Table<Spaces> TABLE =
      new Table<>(
          "overlaps",
          Table.columns(
              IdentityColumns.of(Spaces::trial),
              Column.integer("step", "updates made before this point", Spaces::step),
              Column.integer("lag", "steps from the earlier space to this point", Spaces::lag),
              Column.integer(
                  "dimension", "leading pairs that span each of both spaces", Spaces::dimension),
              Column.real(
                  "overlap",
                  "mean squared cosine of the principal angles, 1 for equal spaces",
                  s -> s.overlap().overlaps()[s.dimension() - 1]),
              Column.real(
                  "largest_angle",
                  "largest principal angle in radians",
                  s -> s.overlap().angles()[s.dimension() - 1])));

  private OverlapsTable() {}

  /** The rows of points of a trial. */
  public static List<Spaces> rows(TrialIdentity trial, List<Measurement> points) {
    return points.stream()
        .flatMap(
            at ->
                at.overlaps().entrySet().stream()
                    .flatMap(
                        lag ->
                            IntStream.rangeClosed(1, at.pairs().count())
                                .mapToObj(
                                    k ->
                                        new Spaces(
                                            trial, at.step(), lag.getKey(), k, lag.getValue()))))
        .toList();
  }
}
