package org.eigensweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a single value says, read exactly; each reading is empty where the value is nothing of the
 * kind.
 *
 * <p>Typesafe Config's own getters are not used: they truncate 2.5 to 2 where an integer is asked.
 *
 * @param value null where the key is absent
 */
record Scalar(ConfigValue value) {
  /** A string, or a number as it was written: parsed ones saturate at 64 bits. */
  Optional<String> text() {
    if (value == null) {
      return Optional.empty();
    }
    return switch (value.valueType()) {
      case STRING, NUMBER -> Optional.of(value.atKey("text").getString("text"));
      case BOOLEAN, LIST, NULL, OBJECT -> Optional.empty();
    };
  }

  /** A finite number. */
  Optional<Double> number() {
    return decimal().map(BigDecimal::doubleValue).filter(Double::isFinite);
  }

  /** A 64-bit integer. */
  Optional<Long> integer() {
    try {
      return decimal().map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A memory size in bytes, with a unit or without one. */
  Optional<Long> bytes() {
    return decimal().isPresent() ? integer() : text().flatMap(Scalar::bytesWithUnit);
  }

  private static Optional<Long> bytesWithUnit(String text) {
    try {
      return Optional.of(ConfigFactory.parseMap(Map.of("size", text)).getBytes("size"));
    } catch (ConfigException.BadValue e) {
      return Optional.empty();
    }
  }

  /** A time of at least nothing, with a unit. */
  Optional<Duration> duration() {
    return decimal().isPresent() ? Optional.empty() : text().flatMap(Scalar::timeWithUnit);
  }

  private static Optional<Duration> timeWithUnit(String text) {
    try {
      return Optional.of(ConfigFactory.parseMap(Map.of("time", text)).getDuration("time"))
          .filter(time -> !time.isNegative());
    } catch (ConfigException.BadValue | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Numbers may come as strings, from the environment or from quotes. */
  private Optional<BigDecimal> decimal() {
    try {
      return text().map(String::strip).map(BigDecimal::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
