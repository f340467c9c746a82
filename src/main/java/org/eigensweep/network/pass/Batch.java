package org.eigensweep.network.pass;

import org.eigensweep.array.Matrix;

/**
 * Examples that pass through a network together.
 *
 * @param inputs values × examples: features, or the ids of tokens
 * @param mask positions × examples, 1 for a token and 0 for padding; null where nothing is padded
 */
public record Batch(Matrix inputs, Matrix mask) {
  int examples() {
    return inputs.columns();
  }
}
