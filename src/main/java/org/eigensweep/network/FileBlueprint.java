package org.eigensweep.network;

import static java.util.stream.Collectors.joining;

import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.archive.ModelKind;
import org.eigensweep.network.compile.Dl4jLoss;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.pass.LossRule;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Weights;
import org.eigensweep.network.saved.SavedNetwork;

/**
 * A network that a user's DL4J file describes: layers, loss and L2 term are the file's. What DL4J's
 * own training would do besides, its updater and its learning rate, is left out: the sweep's
 * optimiser trains.
 *
 * @param configuration DL4J's, in JSON, without what training does not depend on
 * @param digest of it
 * @param layers number of its layers and vertices
 * @param parameters number of its parameters
 * @param couplesExamples whether the loss of an example depends on the examples beside it
 * @param loss the training loss in a word
 * @param l2 coefficients of its L2 term that are not 0; 0.0 where there are none
 * @param weights where training starts
 */
public record FileBlueprint(
    String configuration,
    String digest,
    int layers,
    int parameters,
    boolean couplesExamples,
    String loss,
    String l2,
    GivenWeights weights)
    implements Blueprint {
  static {
    CpuKernels.choose(); // it may be the first that meets DL4J in a process
  }

  /**
   * Reads a file, and checks that a sweep can train what it says on the data.
   *
   * @param name the file's name, for messages
   * @param file its bytes
   * @param kind what they are; saved weights are in a zip alone
   * @param weights where training starts
   * @param data whose sizes the network must have
   * @param passes how the examples will pass through it
   * @throws IllegalArgumentException in one line, naming the file and what is wrong with it
   */
  public static FileBlueprint read(
      String name,
      byte[] file,
      ModelKind kind,
      Weights weights,
      DataSource data,
      PassSettings passes) {
    SavedNetwork read =
        kind == ModelKind.ZIP ? SavedNetwork.read(name, file) : SavedNetwork.untrained(name, file);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) { // for a few examples
      Dataset sample = FitSample.of(data);
      read.requireFit(device, sample, passes);
      SavedNetwork network = read.over(data.shape());
      network.requireTrainable();
      network.requireFit(device, sample, passes);
      GivenWeights start =
          switch (weights) {
            case FRESH -> new GivenWeights.Fresh();
            case SAVED -> GivenWeights.Saved.of(network.parameters());
          };
      FileBlueprint blueprint = of(network, data.classes(), start);
      blueprint.requireRepeatable();
      return blueprint;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** A user's own way to draw weights may not follow the seed. */
  private void requireRepeatable() {
    if (weights instanceof GivenWeights.Fresh) {
      Architecture architecture = Architecture.parse(configuration);
      if (!architecture.drawn(1).holdsSameAs(architecture.drawn(1))) {
        throw new IllegalArgumentException(
            "its layers draw other weights for the same seed, expected the same: give it weights that DL4J draws");
      }
    }
  }

  /**
   * What a file says.
   *
   * @param network the file's, which a sweep can train
   * @param classes outputs
   * @param weights where training starts
   */
  static FileBlueprint of(SavedNetwork network, int classes, GivenWeights weights) {
    String configuration = network.architecture().canonical();
    Architecture architecture = Architecture.parse(configuration);
    return new FileBlueprint(
        configuration,
        Digests.of(configuration),
        architecture.vertices().size(),
        network.parameters().rows(),
        network.couplesExamples(),
        Dl4jLoss.of(architecture.last()).over(classes).name(),
        network.l2().isEmpty()
            ? "0.0"
            : network.l2().values().stream().distinct().map(String::valueOf).collect(joining(",")),
        weights);
  }

  @Override
  public Network over(InputShape input, int classes) {
    Architecture architecture = Architecture.parse(configuration);
    LossRule rule = Dl4jLoss.of(architecture.last()).over(classes);
    return new Network(this, architecture, rule, input, classes);
  }

  @Override
  public long parameters(InputShape input, int classes) {
    return parameters;
  }

  @Override
  public String description() {
    return "file configuration=%s layers=%d weights=%s"
        .formatted(digest, layers, weights.description());
  }

  @Override
  public Blueprint withoutWeights() {
    return new FileBlueprint(
        configuration,
        digest,
        layers,
        parameters,
        couplesExamples,
        loss,
        l2,
        new GivenWeights.Fresh());
  }

  @Override
  public MatrixSource start(Network network, long seed) {
    return weights instanceof GivenWeights.Saved saved ? saved.values() : network.drawn(seed);
  }

  @Override
  public double[] draw(Network network, RandomGenerator random) {
    HostMatrix theta = network.architecture().drawn(random.nextLong());
    return theta.toDoubles();
  }
}
