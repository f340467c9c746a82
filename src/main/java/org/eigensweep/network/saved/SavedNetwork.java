package org.eigensweep.network.saved;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.archive.SavedModel;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.compile.Dl4jLoss;
import org.eigensweep.network.difference.DifferencedObjective;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.L2Term;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;

/**
 * A network that a user trained with DL4J and saved with its ModelSerializer: any {@code
 * MultiLayerNetwork}, and any {@code ComputationGraph} with one output and one input, or two for
 * text: tokens and their mask. Where every layer and the loss have a derivative rule, its curvature
 * is exact; elsewhere it comes from finite differences of DL4J's gradient.
 */
public final class SavedNetwork {
  static {
    CpuKernels.choose();
  }

  private final Dl4jModel original;
  private final Mode mode;
  private final TrueGradient gradient;
  private final ParameterLayout layout;
  private final L2Term l2;
  private final HostMatrix parameters;
  private final LayerGraph graph;
  private final Dl4jLoss loss;
  private final String missing;

  private SavedNetwork(
      Dl4jModel original,
      Mode mode,
      TrueGradient gradient,
      LayerGraph graph,
      Dl4jLoss loss,
      String missing) {
    this.original = original;
    this.mode = mode;
    this.gradient = gradient;
    this.layout = ParameterLayout.of(gradient.model());
    this.l2 = gradient.model().l2(layout);
    // Taken now: an objective moves the model's own parameters.
    double[] theta = original.parameters().toDoubleVector();
    this.parameters = new HostMatrix.Doubles(theta.length, 1, theta);
    this.graph = graph;
    this.loss = loss;
    this.missing = missing;
    requireL2();
  }

  /** DL4J's score has the weight decay too, which belongs to the update. */
  private void requireL2() {
    double theirs = original.regularization();
    if (weightDecay().isEmpty() && Math.abs(theirs - l2Value()) > 1e-10 * Math.abs(theirs)) {
      throw new IllegalArgumentException(
          "regularisation adds %.12g to DL4J's score and the L2 term is %.12g, expected the same: save the network without it"
              .formatted(theirs, l2Value()));
    }
  }

  /**
   * Reads a saved network.
   *
   * @param name the file's name, for messages
   * @param zip the file's bytes
   * @throws IllegalArgumentException if it is no such file, or its loss is random, as with dropout,
   *     no mean over examples, or has regularisation other than L2 and weight decay
   */
  public static SavedNetwork read(String name, byte[] zip) {
    return read(name, zip, Mode.TRAINING);
  }

  /** The same in a mode: in evaluation mode the loss may have dropout and other noise. */
  public static SavedNetwork read(String name, byte[] zip, Mode mode) {
    return named(name, mode, () -> SavedModel.read(zip));
  }

  /**
   * Reads the configuration of a network, which has the parameters that DL4J draws for it.
   *
   * @param name the file's name, for messages
   * @param json the file's bytes
   * @throws IllegalArgumentException as {@link #read} does
   */
  public static SavedNetwork untrained(String name, byte[] json) {
    return named(name, Mode.TRAINING, () -> SavedModel.untrained(json));
  }

  private static SavedNetwork named(String name, Mode mode, Supplier<Model> model) {
    try {
      return of(Dl4jModel.of(model.get()), mode, Dl4jCompiler::compile);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void requireOneLoss(Dl4jModel model) {
    Architecture architecture = model.architecture();
    if (model.parameters() == null || model.parameters().isEmpty()) {
      throw new IllegalArgumentException("a network without parameters, expected at least one");
    }
    int most = model.taking() == Dl4jExamples.Taking.TOKENS ? 2 : 1;
    if (architecture.inputs().size() > most || architecture.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "a graph with %d inputs and %d outputs, expected one of each, or tokens and a mask"
              .formatted(architecture.inputs().size(), architecture.outputs().size()));
    }
  }

  /**
   * Takes a network as it is in memory.
   *
   * @throws IllegalArgumentException naming the layer and the option for which it has no Hessian
   */
  public static SavedNetwork of(Dl4jModel original) {
    return of(original, Mode.TRAINING, Dl4jCompiler::compile);
  }

  /**
   * The same network for examples of a layout. A network that takes images does not say how large
   * they are, so that only this one has derivative rules for its layers.
   */
  public SavedNetwork over(InputShape input) {
    return graph == null && original.taking() == Dl4jExamples.Taking.IMAGES
        ? of(original, mode, architecture -> Dl4jCompiler.compile(architecture, input))
        : this;
  }

  private static SavedNetwork of(
      Dl4jModel original, Mode mode, Function<Architecture, LayerGraph> compiler) {
    requireOneLoss(original);
    TrueGradient gradient = TrueGradient.of(original);
    if (mode == Mode.EVALUATION) {
      gradient = new TrueGradient(Evaluated.of(gradient.model()), gradient.thawed());
    }
    Architecture architecture = gradient.model().architecture();
    Dl4jTraining.require(architecture);
    LayerGraph graph;
    Dl4jLoss loss;
    try {
      graph = compiler.apply(architecture);
      loss = Dl4jLoss.of(architecture.last());
    } catch (IllegalArgumentException e) {
      return new SavedNetwork(original, mode, gradient.ofScore(), null, null, e.getMessage());
    }
    return new SavedNetwork(original, mode, gradient, graph, loss, null);
  }

  /**
   * Checks that a sweep can train the network as its configuration says.
   *
   * @throws IllegalArgumentException naming layer and option
   */
  public void requireTrainable() {
    Trainable.require(this);
  }

  /** The layers, as DL4J has them. */
  public Architecture architecture() {
    return gradient.model().architecture();
  }

  /** Whether the loss of an example depends on which batch it is in. */
  public boolean couplesExamples() {
    return gradient.model().couplesExamples();
  }

  /** The trained parameters in DL4J's order, n × 1. */
  public HostMatrix parameters() {
    return parameters;
  }

  /**
   * Why curvature comes from finite differences: the first layer or loss without a rule. Empty
   * where it is exact.
   */
  public Optional<String> missingRule() {
    return Optional.ofNullable(missing);
  }

  /** The layers that were frozen, by name; their parameters are taken like all others. */
  public List<String> thawed() {
    return gradient.thawed();
  }

  /** The layers that have parameters, by name, in the vector's order. */
  public List<String> layers() {
    return layout.layers();
  }

  /**
   * Where a layer's parameters lie in the parameter vector, by DL4J's name of the layer, as in
   * "layer0", or one of its parameters, as in "layer0.W".
   *
   * @throws IllegalArgumentException naming those there are
   */
  public IndexRange parameterRange(String name) {
    return layout.range(name);
  }

  /**
   * The coefficients c of the L2 term ½·Σ c·‖w‖² in the training loss, by name of the parameter w,
   * in the vector's order; empty where the configuration has none.
   */
  public Map<String, Double> l2() {
    return l2.coefficients();
  }

  /** The value of the L2 term for the trained parameters. */
  public double l2Value() {
    return l2.at(((HostMatrix.Doubles) parameters).values());
  }

  /**
   * The parameters that the configuration's weight decay shrinks, by name, in the vector's order.
   * It belongs to DL4J's update and not to the loss, so no objective has it.
   */
  public List<String> weightDecay() {
    return L2Term.weightDecay(layout);
  }

  /**
   * The training loss over a data set: the mean loss and the configuration's L2 term.
   *
   * @param device where everything lives; of double precision where a rule is missing
   * @param data examples of the network's sizes
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   * @throws IllegalArgumentException if the data do not have the network's sizes
   */
  public Objective trainingObjective(Device device, Dataset data, PassSettings settings) {
    return l2.over(objective(device, data, settings));
  }

  /**
   * The mean loss over a data set, without the configuration's regularisation.
   *
   * @param device where everything lives; of double precision where a rule is missing
   * @param data examples of the network's sizes
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   * @throws IllegalArgumentException if the data do not have the network's sizes
   */
  public Objective objective(Device device, Dataset data, PassSettings settings) {
    requireFit(device, data, settings);
    return graph == null
        ? new DifferencedObjective(device, gradient.model(), data, settings)
        : new NetworkObjective(device, graph, loss.over(data.classes()), data, settings);
  }

  /**
   * Compares the network with a data set, and its derivative rules with DL4J's score.
   *
   * @param device of double precision where a rule is missing
   * @param data examples
   * @param settings how they pass through the network
   * @throws IllegalArgumentException saying what the network takes and what the data have
   */
  public void requireFit(Device device, Dataset data, PassSettings settings) {
    Dl4jModel model = gradient.model();
    requireRunningRule(model.architecture());
    switch (mode) {
      case TRAINING -> {
        DataFit.require(model, data);
        gradient.requireLossOf(original, data, settings);
      }
      case EVALUATION -> {
        DataFit.require(original, data); // of the other DL4J may have no gradient
        Evaluated.requireOutputsOf(original, model, data);
      }
    }
    if (graph != null) {
      new ExactCheck(device, model, graph, loss).require(parameters, data, settings);
    }
  }

  /**
   * DL4J has no gradient by what a frozen layer has learned, of which differences could be taken.
   */
  private void requireRunningRule(Architecture architecture) {
    if (graph == null && mode == Mode.EVALUATION && Evaluated.hasRunningStatistics(architecture)) {
      throw new IllegalArgumentException(
          "evaluation mode with batch normalisation needs an exact rule for every layer, but %s: take the network in training mode"
              .formatted(missing));
    }
  }
}
