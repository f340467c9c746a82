package org.eigensweep.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eigensweep.experiment.sweep.Opening;

/** {@code eigensweep.training.phases}: phases of a trunk before the one that the switch ends. */
final class PhaseSection {
  private PhaseSection() {}

  /**
   * Reads the phases.
   *
   * @param recipes reads what they say of their updates
   * @param steps updates that a trial makes in all
   */
  static List<Opening> read(Node training, RecipeSection recipes, int steps) {
    List<Opening> openings = new ArrayList<>();
    Node phases = training.child("phases");
    long made = 0;
    for (Node phase : phases.items()) {
      Map<String, Node> fields = phase.fields(Set.of("steps"), RecipeSection.KEYS);
      int length = fields.get("steps").integerOfAtLeast(1);
      made += length;
      if (made > steps) {
        throw fields
            .get("steps")
            .refuse(
                "phases of at most eigensweep.training.steps = %d together".formatted(steps),
                "shorten them or train longer");
      }
      openings.add(new Opening(recipes.read(fields, length), length));
    }
    return openings;
  }
}
