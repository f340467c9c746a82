package org.eigensweep.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eigensweep.data.DataSource;
import org.eigensweep.network.Activation;
import org.eigensweep.network.Initialization;
import org.eigensweep.network.Mlp;
import org.eigensweep.network.Model;

/** {@code eigensweep.model}, its precision aside. */
final class ModelSection {
  private static final Map<String, Function<Node, Model>> KINDS = Map.of("mlp", ModelSection::mlp);

  private ModelSection() {}

  static Model read(Node section, DataSource data) {
    Model model = section.child("kind").word(KINDS).apply(section);
    // θ is one vector, and a Java array ends here.
    if (model.parameters(data.shape(), data.classes()) > Integer.MAX_VALUE) {
      throw section
          .child("hidden")
          .refuse("at most " + Integer.MAX_VALUE + " parameters in all", "take narrower layers");
    }
    return model;
  }

  private static Model mlp(Node section) {
    List<Integer> hidden =
        section.child("hidden").items().stream().map(width -> width.integerOfAtLeast(1)).toList();
    return new Mlp(
        hidden,
        section.child("activation").word(Words.of(Activation.class)),
        section.child("initialization").word(Words.of(Initialization.class)));
  }
}
