package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.Blueprint;
import org.eigensweep.network.PresetBlueprint;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.preset.Vgg11;

/** {@code eigensweep.model}, its precision aside, with the loss: a preset, or a user's file. */
final class ModelSection {
  private static final String FILE = "file";
  private static final Map<String, Reading> KINDS = new LinkedHashMap<>();

  /** What is read for a kind of model. */
  private interface Reading {
    /**
     * Reads it.
     *
     * @param root of the settings
     * @param data the examples
     * @param hadoop the file systems of a file that says what the model is
     */
    Blueprint read(Node root, DataSource data, Configuration hadoop);
  }

  static {
    KINDS.put("mlp", preset(ModelSection::mlp));
    KINDS.put("cnn", preset(ModelSection::cnn));
    KINDS.put("vgg11", preset(ModelSection::vgg11));
    KINDS.put("transformer", preset(ModelSection::transformer));
    KINDS.put(FILE, ModelFileSection::read);
  }

  private ModelSection() {}

  static Blueprint read(Node root, DataSource data, Configuration hadoop) {
    return root.child("model").child("kind").word(KINDS).read(root, data, hadoop);
  }

  private static Reading preset(BiFunction<Node, DataSource, Model> model) {
    return (root, data, hadoop) -> {
      Node section = root.child("model");
      for (String key : List.of("file", "weights")) {
        section.child(key).requireDefault("it is for eigensweep.model.kind = " + FILE);
      }
      return new PresetBlueprint(
          fitting(section, model.apply(section, data), data),
          root.child("loss").word(Words.of(Loss.class)),
          root.child("l2").number("a number of at least 0", x -> x >= 0));
    };
  }

  private static Model fitting(Node section, Model model, DataSource data) {
    requireFit(section.child("kind"), model, data);
    // θ is one vector, and a Java array ends here.
    if (model.parameters(data.shape(), data.classes()) > Integer.MAX_VALUE) {
      throw section
          .child(widest(model))
          .refuse("at most " + Integer.MAX_VALUE + " parameters in all", "take narrower layers");
    }
    return model;
  }

  private static void requireFit(Node kind, Model model, DataSource data) {
    if (model instanceof Transformer && data.vocabulary().isEmpty()) {
      throw kind.refuse("a kind for data other than text", "take data.kind = sst2, or mlp or cnn");
    }
    InputShape shape = data.shape();
    int side = model.smallestSide();
    if (Math.min(shape.height(), shape.width()) < side) {
      throw kind.refuse(
          "a kind that takes inputs of %d x %d x %d"
              .formatted(shape.channels(), shape.height(), shape.width()),
          "take mlp, or images of at least %d x %d".formatted(side, side));
    }
  }

  /** The setting that contributes most to the number of parameters. */
  private static String widest(Model model) {
    if (model instanceof Transformer) {
      return "feed-forward";
    }
    if (model instanceof Vgg11) {
      return "vgg-width";
    }
    return model instanceof Cnn ? "width" : "hidden";
  }

  private static void requireNoNormalization(Node section, String kind) {
    if (normalization(section) != Normalization.NONE) {
      throw section
          .child("normalization")
          .refuse("none, for model.kind = " + kind, "take cnn, vgg11, or none");
    }
  }

  private static Model mlp(Node section, DataSource data) {
    requireNoNormalization(section, "mlp");
    List<Integer> hidden =
        section.child("hidden").items().stream().map(width -> width.integerOfAtLeast(1)).toList();
    return new Mlp(hidden, activation(section), initialization(section));
  }

  private static Model cnn(Node section, DataSource data) {
    return new Cnn(
        section.child("width").integerOfAtLeast(1),
        section.child("pooling").word(Words.of(Pooling.class)),
        normalization(section),
        activation(section),
        initialization(section));
  }

  private static Model transformer(Node section, DataSource data) {
    requireNoNormalization(section, "transformer");
    int embedding = section.child("embedding").integerOfAtLeast(1);
    Node heads = section.child("heads");
    if (embedding % heads.integerOfAtLeast(1) != 0) {
      throw heads.refuse("a divisor of model.embedding, %d".formatted(embedding));
    }
    return new Transformer(
        data.vocabulary().orElse(1), // without text it is refused below
        embedding,
        heads.integerOfAtLeast(1),
        section.child("feed-forward").integerOfAtLeast(1),
        section.child("layers").integerOfAtLeast(1),
        activation(section),
        initialization(section));
  }

  private static Model vgg11(Node section, DataSource data) {
    return new Vgg11(
        section.child("vgg-width").integerOfAtLeast(1),
        normalization(section),
        activation(section),
        initialization(section));
  }

  private static Normalization normalization(Node section) {
    return section.child("normalization").word(Words.of(Normalization.class));
  }

  private static Activation activation(Node section) {
    return section.child("activation").word(Words.of(Activation.class));
  }

  private static Initialization initialization(Node section) {
    return section.child("initialization").word(Words.of(Initialization.class));
  }
}
