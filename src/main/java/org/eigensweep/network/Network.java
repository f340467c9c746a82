package org.eigensweep.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.archive.ModelWriter;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.L2Term;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.pass.Chunks;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.LossRule;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;

/**
 * A DL4J network with exact derivative rules: its architecture and parameter layout are DL4J's, its
 * arithmetic runs on a {@link Device}.
 */
public final class Network {
  private final Blueprint blueprint;
  private final Architecture architecture;
  private final LayerGraph graph;
  private final LossRule loss;
  private final ParameterLayout layout;
  private final L2Term l2;
  private final InputShape input;
  private final int classes;

  Network(
      Blueprint blueprint,
      Architecture architecture,
      LossRule loss,
      InputShape input,
      int classes) {
    this.blueprint = blueprint;
    this.architecture = architecture;
    this.graph = Dl4jCompiler.compile(architecture, input);
    this.loss = loss;
    this.layout = ParameterLayout.of(architecture);
    this.l2 = L2Term.of(layout, 0, 0);
    this.input = input;
    this.classes = classes;
  }

  /** Builds a model for data of the given sizes, with a training loss that has no L2 term. */
  public static Network of(Model model, InputShape input, int classes, Loss loss) {
    return of(model, input, classes, loss, 0);
  }

  /**
   * Builds a model for data of the given sizes.
   *
   * @param model architecture
   * @param input inputs an example
   * @param classes outputs
   * @param loss training loss
   * @param l2 coefficient of ½·l2·‖w‖² in it, over weights and not biases, at least 0
   */
  public static Network of(Model model, InputShape input, int classes, Loss loss, double l2) {
    return new PresetBlueprint(model, loss, l2).over(input, classes);
  }

  /** Numbers in the outputs of all layers for one example. */
  public long activations() {
    return graph.activations(input.features());
  }

  /** How so many examples pass through the network. */
  public Chunks chunks(int examples, PassSettings passes, Precision precision) {
    return graph.chunks(examples, input.features(), passes, precision);
  }

  /** Number of trainable parameters n. */
  public int parameters() {
    return graph.parameters();
  }

  /**
   * Where each layer's parameters lie in the parameter vector, by DL4J's name of the layer, as in
   * "layer0", and those of each of its parameters, as in "layer0.W" and "layer0.b"; in the vector's
   * order, a layer before its parameters. Layers without parameters are left out.
   */
  public Map<String, IndexRange> parameterRanges() {
    return layout.ranges();
  }

  /** Those of {@link #parameterRanges} that are layers, in the vector's order. */
  public Map<String, IndexRange> layerRanges() {
    Map<String, IndexRange> layers = new LinkedHashMap<>();
    layout.layers().forEach(layer -> layers.put(layer, layout.range(layer)));
    return layers;
  }

  /**
   * Where the parameters of one name lie.
   *
   * @param name a name of {@link #parameterRanges}
   * @throws IllegalArgumentException naming those there are
   */
  public IndexRange parameterRange(String name) {
    return layout.range(name);
  }

  /**
   * Writes the network at some parameters as DL4J's ModelSerializer does.
   *
   * @param theta n × 1, read in portions
   * @param out not closed
   */
  public void save(MatrixSource theta, OutputStream out) throws IOException {
    ModelWriter.write(architecture.canonical(), theta, out);
  }

  /** The network as DL4J knows it, with a loss that equals ours in value and gradient. */
  public Architecture architecture() {
    return architecture;
  }

  LayerGraph graph() {
    return graph;
  }

  /** Fresh parameters in DL4J's layout, n × 1, drawn from a stream of their own. */
  public HostMatrix initialParameters(RandomGenerator random) {
    double[] theta = blueprint.draw(this, random);
    return new HostMatrix.Doubles(theta.length, 1, theta);
  }

  /**
   * The parameters that training starts from, in DL4J's layout: fresh ones, drawn where they are
   * needed, or those that the network came with.
   *
   * @param seed what fresh ones are drawn from
   * @return n × 1
   */
  public MatrixSource initialParameters(long seed) {
    return blueprint.start(this, seed);
  }

  /** Fresh parameters, n × 1, drawn where they are needed. */
  MatrixSource drawn(long seed) {
    return new DrawnParameters(blueprint, input, classes, parameters(), seed);
  }

  /**
   * The training loss over a data set: the mean loss and the L2 term.
   *
   * @param device where everything lives
   * @param data examples of the network's sizes, copied to the device
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   */
  public Objective trainingObjective(Device device, Dataset data, PassSettings settings) {
    return withL2Term(objective(device, data, settings));
  }

  /**
   * The training loss, L2 term included, where the mean loss is computed elsewhere.
   *
   * @param mean the mean loss over the training set, closed with the result
   */
  public Objective withL2Term(Objective mean) {
    return l2.over(mean);
  }

  /**
   * Consecutive examples whose loss depends on each other's values: the statistics of batch
   * normalisation are theirs. 1 where there is none. The mean loss over a data set is that over its
   * parts, weighted by examples, where every part begins at a multiple of this number.
   */
  public int coupled(PassSettings settings) {
    return graph.couplesExamples() ? settings.batchNormExamples() : 1;
  }

  /**
   * The mean loss over a data set, which is copied to the device, without the L2 term.
   *
   * @param device where everything lives
   * @param data examples of the network's sizes
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   */
  public Objective objective(Device device, Dataset data, PassSettings settings) {
    return new NetworkObjective(device, graph, loss, data, settings);
  }
}
