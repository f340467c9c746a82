package org.eigensweep.report.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.CurveSet;
import org.eigensweep.spark.curve.DensityAxis;
import org.eigensweep.spark.curve.DensityMap;
import org.eigensweep.spark.curve.DensityMaps;
import org.eigensweep.spark.curve.Grid;
import org.eigensweep.spark.curve.LayerCurves;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;

/** Curves that are made up. */
final class MadeCurves {
  static final Grid GRID = new Grid(99, 50);
  static final ReportFacts FACTS =
      new ReportFacts(List.of("out"), false, OptionalInt.empty(), Instant.EPOCH, "1.2.3");

  private MadeCurves() {}

  static TrialRow trial(String hash, String experiment, String branch, double rate, int rank) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("trial", hash);
    cells.put("experiment", experiment);
    cells.put("optimizer", "sgd");
    cells.put("batch_size", 50);
    cells.put("learning_rate", rate);
    cells.put("seed", 0L);
    cells.put("rank", rank);
    cells.put("branch", branch);
    cells.put("status", "completed");
    cells.put("final_train_loss", 0.25);
    cells.put("settings", "{\"training\":{\"steps\":100}}");
    cells.put("finished_at", Instant.EPOCH);
    return new TrialRow(hash, new TrialRow.Progress(99, 0.25, 40, 0.5, 0.97), cells);
  }

  static Curve curve(String trial, String quantity, int pair, IntToDoubleFunction value) {
    int[] buckets = IntStream.range(0, GRID.buckets()).toArray();
    double[] values = IntStream.of(buckets).mapToDouble(value).toArray();
    return new Curve(trial, quantity, pair, buckets, values, values, values);
  }

  static SweepCurves of(List<TrialRow> trials, List<Curve> steps, List<Curve> pairs) {
    int[] first = IntStream.range(0, GRID.buckets()).map(b -> 2 * b).toArray();
    return new SweepCurves(
        trials,
        new CurveSet(GRID, first, 50L * trials.size(), steps),
        new CurveSet(GRID, first, 100L * trials.size(), pairs),
        DensityMaps.none(),
        LayerCurves.none());
  }

  /**
   * The same with a density for each trial but those of a branch: at three steps half the spectrum
   * at zero, a tenth around −1 and the rest around 10.
   */
  static SweepCurves withDensity(SweepCurves curves, String without) {
    DensityAxis axis = new DensityAxis(0.01, 0.2, -24, 60);
    List<DensityMap.Column> columns =
        IntStream.of(0, 20, 40)
            .mapToObj(
                bucket ->
                    new DensityMap.Column(
                        bucket, new int[] {-24, 0, 34}, new double[] {0.1, 0.5, 0.4}))
            .toList();
    List<DensityMap> maps =
        curves.trials().stream()
            .filter(trial -> !trial.cells().get("branch").equals(without))
            .map(trial -> new DensityMap(trial.hash(), columns))
            .toList();
    DensityMaps density = new DensityMaps(GRID, curves.steps().steps(), axis, maps);
    return new SweepCurves(
        curves.trials(), curves.steps(), curves.eigenvalues(), density, curves.layers());
  }

  /** The same with so many layers for each trial, whose first has a name of one's own. */
  static SweepCurves withLayers(SweepCurves curves, int layers, String first) {
    List<String> names =
        IntStream.range(0, layers).mapToObj(i -> i == 0 ? first : "layer" + i).toList();
    List<Curve> made = new ArrayList<>();
    for (TrialRow trial : curves.trials()) {
      for (int i = 0; i < layers; i++) {
        double top = Math.exp(-i / 4.0);
        made.add(atThreeSteps(trial, "eigenvalue", i + 1, top, top / 2, top / 3));
        double share = 1.0 / layers;
        made.add(atThreeSteps(trial, "trace_share", i + 1, share, share, share));
      }
    }
    CurveSet set = new CurveSet(GRID, curves.steps().steps(), made.size(), made);
    return new SweepCurves(
        curves.trials(),
        curves.steps(),
        curves.eigenvalues(),
        curves.density(),
        new LayerCurves(names, set));
  }

  private static Curve atThreeSteps(TrialRow trial, String quantity, int pair, double... values) {
    return new Curve(trial.hash(), quantity, pair, new int[] {0, 20, 40}, values, values, values);
  }

  /** Three branches at two learning rates and two ranks, with curves of every kind. */
  static SweepCurves sweep(String experiment, String third) {
    List<TrialRow> trials = new ArrayList<>();
    List<Curve> steps = new ArrayList<>();
    List<Curve> pairs = new ArrayList<>();
    for (double rate : new double[] {0.1, 0.2}) {
      for (int rank : new int[] {1, 2}) {
        for (String branch : List.of("plain", "dominant", third)) {
          String hash = "%s-%s-%d".formatted(branch, rate, rank);
          trials.add(trial(hash, experiment, branch, rate, rank));
          steps.add(curve(hash, "train_loss", 0, b -> Math.exp(-rate * b)));
          steps.add(curve(hash, "chi_gradient", 0, b -> 0.9));
          steps.add(curve(hash, "learning_rate_bulk", 0, b -> rate * Math.cos(b)));
          steps.add(curve(hash, "stability_threshold", 0, b -> 2 / rate));
          pairs.add(curve(hash, "eigenvalue", 1, b -> 5 + b / 10.0));
          pairs.add(curve(hash, "eigenvalue", 2, b -> 2));
        }
      }
    }
    return of(trials, steps, pairs);
  }
}
