package org.eigensweep.spark.aggregate;

import java.util.List;
import org.eigensweep.spark.table.IdentityColumns;

/**
 * A trial among others.
 *
 * @param identity the values of {@link IdentityColumns#names}, in their order
 * @param settings the resolved settings, JSON; null while it runs
 * @param life how far it has come
 * @param rows how many it has in {@code steps}
 */
record SweepTrial(List<Object> identity, String settings, Life life, long rows) {
  private static final String SEED = "seed";
  private static final String BRANCH = "branch";
  private static final String PLAIN = "plain";

  private static final List<String> NOT_OF_TWINS =
      List.of(IdentityColumns.TRIAL, "experiment", BRANCH, "a", "b", "branch_method");

  /** The columns of a point of the sweep without its seed. */
  static List<String> pointColumns() {
    return IdentityColumns.names().stream()
        .filter(name -> !name.equals(IdentityColumns.TRIAL) && !name.equals(SEED))
        .toList();
  }

  String hash() {
    return (String) value(IdentityColumns.TRIAL);
  }

  long seed() {
    return (long) value(SEED);
  }

  String experiment() {
    return (String) value("experiment");
  }

  boolean isPlain() {
    return value(BRANCH).equals(PLAIN);
  }

  /** The values of {@link #pointColumns}, in their order. */
  List<Object> point() {
    return pointColumns().stream().map(this::value).toList();
  }

  /** What it shares with its twins: trials that differ in their branches and experiments alone. */
  List<Object> twinKey() {
    return IdentityColumns.names().stream()
        .filter(name -> !NOT_OF_TWINS.contains(name))
        .map(this::value)
        .toList();
  }

  /** The value of a column; null where it is null. */
  Object value(String column) {
    return identity.get(IdentityColumns.names().indexOf(column));
  }
}
