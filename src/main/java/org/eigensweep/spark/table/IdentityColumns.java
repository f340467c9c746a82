package org.eigensweep.spark.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.training.UpdateRule;

/** The columns that tell a trial from all others, in every table of trials. */
public final class IdentityColumns {
  public static final String TRIAL = "trial";

  private static final List<Column<TrialIdentity>> ALL =
      List.of(
          Column.text(TRIAL, "hash of all that fixes the trial's numbers", TrialIdentity::hash),
          Column.text("experiment", "name of the sweep", TrialIdentity::experiment),
          Column.text("data", "origin of the training set", TrialIdentity::data),
          Column.text("model", "the architecture, or the kind of function", TrialIdentity::model),
          Column.text("loss", "the training loss", TrialIdentity::loss),
          Column.text("optimizer", "the base optimiser", TrialIdentity::optimizer),
          Column.integer("batch_size", "examples a step", TrialIdentity::batchSize),
          Column.real("learning_rate", "step size of the optimiser", t -> t.trial().learningRate()),
          Column.bigint("seed", "root of the random streams", t -> t.trial().seed()),
          Column.integer("rank", "dimension k of the dominant space", t -> t.trial().rank()),
          Column.text("branch", "what was done after the switch", t -> t.trial().branch().name()),
          Column.real(
              "a",
              "factor of the update's part in the dominant space; null where it changes",
              t -> factor(t, UpdateRule::dominant)),
          Column.real(
              "b", "factor of its part outside; null likewise", t -> factor(t, UpdateRule::bulk)),
          Column.text(
              "branch_method",
              "how the branch made its base updates; null if as the trunk",
              t -> method(t.trial().branch().method())));

  private static double factor(TrialIdentity trial, ToDoubleFunction<UpdateRule> which) {
    return trial.trial().branch().rule() instanceof UpdateRule fixed
        ? which.applyAsDouble(fixed)
        : Double.NaN;
  }

  private static String method(Method method) {
    return method instanceof Method.Own own ? own.description() : null;
  }

  private IdentityColumns() {}

  /** Their names, in the order of the tables. */
  public static List<String> names() {
    return ALL.stream().map(Column::name).toList();
  }

  /** The columns for a table whose rows' sources know their trial. */
  static <T> Stream<Column<T>> of(Function<T, TrialIdentity> trial) {
    return ALL.stream().map(column -> column.within(trial));
  }
}
