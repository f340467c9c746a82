package org.eigensweep.spark.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of a CSV file as RFC 4180 has them: fields between commas, lines that end with CR and LF, a
 * quote doubled within quotes.
 */
public final class CsvText {
  /** The end of a line. */
  public static final String END = "\r\n";

  /** What a spreadsheet may take for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r\n";

  private CsvText() {}

  /**
   * A line, ended.
   *
   * @param values texts, numbers and points in time; null is an empty field
   */
  public static String line(List<?> values) {
    return fields(values) + END;
  }

  /** A line without its end. */
  public static String fields(List<?> values) {
    return values.stream().map(CsvText::field).collect(Collectors.joining(","));
  }

  /**
   * A field. Numbers have as many digits as tell them from all others, and no quotes. An empty text
   * has quotes, which null has not. A text that a spreadsheet would run has an apostrophe before
   * it.
   */
  static String field(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static String quoted(String text) {
    String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain =
        !harmless.isEmpty() && harmless.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
