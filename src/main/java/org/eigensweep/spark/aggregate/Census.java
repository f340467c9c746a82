package org.eigensweep.spark.aggregate;

import java.io.Serializable;
import java.util.List;

/**
 * How many of some trials, or of some pairs of trials, have come how far.
 *
 * @param lives one a trial or a pair
 */
record Census(List<Life> lives) implements Serializable {
  int size() {
    return lives.size();
  }

  int reached(int step) {
    return (int) lives.stream().filter(life -> life.hasReached(step)).count();
  }

  int diverged(int step) {
    return (int) lives.stream().filter(life -> life.hasDiverged(step)).count();
  }

  int pending(int step) {
    return (int) lives.stream().filter(life -> life.isPending(step)).count();
  }
}
