package org.eigensweep.experiment.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;

/**
 * What steps are made of, one of each timed at the start: it says whether a probe has the time to
 * walk, and stands in for it where it has not.
 *
 * @param opening seconds until the examples are in place
 * @param minibatches batch size → seconds of a gradient over it
 * @param evaluation seconds of the loss of all examples
 * @param pass seconds of a linearisation: loss and gradient of all examples
 * @param product seconds of a Hessian-vector product
 * @param bytes that the device held
 */
record Pieces(
    double opening,
    Map<Setting<Batches>, Double> minibatches,
    double evaluation,
    double pass,
    double product,
    long bytes) {
  /** Products of a solve, as the measurements on the page of the eigensolver have them. */
  private static final int SOLVE_PER_PAIR = 4;

  private static final int REPEATS = 3;

  /** Seconds of which the start of a process is a small part. */
  private static final double LONG = 1;

  /** Steps of a walk that are no start. */
  private static final int STEPS = 3;

  static Pieces of(Sweep sweep, Problem problem, Devices devices, int threads) {
    openOnce(problem, devices, threads);
    long start = System.nanoTime();
    try (Device device = devices.open(problem.precision(), threads);
        Objective train = problem.train(device);
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(problem.start(sweep.seeds().get(0)));
      Matrix vector = scope.matrix(theta.rows(), 1);
      Matrix product = scope.matrix(theta.rows(), 1);
      double opening = since(start);
      Map<Setting<Batches>, Double> minibatches = new LinkedHashMap<>();
      for (Setting<Batches> batches : sweep.batchSizes()) {
        int size = batches.or(sweep.protocol().plan().batches()).size(train.examples());
        int[] first = IntStream.range(0, size).map(i -> i % train.examples()).toArray();
        minibatches.put(batches, timed(() -> train.minibatchGradient(theta, first, vector)));
      }
      double evaluation = timed(() -> train.evaluate(theta));
      double pass = timed(() -> train.linearize(theta).close());
      try (Linearization linearization = train.linearize(theta)) {
        double one = timed(() -> linearization.hessianProduct(vector, product));
        return new Pieces(opening, minibatches, evaluation, pass, one, device.bytes());
      }
    }
  }

  /** Has the process load its native libraries, which it does once. */
  private static void openOnce(Problem problem, Devices devices, int threads) {
    try (Device device = devices.open(problem.precision(), threads)) {
      problem.train(device).close();
    }
  }

  /** Seconds, without those of a process that does it for the first time. */
  private static double timed(Runnable piece) {
    double seconds = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS && (i == 0 || seconds < LONG); i++) {
      long start = System.nanoTime();
      piece.run();
      seconds = Math.min(seconds, since(start));
    }
    return seconds;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds of so many walks of the fewest steps, each with a solve from scratch. */
  double walks(int count, int pairs) {
    double step = pass + minibatches.values().stream().mapToDouble(s -> s).max().orElseThrow();
    return count * (opening + SOLVE_PER_PAIR * pairs * product + STEPS * step);
  }

  /** The costs of parts that are made of these pieces. */
  Probed probed(Sweep sweep) {
    TrainingPlan plan = sweep.protocol().plan();
    int pairs = sweep.protocol().following().eigenspace().pairs();
    boolean watches = !(plan.switchRule() instanceof SwitchRule.AtStep);
    int watched = watches ? Probe.PRODUCTS_OF_ALIGNMENT * sweep.ranks().size() : 0;
    Map<Setting<Batches>, PartCost> trunks = new LinkedHashMap<>();
    minibatches.forEach((batches, step) -> trunks.put(batches, cost(step, watched, pairs)));
    Map<String, PartCost> branches = new LinkedHashMap<>();
    double first = minibatches.values().iterator().next();
    for (Continuation branch : sweep.branches()) {
      int followed = branch.projects() ? Probe.PRODUCTS_OF_UPDATE : 0;
      branches.put(branch.name(), cost(first, followed, pairs));
    }
    return new Probed(trunks, branches, bytes, 0);
  }

  private PartCost cost(double minibatch, int followed, int pairs) {
    double passOfStep = followed > 0 ? pass : 0;
    int solve = SOLVE_PER_PAIR * pairs;
    return new PartCost(
        opening + pass + solve * product,
        minibatch + passOfStep + followed * product,
        followed > 0 ? 0 : evaluation,
        pass - passOfStep + pairs * product,
        solve,
        followed,
        pairs);
  }
}
