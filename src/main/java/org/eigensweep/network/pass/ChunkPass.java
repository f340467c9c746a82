package org.eigensweep.network.pass;

import org.eigensweep.array.Scope;

/**
 * A chunk passed forward and backward.
 *
 * @param pass through the layers
 * @param loss the loss at its output
 * @param owner of everything that products need, closed with this
 */
record ChunkPass(GraphPass pass, LossRule.LossPass loss, Scope owner) implements AutoCloseable {
  /** Bytes of the storage of everything that products need. */
  long bytes() {
    return owner.bytes();
  }

  @Override
  public void close() {
    owner.close();
  }
}
