package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.LayerCurves;
import org.eigensweep.spark.curve.TrialRow;

/** The curves of layers in a page's data, which has null in their place where there are none. */
final class LayerData {
  private LayerData() {}

  /** Writes the layers, their steps, and for each trial its curves by quantity and layer. */
  static void write(LayerCurves source, List<TrialRow> trials, CurveData curves, JsonWriter json)
      throws IOException {
    if (source.names().isEmpty()) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("names").beginArray();
    for (String name : source.names()) {
      json.value(name);
    }
    json.endArray();
    json.name("steps");
    new PageNumbers(json, CurveData.DIGITS).writeAll(source.curves().steps());
    Map<String, List<Curve>> byTrial = CurveData.byTrial(source.curves());
    json.name("trials").beginArray();
    for (TrialRow trial : trials) {
      List<Curve> own = byTrial.getOrDefault(trial.hash(), List.of());
      json.beginObject();
      for (String quantity : LayerCurves.QUANTITIES) {
        json.name(quantity);
        write(own, quantity, source.names().size(), curves, json);
      }
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /** One curve for each layer, null where the trial has not measured it. */
  private static void write(
      List<Curve> own, String quantity, int layers, CurveData curves, JsonWriter json)
      throws IOException {
    Curve[] byLayer = new Curve[layers];
    for (Curve curve : own) {
      if (curve.quantity().equals(quantity)) {
        byLayer[curve.pair() - 1] = curve;
      }
    }
    json.beginArray();
    for (Curve curve : byLayer) {
      if (curve == null) {
        json.nullValue();
      } else {
        curves.write(curve);
      }
    }
    json.endArray();
  }
}
