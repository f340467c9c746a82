package org.eigensweep.array.cuda;

import org.eigensweep.array.Blocks;

/**
 * Where blocks begin, as kernels have it: block b at {@code b % down · downStep + b / down ·
 * acrossStep}.
 *
 * @param down blocks above each other
 * @param downStep elements from one to the next below
 * @param acrossStep elements from one stack to the next to the right
 */
record Layout(long down, long downStep, long acrossStep) {
  /** A single block, which serves every operation. */
  static final Layout ONE = new Layout(1, 0, 0);

  static Layout of(Blocks blocks) {
    return blocks.count() == 1
        ? ONE
        : new Layout(blocks.down(), blocks.downStep(), blocks.acrossStep());
  }

  /** First element of a block. */
  long start(int block) {
    return block % down * downStep + block / down * acrossStep;
  }

  /** Whether each of some blocks begins as far behind the one before it. */
  boolean isEven(int first, int count) {
    return down == 1 || acrossStep == down * downStep || first % down + count <= down;
  }

  /** How far, in elements. */
  long step() {
    return down == 1 ? acrossStep : downStep;
  }
}
