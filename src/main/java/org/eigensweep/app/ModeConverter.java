package org.eigensweep.app;

import java.util.Locale;
import org.eigensweep.network.saved.Mode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words by which the command line calls DL4J's modes. */
final class ModeConverter implements ITypeConverter<Mode> {
  @Override
  public Mode convert(String word) {
    for (Mode mode : Mode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
        return mode;
      }
    }
    throw new TypeConversionException("found %s, expected training or evaluation".formatted(word));
  }
}
