package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes rows of tables as objects. Resolved settings, which many rows share, are written once each
 * and called by their place.
 */
final class RowData {
  private static final String SETTINGS = "settings";

  private final JsonWriter json;
  private final Map<String, Integer> settings = new LinkedHashMap<>();

  RowData(JsonWriter json) {
    this.json = json;
  }

  /** Writes a row's cells into the object that has been begun. */
  void writeCells(Map<String, Object> cells) throws IOException {
    for (Map.Entry<String, Object> cell : cells.entrySet()) {
      json.name(cell.getKey());
      writeCell(cell.getKey(), cell.getValue());
    }
  }

  /** Writes rows as a list of objects. */
  void writeRows(Iterable<Map<String, Object>> rows) throws IOException {
    json.beginArray();
    for (Map<String, Object> row : rows) {
      json.beginObject();
      writeCells(row);
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

  /** Writes the settings that rows call by their places, after the rows. */
  void writeSettings() throws IOException {
    json.name(SETTINGS).beginArray();
    for (String text : settings.keySet()) {
      json.value(text);
    }
    json.endArray();
  }
}
