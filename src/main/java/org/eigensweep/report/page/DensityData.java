package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eigensweep.spark.curve.DensityAxis;
import org.eigensweep.spark.curve.DensityMap;
import org.eigensweep.spark.curve.DensityMaps;

/** The spectral densities of a page's data, which has null in their place where there are none. */
final class DensityData {
  /** A hundredth of a share of the spectrum is less than a shade of colour. */
  private static final int DIGITS = 3;

  private DensityData() {}

  /** Writes the axes, and for each trial of these its columns, or null if it has none. */
  static void write(DensityMaps source, List<String> trials, JsonWriter json) throws IOException {
    if (source.maps().isEmpty()) {
      json.nullValue();
      return;
    }
    json.beginObject();
    DensityAxis axis = source.axis();
    json.name("scale").value(axis.scale());
    json.name("width").value(axis.width());
    json.name("first").value(axis.first());
    json.name("bins").value(axis.bins());
    PageNumbers numbers = new PageNumbers(json, DIGITS);
    json.name("steps");
    numbers.writeAll(source.steps());
    Map<String, DensityMap> byTrial =
        source.maps().stream().collect(Collectors.toMap(DensityMap::trial, Function.identity()));
    json.name("trials").beginArray();
    for (String trial : trials) {
      if (byTrial.containsKey(trial)) {
        write(byTrial.get(trial), numbers);
      } else {
        json.nullValue();
      }
    }
    json.endArray();
    json.endObject();
  }

  private static void write(DensityMap map, PageNumbers numbers) throws IOException {
    JsonWriter json = numbers.json();
    json.beginArray();
    for (DensityMap.Column column : map.columns()) {
      json.beginObject();
      json.name("at").value(column.bucket());
      json.name("bins");
      numbers.writeAll(column.bins());
      json.name("shares");
      numbers.writeAll(column.shares());
      json.endObject();
    }
    json.endArray();
  }
}
