package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes numbers with so many significant digits.
 *
 * @param json where to
 * @param digits at least 1
 */
record PageNumbers(JsonWriter json, int digits) {
  void writeAll(int[] numbers) throws IOException {
    json.beginArray();
    for (int number : numbers) {
      json.value(number);
    }
    json.endArray();
  }

  void writeAll(double[] numbers) throws IOException {
    json.beginArray();
    for (double number : numbers) {
      write(number);
    }
    json.endArray();
  }

  /** A number, or null for what is none. */
  void write(double number) throws IOException {
    if (!Double.isFinite(number)) {
      json.nullValue();
      return;
    }
    BigDecimal rounded =
        new BigDecimal(number)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    // A number like 1e-30 keeps its exponent.
    String plain = Math.abs(rounded.scale()) < 12 ? rounded.toPlainString() : rounded.toString();
    json.jsonValue(plain);
  }
}
