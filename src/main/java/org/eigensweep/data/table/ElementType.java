package org.eigensweep.data.table;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The types of numbers, by NumPy's names. */
public enum ElementType {
  BOOL(1),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT16(2),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that a number takes. */
  int bytes() {
    return bytes;
  }

  /** Takes the next number, in the buffer's order of bytes. */
  double read(ByteBuffer buffer) {
    return switch (this) {
      case BOOL -> buffer.get() == 0 ? 0 : 1;
      case INT8 -> buffer.get();
      case UINT8 -> Byte.toUnsignedInt(buffer.get());
      case INT16 -> buffer.getShort();
      case UINT16 -> Short.toUnsignedInt(buffer.getShort());
      case INT32 -> buffer.getInt();
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
      case INT64 -> buffer.getLong();
      case UINT64 -> unsigned(buffer.getLong());
      case FLOAT16 -> half(buffer.getShort());
      case FLOAT32 -> buffer.getFloat();
      case FLOAT64 -> buffer.getDouble();
    };
  }

  /** Its name in messages, as {@code uint8}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The nearest double of an unsigned 64-bit integer. */
  static double unsigned(long bits) {
    // Halved with its last bit kept sticky, so that the one rounding is that of the conversion.
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  /** A number of IEEE 754's binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
  static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else {
      magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
