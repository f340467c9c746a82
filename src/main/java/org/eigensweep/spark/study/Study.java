package org.eigensweep.spark.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The spectrum of one saved network, as the tables have it: rows of cells by the names of their
 * columns, each a String, an Integer, a Double or null.
 *
 * @param folder the output folder that holds it
 * @param cells its row in {@code spectra}
 * @param pairs its rows in {@code spectra_eigenvalues}, the leading pair first
 * @param masses its rows in {@code spectra_density}, in order of their nodes
 * @param layers its rows in {@code spectra_layers}, in the network's order; none unless each layer
 *     was asked for
 */
public record Study(
    String folder,
    Map<String, Object> cells,
    List<Map<String, Object>> pairs,
    List<Map<String, Object>> masses,
    List<Map<String, Object>> layers) {
  public Study {
    cells = row(cells);
    pairs = rows(pairs);
    masses = rows(masses);
    layers = rows(layers);
  }

  private static List<Map<String, Object>> rows(List<Map<String, Object>> rows) {
    List<Map<String, Object>> copies = new ArrayList<>();
    rows.forEach(row -> copies.add(row(row)));
    return Collections.unmodifiableList(copies);
  }

  private static Map<String, Object> row(Map<String, Object> row) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(row)); // some cells are null
  }

  /** A column of some of its rows as numbers, in the rows' order; NaN for what is null. */
  public static double[] numbers(List<Map<String, Object>> rows, String column) {
    return rows.stream()
        .mapToDouble(row -> row.get(column) instanceof Double number ? number : Double.NaN)
        .toArray();
  }
}
