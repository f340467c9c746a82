package org.eigensweep.spark.progress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in as few characters as say enough. */
final class Words {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Words() {}

  /** A finite number with 3 significant digits. */
  static String few(double number) {
    if (!Double.isFinite(number)) {
      return String.valueOf(number);
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-3 || size >= 1e5)) {
      return String.format(Locale.ROOT, "%.2e", number)
          .replaceFirst("e([-+])0*", "e$1")
          .replace("e+", "e");
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS);
    int decimals = Math.max(0, DIGITS.getPrecision() - rounded.precision() + rounded.scale());
    return rounded.setScale(size == 0 ? 0 : decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** A share of 1 with 2 decimals. */
  static String share(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  /** A time as m:ss or h:mm:ss. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole >= HOUR
        ? "%d:%02d:%02d".formatted(whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE)
        : "%d:%02d".formatted(whole / MINUTE, whole % MINUTE);
  }
}
