package org.eigensweep.config;

import java.util.Collection;
import java.util.List;

/**
 * A value that is a word, or a section with that word as its {@code kind} and parameters beside it.
 * Which parameters there may be depends on the word, so {@code reference.conf} does not hold them.
 *
 * @param word what was chosen
 * @param at the word or the section
 */
record Choice(String word, Node at) {
  private static final String KIND = "kind";

  /** One of some words. */
  static Choice of(Node node, Collection<String> words) {
    Node named = node.isSection() ? node.required(KIND) : node;
    String expected = "one of " + String.join(", ", words);
    String word =
        named
            .text()
            .orElseThrow(
                () -> named.refuse(expected, "write one of them, or a section with a kind"));
    if (!words.contains(word)) {
      throw named.refuse(expected, "did you mean %s?".formatted(NearestKey.nearest(word, words)));
    }
    return new Choice(word, node);
  }

  /** Refuses parameters that do not belong to the word. */
  Choice with(List<String> parameters) {
    if (at.isSection()) {
      for (String key : at.keys()) {
        if (!key.equals(KIND) && !parameters.contains(key)) {
          throw unknown(key, parameters);
        }
      }
    }
    return this;
  }

  private SettingsException unknown(String key, List<String> parameters) {
    if (parameters.isEmpty()) {
      return at.required(key).refuse("nothing: %s has no parameters".formatted(word), "remove it");
    }
    String names = String.join(", ", parameters);
    return at.required(key)
        .refuse(
            "a parameter of %s: %s".formatted(word, names),
            "did you mean %s?".formatted(NearestKey.nearest(key, parameters)));
  }

  /** A number that the choice may leave out. */
  Node parameter(String key, double standard) {
    return at.parameter(key, standard);
  }

  /** A number that the choice must give. */
  Node required(String key) {
    return at.required(key);
  }
}
