package org.eigensweep.spark.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.eigensweep.spark.table.Cells;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.table.TrialsTable;

/**
 * In which settings and data another trial differs, by their whole names and values.
 *
 * @param provenance of the sweep that it is compared with
 */
public record Difference(Provenance provenance) {
  /** Settings that fix no trial's numbers: the content of a network's file is in its model. */
  private static final Set<String> NO_PART =
      Set.of(
          "name",
          "output",
          "data.dir",
          "model.file",
          "sweep",
          "spark",
          "curvature",
          "checkpoint",
          "spectrum",
          "measure.save-models");

  /** Each difference in words: what the row of the other trial has, and what the sweep has. */
  List<String> found(Cells row) {
    List<String> found = ofSettings(row.text(TrialsTable.SETTINGS), provenance.settings());
    String train = row.text(TrialsTable.TRAIN_SHA256);
    if (!Objects.equals(provenance.trainSha256(), train)) {
      found.add(words("training data", train, provenance.trainSha256()));
    }
    String test = row.text(TrialsTable.TEST_SHA256);
    if (!Objects.equals(provenance.testSha256(), test)) {
      found.add(words("test data", test, provenance.testSha256()));
    }
    return found;
  }

  /** The differences between two settings, JSON as they are kept in tables. */
  static List<String> ofSettings(String there, String here) {
    SortedMap<String, String> old = FlatSettings.of(there);
    SortedMap<String, String> now = FlatSettings.of(here);
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String before = old.getOrDefault(key, "nothing");
      String after = now.getOrDefault(key, "nothing");
      if (!before.equals(after) && !isNoPart(key)) {
        differences.add(words("eigensweep." + key, before, after));
      }
    }
    return differences;
  }

  /**
   * The settings, by their whole names, that both have and that differ. One that only one of them
   * has may be of a later version, with a default that changes nothing.
   *
   * @param one JSON as it is kept in tables
   * @param other the same
   */
  public static List<String> conflicts(String one, String other) {
    SortedMap<String, String> first = FlatSettings.of(one);
    SortedMap<String, String> second = FlatSettings.of(other);
    Set<String> differ = new TreeSet<>();
    for (String key : first.keySet()) {
      String there = second.get(key);
      if (there != null && !there.equals(first.get(key))) {
        differ.add(key);
      }
    }
    addWithParts(differ, first, second);
    addWithParts(differ, second, first);
    return differ.stream().filter(key -> !isNoPart(key)).map(key -> "eigensweep." + key).toList();
  }

  /** A setting that is a word here and has parts there. */
  private static void addWithParts(
      Set<String> differ, SortedMap<String, String> words, SortedMap<String, String> parts) {
    for (String key : words.keySet()) {
      SortedMap<String, String> after = parts.tailMap(key + ".");
      if (!after.isEmpty() && after.firstKey().startsWith(key + ".")) {
        differ.add(key);
      }
    }
  }

  private static boolean isNoPart(String key) {
    return NO_PART.stream().anyMatch(no -> key.equals(no) || key.startsWith(no + "."));
  }

  private static String words(String what, String there, String here) {
    return "%s = %s, where this sweep has %s".formatted(what, there, here);
  }
}
