package org.eigensweep.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.DoubleStream;

/** Numbers as the tables show them. */
final class Digits {
  /** What stands where there is no number. */
  static final String NONE = "-";

  private static final MathContext MEAN = new MathContext(3);
  private static final MathContext SPREAD = new MathContext(2);

  private Digits() {}

  /**
   * The mean of finite numbers with 3 significant digits, and, of two or more, the sample standard
   * deviation with 2.
   */
  static String meanAndSpread(double[] numbers) {
    if (numbers.length < 2) {
      return mean(numbers);
    }
    double mean = DoubleStream.of(numbers).average().orElseThrow();
    double squares = DoubleStream.of(numbers).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = Math.sqrt(squares / (numbers.length - 1));
    return significant(mean, MEAN) + " ± " + significant(deviation, SPREAD);
  }

  /** The mean of finite numbers with 3 significant digits. */
  static String mean(double[] numbers) {
    return numbers.length == 0
        ? NONE
        : significant(DoubleStream.of(numbers).average().orElseThrow(), MEAN);
  }

  /** A number with 2 significant digits. */
  static String few(double number) {
    return significant(number, SPREAD);
  }

  private static String significant(double number, MathContext digits) {
    if (!Double.isFinite(number)) {
      return String.valueOf(number);
    }
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(number).round(digits);
    rounded = rounded.setScale(rounded.scale() + digits.getPrecision() - rounded.precision());
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent > 5) {
      return "%se%d".formatted(rounded.movePointLeft(exponent).toPlainString(), exponent);
    }
    return rounded.toPlainString();
  }
}
