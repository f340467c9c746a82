package org.eigensweep.data;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What settings ask of a {@link DataKind}.
 *
 * @param dir {@code data.dir}, a Hadoop path as it was written, if it is set
 * @param trainExamples {@code data.train-examples}, at least 1
 * @param testExamples {@code data.test-examples}, at least 1
 * @param options {@code data.options}: key → value as it was written, keys of the kind alone
 */
public record DataRequest(
    Optional<String> dir, int trainExamples, int testExamples, SortedMap<String, String> options) {
  /** An option's text, or the standard where it is not given. */
  public String text(String option, String standard) {
    return options.getOrDefault(option, standard);
  }

  /**
   * An option's 64-bit integer, or the standard where it is not given.
   *
   * @throws DataException if it is something else
   */
  public long integer(String option, long standard) {
    return parsed(option, standard, Long::valueOf, "an integer");
  }

  /**
   * An option's finite number, or the standard where it is not given.
   *
   * @throws DataException if it is something else
   */
  public double number(String option, double standard) {
    double number = parsed(option, standard, Double::valueOf, "a finite number");
    if (!Double.isFinite(number)) {
      throw unlike(option, "a finite number");
    }
    return number;
  }

  private <T> T parsed(String option, T standard, Function<String, T> parse, String expected) {
    String text = options.get(option);
    try {
      return text == null ? standard : parse.apply(text.strip());
    } catch (NumberFormatException e) {
      throw unlike(option, expected);
    }
  }

  private DataException unlike(String option, String expected) {
    return new DataException(
        "data.options.%s: found %s, expected %s: correct it"
            .formatted(option, options.get(option), expected));
  }
}
