package org.eigensweep.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds the known key that a mistyped one was most likely meant to be. */
final class NearestKey {
  private final List<List<String>> known = new ArrayList<>();

  NearestKey(ConfigObject reference) {
    collect(List.of(), reference);
  }

  /** The known path, sections included, that is fewest edits away, of several the shortest. */
  String to(List<String> path) {
    return known.stream()
        .min(
            Comparator.<List<String>>comparingInt(k -> distance(path, k))
                .thenComparingInt(List::size)
                .thenComparing(k -> ConfigUtil.joinPath(k)))
        .map(ConfigUtil::joinPath)
        .orElseThrow();
  }

  private void collect(List<String> prefix, ConfigObject section) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      List<String> path = append(prefix, entry.getKey());
      known.add(path);
      if (entry.getValue() instanceof ConfigObject nested) {
        collect(path, nested);
      }
    }
  }

  static List<String> append(List<String> prefix, String key) {
    List<String> path = new ArrayList<>(prefix);
    path.add(key);
    return List.copyOf(path);
  }

  /**
   * Edits of the whole path, or of its last name alone: a right name in a wrong section is near.
   */
  private static int distance(List<String> a, List<String> b) {
    int whole = levenshtein(ConfigUtil.joinPath(a), ConfigUtil.joinPath(b));
    int last = levenshtein(a.get(a.size() - 1), b.get(b.size() - 1)) + 1;
    return Math.min(whole, last);
  }

  /** The name that is fewest edits away from a word. */
  static String nearest(String word, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.<String>comparingInt(name -> levenshtein(word, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Fewest insertions, deletions and substitutions of a character that turn a into b. */
  static int levenshtein(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
