package org.eigensweep.network.preset;

import java.util.Locale;

/** Constants of enums as settings and tables write them. */
public final class Word {
  private Word() {}

  /** {@code CROSS_ENTROPY} is written {@code cross-entropy}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
