package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Scope;
import org.eigensweep.array.WorkingSizes;

/**
 * An action on a few examples at a time. Its temporaries have the size that the device likes, and
 * never exist for all examples at once.
 */
interface ExampleGroup {
  /** Works on {@code count} examples from one on. */
  void accept(int from, int count, Scope temporary);

  /**
   * Runs an action on all examples, group by group.
   *
   * @param device opens the scope of a group's temporaries
   * @param examples number of examples
   * @param numbers numbers that the largest temporary holds for an example; a group's take {@link
   *     WorkingSizes#group}
   */
  static void each(Device device, int examples, long numbers, ExampleGroup action) {
    int size = (int) Math.max(1, device.sizes().group() / (numbers * device.precision().bytes()));
    for (int from = 0; from < examples; from += size) {
      try (Scope temporary = device.open()) {
        action.accept(from, Math.min(size, examples - from), temporary);
      }
    }
  }
}
