package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words for enum constants in settings. */
final class Words {
  private Words() {}

  /** {@code CROSS_ENTROPY} is written {@code cross-entropy}; in order of declaration. */
  static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return words;
  }
}
