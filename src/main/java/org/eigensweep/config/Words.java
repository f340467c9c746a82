package org.eigensweep.config;

import static org.eigensweep.network.preset.Word.word;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words for enum constants in settings. */
final class Words {
  private Words() {}

  /** {@code CROSS_ENTROPY} is written {@code cross-entropy}; in order of declaration. */
  static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(word(constant), constant);
    }
    return words;
  }
}
