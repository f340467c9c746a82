package org.eigensweep.spark.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings that tables keep as JSON, each by its whole name. */
public final class FlatSettings {
  /**
   * Beyond those of every double; a table of somebody else's may hold numbers with a billion
   * digits.
   */
  private static final int MOST_DIGITS = 400;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private FlatSettings() {}

  /**
   * Name → value in words, such as {@code training.steps} → {@code 100}.
   *
   * @param json as in the column {@code settings}; the whole of it is one setting where it is none
   */
  public static SortedMap<String, String> of(String json) {
    SortedMap<String, String> flat = new TreeMap<>();
    try {
      flatten("", JSON.readTree(json), flat);
    } catch (JsonProcessingException e) {
      flat.put("settings", json);
    }
    return flat;
  }

  private static void flatten(String name, JsonNode node, SortedMap<String, String> flat) {
    if (node.isObject()) {
      String prefix = name.isEmpty() ? "" : name + ".";
      node.fields()
          .forEachRemaining(field -> flatten(prefix + field.getKey(), field.getValue(), flat));
    } else {
      flat.put(name, value(node));
    }
  }

  /** A number goes by its value, since 1e-3 is 0.001. */
  private static String value(JsonNode node) {
    if (node.isNumber() && Double.isFinite(node.doubleValue())) {
      BigDecimal number = node.decimalValue().stripTrailingZeros();
      return Math.abs((long) number.scale()) > MOST_DIGITS
          ? number.toString()
          : number.toPlainString();
    }
    return node.isContainerNode() ? node.toString() : node.asText();
  }
}
