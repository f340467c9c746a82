package org.eigensweep.network.compile;

import org.eigensweep.data.InputShape;

/**
 * The layout of a vertex's output: planes, positions, or neither.
 *
 * @param image planes of an image; null where there are none
 * @param sequence positions of a text; null where there are none
 */
record Dl4jLayout(InputShape image, Sequence sequence) {
  /** Neither planes nor positions. */
  static final Dl4jLayout VECTOR = new Dl4jLayout(null, null);

  /**
   * Positions, each of some features.
   *
   * @param width features of a position
   * @param length number of positions
   */
  record Sequence(int width, int length) {}

  /** The same positions with planes of an image; null for none. */
  Dl4jLayout withImage(InputShape planes) {
    return new Dl4jLayout(planes, sequence);
  }

  /** The same planes with positions; null for none. */
  Dl4jLayout withSequence(Sequence positions) {
    return new Dl4jLayout(image, positions);
  }

  /**
   * Checks that there are no images.
   *
   * @throws IllegalArgumentException if there are
   */
  void requireVectors() {
    if (image != null) {
      throw NoRule.of("an input of images", "setInputType, which flattens them");
    }
  }
}
