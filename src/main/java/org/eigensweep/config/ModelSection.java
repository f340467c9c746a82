package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.Activation;
import org.eigensweep.network.Cnn;
import org.eigensweep.network.Initialization;
import org.eigensweep.network.Mlp;
import org.eigensweep.network.Model;
import org.eigensweep.network.Pooling;

/** {@code eigensweep.model}, its precision aside. */
final class ModelSection {
  private static final Map<String, Function<Node, Model>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("mlp", ModelSection::mlp);
    KINDS.put("cnn", ModelSection::cnn);
  }

  private ModelSection() {}

  static Model read(Node section, DataSource data) {
    Node kind = section.child("kind");
    Model model = kind.word(KINDS).apply(section);
    if (model instanceof Cnn && !Cnn.takes(data.shape())) {
      InputShape shape = data.shape();
      throw kind.refuse(
          "a kind that takes inputs of %d x %d x %d"
              .formatted(shape.channels(), shape.height(), shape.width()),
          "take mlp, or images of at least 4 x 4");
    }
    // θ is one vector, and a Java array ends here.
    if (model.parameters(data.shape(), data.classes()) > Integer.MAX_VALUE) {
      throw section
          .child(model instanceof Cnn ? "width" : "hidden")
          .refuse("at most " + Integer.MAX_VALUE + " parameters in all", "take narrower layers");
    }
    return model;
  }

  private static Model mlp(Node section) {
    List<Integer> hidden =
        section.child("hidden").items().stream().map(width -> width.integerOfAtLeast(1)).toList();
    return new Mlp(hidden, activation(section), initialization(section));
  }

  private static Cnn cnn(Node section) {
    return new Cnn(
        section.child("width").integerOfAtLeast(1),
        section.child("pooling").word(Words.of(Pooling.class)),
        activation(section),
        initialization(section));
  }

  private static Activation activation(Node section) {
    return section.child("activation").word(Words.of(Activation.class));
  }

  private static Initialization initialization(Node section) {
    return section.child("initialization").word(Words.of(Initialization.class));
  }
}
