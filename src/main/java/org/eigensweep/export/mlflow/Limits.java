package org.eigensweep.export.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an MLflow server takes in one request, in one value and in one name. */
final class Limits {
  static final int METRICS = 1000;
  static final int PARAMETERS = 100;
  static final int TAGS = 100;

  /** What servers since 1.28 take; those since 2.8 take 6,000. */
  private static final int PARAMETER_VALUE = 500;

  private static final int TAG_VALUE = 5000;
  private static final int NAME = 250;
  private static final int LINE = 200;
  private static final String CUT = "...";

  private Limits() {}

  static String parameterValue(String value) {
    return cut(value, PARAMETER_VALUE);
  }

  static String tagValue(String value) {
    return cut(value, TAG_VALUE);
  }

  /** What a server says, which may be a whole page, as a part of a line. */
  static String line(String text) {
    return cut(text.strip().replaceAll("\\s+", " "), LINE);
  }

  /** Limits are in characters for some stores and in bytes for others: the shorter of both. */
  private static String cut(String value, int most) {
    if (bytes(value) <= most) {
      return value;
    }
    StringBuilder kept = new StringBuilder();
    int left = most - CUT.length();
    for (int at = 0; at < value.length(); ) {
      String letter = Character.toString(value.codePointAt(at));
      left -= bytes(letter);
      if (left < 0) {
        break;
      }
      kept.append(letter);
      at += letter.length();
    }
    return kept.append(CUT).toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * A name of what MLflow allows: letters, digits, underscores, dashes, dots, spaces and slashes,
   * and no part between slashes that a path would drop.
   */
  static String name(String name) {
    String allowed =
        name.replaceAll("[^\\p{Alnum}_\\-. /]", "_").replaceAll("(?<=^|/)\\.{0,2}(?=/|$)", "_");
    return allowed.substring(0, Math.min(NAME, allowed.length()));
  }

  /** The same items, so many at a time. */
  static <T> List<List<T>> parts(List<T> items, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      parts.add(items.subList(from, Math.min(from + size, items.size())));
    }
    return parts;
  }
}
