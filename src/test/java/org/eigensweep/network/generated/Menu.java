package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The layers and options to draw from.
 *
 * @param random where choices come from
 * @param plain whether most are among those that are likely to have an exact rule
 */
record Menu(Random random, boolean plain) {
  private static final String[] SMOOTH = {
    "tanh", "sigmoid", "softplus", "elu", "gelu", "identity", "relu", "hardtanh"
  };

  private static final String[] ACTIVATIONS = {
    "tanh",
    "tanh",
    "sigmoid",
    "softplus",
    "elu",
    "gelu",
    "identity",
    "relu",
    "hardtanh",
    "swish",
    "mish",
    "cube",
    "selu",
    "softsign",
    "rationaltanh",
    "rectifiedtanh",
    "leakyrelu",
    "leakyrelu:0.3",
    "elu:0.5",
    "thresholdedrelu",
    "gelu:1",
    "relu:6",
    "relu6",
    "hardsigmoid",
    "softmax",
    "rrelu"
  };

  static String one(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private String one(String... words) {
    return one(random, words);
  }

  private String activation() {
    return one(plain && random.nextInt(10) > 0 ? SMOOTH : ACTIVATIONS);
  }

  private static Node node(String kind) {
    return new Node(kind, List.of(), Map.of());
  }

  private Node sized(String kind) {
    return node(kind).with("out", Integer.toString(1 + random.nextInt(3)));
  }

  /** One in so many have what is likely to be refused, so that few networks are for one of many. */
  private int rarely() {
    return plain ? 150 : 15;
  }

  private Node some(int oneIn, Node node, String name, String value) {
    return random.nextInt(oneIn) == 0 ? node.with(name, value) : node;
  }

  /** What every layer may have; noise seldom, since all of it must be refused. */
  private Node common(Node node) {
    Node with =
        some(rarely(), node, "drop", one("dropout", "alpha", "gaussian", "noise", "spatial"));
    with = some(rarely(), with, "noise", one("dropconnect", "additive"));
    return some(rarely(), with, "frozen", one("yes", "backprop"));
  }

  private Node weighted(Node node) {
    Node with = node.with("act", activation());
    with = some(10, with, "l2", "0.1");
    with = some(12, with, "l2bias", "0.2");
    with = some(rarely(), with, "l1", "0.1");
    return common(some(20, with, "decay", "0.1"));
  }

  /** A hidden layer for such an input. */
  Node layer(Input input, InputType type, boolean first) {
    if (first && input.kind().equals("index")) {
      return some(2, weighted(sized("embedding")), "bias", "yes");
    }
    if (first && input.kind().equals("tokens")) {
      Node tokens = sized("tokens").with("length", Integer.toString(input.sizes()[1]));
      return some(4, some(4, tokens, "infer", "yes"), "bias", "yes")
          .with("act", one("identity", "tanh"));
    }
    return switch (type.getType()) {
      case CNN, CNNFlat, CNN3D -> random.nextInt(8) == 0 ? vector() : image();
      case RNN -> sequence();
      case FF -> vector();
    };
  }

  private Node vector() {
    Node dense = some(5, some(8, weighted(sized("dense")), "nobias", "yes"), "norm", "yes");
    return switch (random.nextInt(plain ? 6 : 16)) {
      case 0 -> batchNorm();
      case 1 -> common(node("activation").with("act", activation()));
      case 9 -> one("a", "b").equals("a") ? node("dropout") : weighted(sized("autoencoder"));
      case 6 -> weighted(sized("scale"));
      case 7 -> node(one("prelu", "lambda", "mask"));
      case 8 -> one("a", "b").equals("a") ? node("repeat") : weighted(sized("vae"));
      default -> dense;
    };
  }

  private Node batchNorm() {
    Node norm = common(node("batchnorm").with("eps", one("0.1", "0.001", "1.0")));
    norm = some(3, norm, "lock", "yes");
    norm = some(3, norm, "gamma", "1.5");
    norm = some(3, norm, "beta", "0.5");
    norm = some(6, norm, "nominibatch", "yes");
    return some(4, norm, "logstd", "yes");
  }

  private Node image() {
    return switch (random.nextInt(plain ? 11 : 17)) {
      case 0, 1, 2, 3, 4 -> convolution("conv");
      case 5, 6, 7 -> pooling();
      case 8 -> batchNorm();
      case 9 -> common(node("activation").with("act", activation()));
      case 11 -> convolution(one("deconv", "separable", "depthwise"));
      case 12 -> node(one("lrn", "local", "dropout"));
      case 13 -> node(one("pad", "crop", "up"));
      case 14 -> node(one("depth", "batch"));
      default -> globalPooling();
    };
  }

  private Node globalPooling() {
    Node pooling = node("globalpool").with("type", one("AVG", "MAX", "SUM", "PNORM"));
    return some(6, some(4, pooling, "p", "3"), "keep", "yes");
  }

  private Node convolution(String kind) {
    return some(4, window(weighted(sized(kind))), "nobias", "yes");
  }

  private Node window(Node node) {
    Node with = node.with("kernel", one("1", "2", "1x2", "2x1", "3x2", "2x3"));
    with = some(3, with, "stride", one("2", "1x2", "2x1", "3x1"));
    with = some(3, with, "padding", one("1", "0x1", "1x0"));
    with = some(6, with, "dilation", one("2", "1x2"));
    return some(2, with, "mode", one("Same", "Strict", "Truncate", "Causal"));
  }

  private Node pooling() {
    String type = plain ? one("MAX", "AVG") : one("MAX", "AVG", "SUM", "PNORM");
    Node pooling = window(node("pool").with("type", type));
    return some(4, some(4, pooling, "p", "3"), "countpad", "yes");
  }

  private Node sequence() {
    Node recurrent =
        weighted(sized(one("lstm", "rnn", "rnn", "graveslstm", "gravesbi")))
            .with("wrap", one("none", "none", "last", "both", "zeros"))
            .with("mode", one("add", "mul", "average", "concat"));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> some(4, recurrent, "norm", "yes");
      case 3 -> weighted(sized("conv1d")).with("mode", one("Same", "Causal", "Truncate"));
      case 4 -> node("pool1d").with("type", one("MAX", "AVG", "SUM"));
      case 5 -> node(one("pad1d", "crop1d", "up1d", "mask"));
      case 6 -> sized(one("attention", "learnedattention", "recurrentattention"));
      case 7 -> weighted(sized(one("everystep", "dense")));
      case 8 -> batchNorm();
      default -> globalPooling();
    };
  }

  /** A vertex with one input. */
  Node single(InputType type) {
    if (type.getType() == InputType.Type.RNN && random.nextBoolean()) {
      return some(3, node(one("laststep", "reverse", "positions", "attend")), "masked", "yes");
    }
    return switch (random.nextInt(7)) {
      case 0 -> node("times").with("by", one("0.5", "-2", "0"));
      case 1 -> node("shift").with("by", one("0.5", "-2"));
      case 2 -> node("unit");
      case 3 -> node("subset").with("to", one("0", "1"));
      case 4 -> node("reshape").with("to", one("1", "2", "3"));
      case 5 -> node("unstack");
      default -> node("duplicate");
    };
  }

  /** A vertex with two inputs. */
  Node joint() {
    return node(
        one(
            "add",
            "add",
            "add",
            "merge",
            "merge",
            "subtract",
            "product",
            "average",
            "max",
            "distance",
            "stack"));
  }

  /** A layer whose outputs have as many features. */
  Node like(InputType type) {
    return switch (type.getType()) {
      case RNN ->
          weighted(sized(one("rnn", "lstm", "dense")))
              .with("out", Long.toString(((InputType.InputTypeRecurrent) type).getSize()));
      case CNN ->
          weighted(sized("conv"))
              .with("kernel", "1")
              .with("out", Long.toString(((InputType.InputTypeConvolutional) type).getChannels()));
      default ->
          weighted(sized("dense")).with("out", Long.toString(type.arrayElementsPerExample()));
    };
  }

  /** The last layer. */
  Node last(InputType type) {
    List<String> kinds = new ArrayList<>(List.of("output", "output", "output", "output", "output"));
    kinds.addAll(List.of("output", "output", "loss", "loss"));
    if (!plain) {
      kinds.add("centerloss");
    }
    if (type.getType() == InputType.Type.RNN) {
      kinds.addAll(List.of("rnnoutput", "rnnloss", "rnnoutput"));
    } else if (type.getType() == InputType.Type.CNN) {
      kinds.addAll(List.of("cnnloss", "cnnloss"));
    }
    Node node = node(kinds.get(random.nextInt(kinds.size())));
    node = loss(node);
    node = some(6, node, "nobias", "yes");
    node = some(8, node, "l2", "0.1");
    node = some(rarely(), node, "out", "3");
    return some(rarely(), node, "drop", "dropout");
  }

  private Node loss(Node node) {
    Node with =
        switch (random.nextInt(plain ? 4 : 6)) {
          case 0, 1 -> node.with("loss", one("mcxent", "mcxent", "mcxent", "nll", "kld", "sparse"));
          case 2, 3 -> node.with("loss", one("mse", "l2"));
          default ->
              node.with(
                  "loss",
                  one(
                      "xent",
                      "mae",
                      "l1",
                      "mape",
                      "msle",
                      "poisson",
                      "hinge",
                      "squaredhinge",
                      "cosine",
                      "fmeasure",
                      "wasserstein",
                      "multilabel"));
        };
    with = some(6, with, "weights", one("even", "odd"));
    boolean logarithmic =
        List.of("mcxent", "nll", "sparse", "kld").contains(with.option("loss", ""));
    if (logarithmic) {
      with =
          some(
              8, with.with("act", one("softmax", "softmax", "softmax", "sigmoid")), "clip", "0.05");
    } else {
      with =
          with.with(
              "act", one("identity", "identity", "tanh", "sigmoid", "softmax", "relu", "softplus"));
    }
    return with;
  }
}
