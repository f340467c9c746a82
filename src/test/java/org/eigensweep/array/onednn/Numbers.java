package org.eigensweep.array.onednn;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;

/** Float32 numbers in native memory, for tests; freed by the garbage collector. */
final class Numbers {
  /** Of float32. */
  static final double ROUNDOFF = 0x1p-24;

  private static final Random RANDOM = new Random(7);

  private final FloatPointer memory;
  private final int count;

  Numbers(float... values) {
    memory = new FloatPointer(values);
    count = values.length;
  }

  /** Random numbers in [-1, 1). */
  static Numbers random(int count) {
    float[] values = new float[count];
    synchronized (RANDOM) {
      for (int i = 0; i < count; i++) {
        values[i] = RANDOM.nextFloat() * 2 - 1;
      }
    }
    return new Numbers(values);
  }

  static Numbers of(float value, int count) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return new Numbers(values);
  }

  /** What an output holds before: numbers to add to, or nothing that may be read. */
  static Numbers fresh(int count, Onto onto) {
    return onto == Onto.SUM ? random(count) : of(Float.NaN, count);
  }

  /** What an output's old values count for. */
  static double[] old(Numbers out, Onto onto) {
    return onto == Onto.SUM ? out.doubles() : new double[out.count];
  }

  void set(int index, float value) {
    memory.put(index, value);
  }

  long address() {
    return memory.address();
  }

  int count() {
    return count;
  }

  float[] floats() {
    float[] values = new float[count];
    memory.get(values);
    return values;
  }

  double[] doubles() {
    float[] values = floats();
    double[] wide = new double[count];
    for (int i = 0; i < count; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
