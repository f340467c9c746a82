package org.eigensweep.data;

import org.apache.hadoop.fs.Path;

/** Checks of the number of examples that settings ask of a source. */
public final class ExampleCounts {
  private ExampleCounts() {}

  /**
   * Checks the sizes before anything is read or drawn.
   *
   * @throws DataException if there is nothing to train on, or a set cannot be one Java array
   */
  public static void check(int train, int test, int features) {
    checkOne("training", train, 1, features);
    checkOne("test", test, 0, features);
  }

  private static void checkOne(String part, int examples, int least, int features) {
    int most = Integer.MAX_VALUE / features;
    if (examples < least || examples > most) {
      throw new DataException(
          "%d %s examples asked for, expected %d to %d".formatted(examples, part, least, most));
    }
  }

  /**
   * Checks what a file turned out to hold.
   *
   * @throws DataException if it is less than was asked for
   */
  public static void checkFound(Path path, int found, int asked) {
    if (found < asked) {
      throw new DataException(
          "%s: %d examples, expected at least the %d asked for: ask for fewer"
              .formatted(path, found, asked));
    }
  }
}
