package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.CurveSet;

/**
 * Writes curves. Lists of buckets, which many curves share, are written once each and called by
 * their place.
 */
final class CurveData {
  /**
   * Significant digits: a hundredth of a pixel, in a figure whose values differ by a thousandth.
   */
  static final int DIGITS = 6;

  private final JsonWriter json;
  private final PageNumbers numbers;
  private final Map<List<Integer>, Integer> buckets = new LinkedHashMap<>();

  CurveData(JsonWriter json) {
    this.json = json;
    this.numbers = new PageNumbers(json, DIGITS);
  }

  /** The curves of each trial, in the set's order. */
  static Map<String, List<Curve>> byTrial(CurveSet set) {
    Map<String, List<Curve>> byTrial = new HashMap<>();
    set.curves().forEach(c -> byTrial.computeIfAbsent(c.trial(), t -> new ArrayList<>()).add(c));
    return byTrial;
  }

  void write(Curve curve) throws IOException {
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

  /** Writes the lists that curves call by their places, after the curves. */
  void writeBuckets() throws IOException {
    json.name("buckets").beginArray();
    for (List<Integer> list : buckets.keySet()) {
      numbers.writeAll(list.stream().mapToInt(i -> i).toArray());
    }
    json.endArray();
  }
}
