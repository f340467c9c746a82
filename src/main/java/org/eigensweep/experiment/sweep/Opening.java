package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/**
 * A phase of a trunk before its last one.
 *
 * @param recipe how its updates are made
 * @param steps updates, at least 1
 */
public record Opening(Recipe recipe, int steps) implements Serializable {
  /** The phase in words, which name a trial in tables and so stay as they are. */
  public String description() {
    return "steps=%d %s".formatted(steps, recipe.description());
  }
}
