package org.eigensweep.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Window;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.layer.Attention;
import org.eigensweep.network.layer.BatchNorm;
import org.eigensweep.network.layer.Convolution;
import org.eigensweep.network.layer.Dense;
import org.eigensweep.network.layer.Embedding;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.LayerNormalization;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Vgg11;

/**
 * How parameters are drawn before training. Where PyTorch's defaults are asked for, the numbers
 * come in DL4J's parameter order, so they differ from PyTorch's draw for draw but not in
 * distribution.
 */
final class Initializers {
  private final LayerGraph graph;
  private final RandomGenerator random;
  private final double[] theta;

  private Initializers(LayerGraph graph, RandomGenerator random, double[] theta) {
    this.graph = graph;
    this.random = random;
    this.theta = theta;
  }

  /** Parameters of a model in DL4J's order. */
  static double[] draw(
      Model model, LayerGraph graph, Architecture architecture, RandomGenerator random) {
    Initializers initializers =
        switch (model.initialization()) {
          case PYTORCH -> new Initializers(graph, random, new double[graph.parameters()]);
          case XAVIER ->
              new Initializers(
                  graph,
                  random,
                  architecture.create(random.nextLong()).parameters().toDoubleVector());
        };
    if (model.initialization() == Initialization.PYTORCH) {
      initializers.drawAll();
    }
    if (model instanceof Vgg11) {
      initializers.redrawConvolutions();
    }
    return initializers.theta;
  }

  /** The defaults of torch.nn for each layer. */
  private void drawAll() {
    for (int i = 0; i < graph.nodes().size(); i++) {
      draw(i);
    }
  }

  /** Convolutions: weights normal with variance 2/(window · outputs), biases zero. */
  private void redrawConvolutions() {
    for (int node = 0; node < graph.nodes().size(); node++) {
      if (graph.nodes().get(node).layer() instanceof Convolution convolution) {
        Window window = convolution.window();
        int outputs = convolution.outputs();
        double deviation = Math.sqrt(2.0 / (window.rows() * window.columns() * outputs));
        int at = graph.offset(node);
        Arrays.fill(theta, at, at + outputs, 0);
        for (int i = outputs; i < convolution.parameters(); i++) {
          theta[at + i] = deviation * random.nextGaussian();
        }
      }
    }
  }

  private void draw(int node) {
    int at = graph.offset(node);
    Layer layer = graph.nodes().get(node).layer();
    if (layer instanceof Dense dense) {
      draw(dense, node, at);
    } else if (layer instanceof Convolution convolution) {
      uniform(at, layer.parameters(), 1 / Math.sqrt(convolution.window().patchSize()));
    } else if (layer instanceof Embedding) {
      for (int i = 0; i < layer.parameters(); i++) {
        theta[at + i] = random.nextGaussian();
      }
    } else if (layer instanceof LayerNormalization normalization) {
      Arrays.fill(theta, at, at + normalization.width(), 1);
    } else if (layer instanceof BatchNorm normalization) {
      Arrays.fill(theta, at, at + normalization.channels().count(), 1);
    }
  }

  /**
   * Weights and biases uniform in ±1/√fan-in, as in Linear. Around an attention they are those of
   * MultiheadAttention: no biases, and Glorot's uniform weights for queries, keys and values.
   */
  private void draw(Dense dense, int node, int at) {
    int weights = dense.inputs() * dense.outputs();
    boolean before = feedsAttention(node);
    double bound =
        before
            ? Math.sqrt(6.0 / (dense.inputs() + dense.outputs()))
            : 1 / Math.sqrt(dense.inputs());
    uniform(at, weights, bound);
    if (!before && !followsAttention(node)) {
      uniform(at + weights, dense.outputs(), bound);
    }
  }

  private boolean feedsAttention(int node) {
    return graph.nodes().stream()
        .anyMatch(n -> n.layer() instanceof Attention && n.sources().contains(node));
  }

  private boolean followsAttention(int node) {
    return graph.nodes().get(node).sources().stream()
        .anyMatch(
            source ->
                source != LayerGraph.DATA
                    && graph.nodes().get(source).layer() instanceof Attention);
  }

  private void uniform(int at, int count, double bound) {
    for (int i = at; i < at + count; i++) {
      theta[i] = bound * (2 * random.nextDouble() - 1);
    }
  }
}
