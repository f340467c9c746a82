package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.CurveSet;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import org.eigensweep.spark.output.FlatSettings;

/**
 * The data of a sweep's page as JSON. Lists of buckets and settings, which many curves and trials
 * share, are written once each and then called by their place.
 */
final class PageData {
  private final SweepCurves source;
  private final JsonWriter json;
  private final PageNumbers numbers;
  private final RowData rows;
  private final CurveData curves;

  private PageData(SweepCurves source, Writer out) {
    this.source = source;
    this.json = FactsData.writer(out);
    this.numbers = new PageNumbers(json, CurveData.DIGITS);
    this.rows = new RowData(json);
    this.curves = new CurveData(json);
  }

  /** Writes all of it. */
  static void write(SweepCurves source, ReportFacts facts, Writer out) throws IOException {
    new PageData(source, out).write(facts);
  }

  private void write(ReportFacts facts) throws IOException {
    json.beginObject();
    FactsData.write(facts, json);
    writeGrids();
    writeTrials();
    writeCurves();
    json.name("layers");
    LayerData.write(source.layers(), source.trials(), curves, json);
    curves.writeBuckets();
    json.name("density");
    DensityData.write(
        source.density(), source.trials().stream().map(TrialRow::hash).toList(), json);
    rows.writeSettings();
    json.endObject();
    json.flush();
  }

  private void writeGrids() throws IOException {
    json.name("digits").value(CurveData.DIGITS);
    json.name("thinned")
        .value(
            Stream.of(source.steps(), source.eigenvalues(), source.layers().curves())
                .anyMatch(PageData::thinned));
    json.name("rows").beginObject();
    json.name("steps").value(source.steps().rows());
    json.name("eigenvalues").value(source.eigenvalues().rows());
    json.endObject();
    json.name("grid").beginObject();
    json.name("buckets").value(source.steps().grid().buckets()).endObject();
    json.name("pairGrid").beginObject();
    json.name("buckets").value(source.eigenvalues().grid().buckets()).endObject();
    json.name("steps");
    numbers.writeAll(source.steps().steps());
    json.name("pairSteps");
    numbers.writeAll(source.eigenvalues().steps());
  }

  private static boolean thinned(CurveSet set) {
    return set.curves().stream().anyMatch(curve -> !Arrays.equals(curve.low(), curve.high()));
  }

  private void writeTrials() throws IOException {
    json.name("trials").beginArray();
    for (TrialRow trial : source.trials()) {
      json.beginObject();
      rows.writeCells(trial.cells());
      writeProgress(trial);
      json.endObject();
    }
    json.endArray();
  }

  private void writeProgress(TrialRow trial) throws IOException {
    TrialRow.Progress progress = trial.progress();
    json.name("progress").beginObject();
    json.name("last_step").value(progress.lastStep());
    json.name("last_loss");
    numbers.write(progress.lastLoss());
    json.name("branch_step").value(progress.branchStep());
    json.name("branch_loss");
    numbers.write(progress.branchLoss());
    json.name("branch_alignment");
    numbers.write(progress.branchAlignment());
    json.name("planned_steps").value(plannedSteps(trial));
    json.endObject();
  }

  /** Of a finished trial of the same sweep, for a running one has no settings yet. */
  private Integer plannedSteps(TrialRow trial) {
    if (trial.finished()) {
      return null;
    }
    return source.trials().stream()
        .filter(TrialRow::finished)
        .filter(t -> t.cells().get("experiment").equals(trial.cells().get("experiment")))
        .flatMap(t -> stepsOf((String) t.cells().get("settings")).stream())
        .findFirst()
        .orElse(null);
  }

  private static Optional<Integer> stepsOf(String settings) {
    return Optional.ofNullable(FlatSettings.of(settings).get("training.steps"))
        .map(Integer::valueOf);
  }

  private void writeCurves() throws IOException {
    Map<String, List<Curve>> steps = CurveData.byTrial(source.steps());
    Map<String, List<Curve>> pairs = CurveData.byTrial(source.eigenvalues());
    json.name("curves").beginArray();
    for (TrialRow trial : source.trials()) {
      json.beginObject();
      for (Curve curve : steps.getOrDefault(trial.hash(), List.of())) {
        json.name(curve.quantity());
        curves.write(curve);
      }
      json.endObject();
    }
    json.endArray();
    json.name("eigenvalues").beginArray();
    for (TrialRow trial : source.trials()) {
      json.beginArray();
      for (Curve curve : pairs.getOrDefault(trial.hash(), List.of())) {
        curves.write(curve);
      }
      json.endArray();
    }
    json.endArray();
  }
}
