package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.CurveSet;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import org.eigensweep.spark.output.FlatSettings;

/**
 * The data of a page as JSON. Lists of buckets and settings, which many curves and trials share,
 * are written once each and then called by their place. The text is safe within a script element:
 * what would end it is written as an escape.
 */
final class PageData {
  /**
   * Significant digits: a hundredth of a pixel, in a figure whose values differ by a thousandth.
   */
  static final int DIGITS = 6;

  private static final String SETTINGS = "settings";

  private final SweepCurves source;
  private final Map<List<Integer>, Integer> buckets = new LinkedHashMap<>();
  private final Map<String, Integer> settings = new LinkedHashMap<>();
  private final JsonWriter json;
  private final PageNumbers numbers;

  private PageData(SweepCurves source, Writer out) {
    this.source = source;
    this.json = new JsonWriter(out);
    json.setHtmlSafe(true);
    json.setSerializeNulls(true);
    this.numbers = new PageNumbers(json, DIGITS);
  }

  /** Writes all of it. */
  static void write(SweepCurves source, ReportFacts facts, Writer out) throws IOException {
    new PageData(source, out).write(facts);
  }

  private void write(ReportFacts facts) throws IOException {
    json.beginObject();
    json.name("made").value(facts.made().toString());
    json.name("version").value(facts.version());
    json.name("running").value(facts.running());
    json.name("folders").beginArray();
    for (String folder : facts.folders()) {
      json.value(folder);
    }
    json.endArray();
    writeGrids();
    writeTrials();
    writeCurves();
    json.name("density");
    DensityData.write(source.density(), source.trials(), json);
    json.name(SETTINGS).beginArray();
    for (String text : settings.keySet()) {
      json.value(text);
    }
    json.endArray();
    json.endObject();
    json.flush();
  }

  private void writeGrids() throws IOException {
    json.name("digits").value(DIGITS);
    json.name("thinned").value(thinned(source.steps()) || thinned(source.eigenvalues()));
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
      for (Map.Entry<String, Object> cell : trial.cells().entrySet()) {
        json.name(cell.getKey());
        writeCell(cell.getKey(), cell.getValue());
      }
      writeProgress(trial);
      json.endObject();
    }
    json.endArray();
  }

  private void writeCell(String column, Object value) throws IOException {
    if (value instanceof String text && column.equals(SETTINGS)) {
      json.value(settings.computeIfAbsent(text, unused -> settings.size()));
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      json.nullValue();
    } else if (value instanceof Long number && Math.abs(number) > 1L << 53) {
      json.value(number.toString()); // more than a number of JavaScript holds
    } else if (value instanceof Number number) {
      json.value(number);
    } else {
      json.value(value == null ? null : value.toString());
    }
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
        .flatMap(t -> stepsOf((String) t.cells().get(SETTINGS)).stream())
        .findFirst()
        .orElse(null);
  }

  private static Optional<Integer> stepsOf(String settings) {
    return Optional.ofNullable(FlatSettings.of(settings).get("training.steps"))
        .map(Integer::valueOf);
  }

  private void writeCurves() throws IOException {
    Map<String, List<Curve>> steps = byTrial(source.steps());
    Map<String, List<Curve>> pairs = byTrial(source.eigenvalues());
    json.name("curves").beginArray();
    for (TrialRow trial : source.trials()) {
      json.beginObject();
      for (Curve curve : steps.getOrDefault(trial.hash(), List.of())) {
        json.name(curve.quantity());
        writeCurve(curve);
      }
      json.endObject();
    }
    json.endArray();
    json.name("eigenvalues").beginArray();
    for (TrialRow trial : source.trials()) {
      json.beginArray();
      for (Curve curve : pairs.getOrDefault(trial.hash(), List.of())) {
        writeCurve(curve);
      }
      json.endArray();
    }
    json.endArray();
    json.name("buckets").beginArray();
    for (List<Integer> list : buckets.keySet()) {
      numbers.writeAll(list.stream().mapToInt(i -> i).toArray());
    }
    json.endArray();
  }

  private static Map<String, List<Curve>> byTrial(CurveSet set) {
    Map<String, List<Curve>> byTrial = new HashMap<>();
    set.curves().forEach(c -> byTrial.computeIfAbsent(c.trial(), t -> new ArrayList<>()).add(c));
    return byTrial;
  }

  private void writeCurve(Curve curve) throws IOException {
    List<Integer> at = Arrays.stream(curve.buckets()).boxed().toList();
    json.beginObject();
    json.name("at").value(buckets.computeIfAbsent(at, unused -> buckets.size()));
    json.name("mean");
    numbers.writeAll(curve.mean());
    if (!Arrays.equals(curve.low(), curve.high())) {
      json.name("low");
      numbers.writeAll(curve.low());
      json.name("high");
      numbers.writeAll(curve.high());
    }
    json.endObject();
  }
}
