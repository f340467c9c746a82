package org.eigensweep.spark.aggregate;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * A line of CSV as RFC 4180 has it, with a line feed for its end: nothing for null, numbers with a
 * point and all their digits, quotes around texts where they need them.
 *
 * <p>A spreadsheet computes a text that begins like a formula. Such a text gets an apostrophe
 * before it, after which spreadsheets show it as it is.
 */
final class CsvLine {
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile(".*[\",\r\n].*", Pattern.DOTALL);

  private CsvLine() {}

  /** The line of a row, without its end. */
  static String of(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> cell(row.get(i)))
        .collect(Collectors.joining(","));
  }

  /** The first line: the names of the columns. */
  static String header(String... names) {
    return String.join(",", names);
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    String shown = FORMULA.matcher(text).matches() ? "'" + text : text;
    // An empty text would read as null.
    return shown.isEmpty() || QUOTED.matcher(shown).matches()
        ? '"' + shown.replace("\"", "\"\"") + '"'
        : shown;
  }
}
