package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a page shows in a browser, to be compared with the tables that it was made of.
 *
 * @param browser that has it open
 */
record DrawnPage(Browser browser) {
  /** The rows of a query by DuckDB, whose %s is the output folder, as numbers. */
  static List<double[]> select(Path output, String query) throws SQLException {
    List<double[]> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(output))) {
      while (found.next()) {
        double[] row = new double[found.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
          row[i] = found.getDouble(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Asserts that both have the same numbers, to so many parts of each. */
  static void same(List<double[]> shown, List<double[]> expected, double part) {
    assertThat(shown).hasSameSizeAs(expected);
    for (int i = 0; i < shown.size(); i++) {
      for (int c = 0; c < expected.get(i).length; c++) {
        double value = expected.get(i)[c];
        assertThat(shown.get(i)[c]).isCloseTo(value, within(part * Math.abs(value)));
      }
    }
  }

  /**
   * The points of a series as the chart itself has them.
   *
   * @param figure its id
   * @param type of the series, as ECharts calls it
   * @param name of the series
   * @param nth of those that share both, from 0
   */
  List<double[]> points(String figure, String type, String name, int nth)
      throws IOException, InterruptedException {
    JsonArray points =
        browser
            .run(
                """
                var at = eigensweep.figures.findIndex(f => f.id === arguments[0]);
                return eigensweep.charts[at].getOption().series
                  .filter(s => s.type === arguments[1] && s.name === arguments[2])[arguments[3]].data.map(d => d.value || d);
                """,
                figure,
                type,
                name,
                nth)
            .getAsJsonArray();
    return StreamSupport.stream(points.spliterator(), false)
        .map(JsonElement::getAsJsonArray)
        .map(
            point ->
                StreamSupport.stream(point.spliterator(), false)
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray())
        .toList();
  }

  String text(String selector) throws IOException, InterruptedException {
    return browser
        .run("return document.querySelector(arguments[0]).textContent", selector)
        .getAsString();
  }

  /** The texts of what a script returns, a list. */
  List<String> texts(String script, Object... arguments) throws IOException, InterruptedException {
    return StreamSupport.stream(
            browser.run(script, arguments).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsString)
        .toList();
  }

  /** The cells of a column of the table, from 0. */
  List<String> column(int place) throws IOException, InterruptedException {
    return texts(
        "return [...document.querySelectorAll('#table tbody tr')].map(r => r.cells[arguments[0]].textContent)",
        place);
  }
}
