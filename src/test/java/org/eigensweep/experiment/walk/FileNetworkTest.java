package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.Sent;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.spectrum.SpectrumStudy;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.experiment.sweep.BatchOrder;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Dl4jModels;
import org.eigensweep.network.FileBlueprint;
import org.eigensweep.network.FileNetworks;
import org.eigensweep.network.Network;
import org.eigensweep.network.Samples;
import org.eigensweep.network.archive.ModelKind;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.preset.Weights;
import org.eigensweep.network.saved.SavedNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks from users' files along a trajectory, against DL4J's own training and our spectrum. */
class FileNetworkTest {
  private static final int STEPS = 20;
  private static final int BATCH = 6;
  private static final int EXAMPLES = 24;
  private static final long SEED = 11;

  /**
   * A network of a kind, with data for it.
   *
   * @param name of the kind
   * @param configuration makes it
   * @param vocabulary tokens that the data may have
   */
  private record Kind(String name, Supplier<Object> configuration, Dataset data, int vocabulary) {
    @Override
    public String toString() {
      return name;
    }

    FileBlueprint read(byte[] file, ModelKind kind, Weights weights) {
      FileBlueprint blueprint =
          FileBlueprint.read(
              "net", file, kind, weights, new FileNetworks.Given(data, vocabulary), Samples.PASSES);
      return Sent.copyOf(blueprint); // as an executor has it
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("mlp", FileNetworks::mlp, Samples.data(EXAMPLES, 6, 3, 1), 0),
        new Kind(
            "cnn", FileNetworks::cnn, Samples.images(EXAMPLES, new InputShape(2, 6, 6), 3, 2), 0),
        new Kind(
            "residual graph with batch normalisation",
            FileNetworks::residual,
            Samples.images(EXAMPLES, new InputShape(2, 4, 4), 3, 3),
            0),
        new Kind("transformer", FileNetworks::transformer, Samples.text(EXAMPLES, 4, 5, 3, 4), 5));
  }

  /** Pauses after all steps. */
  private static final class Steps implements Segment {
    private int left = STEPS;

    @Override
    public void begins() {}

    @Override
    public void stepped() {
      left--;
    }

    @Override
    public boolean pauses() {
      return left == 0;
    }

    @Override
    public MatrixSource keep(Matrix matrix) {
      return matrix.snapshot();
    }
  }

  private static NetworkProblem problem(Kind kind, FileBlueprint blueprint) {
    NetworkSettings settings = new NetworkSettings(blueprint, Precision.FLOAT64, Samples.PASSES);
    return new NetworkProblem(settings, new Split(kind.data, kind.data));
  }

  private static LocalRunner runner(NetworkProblem problem) {
    Protocol protocol = Protocols.protocol(new SwitchRule.AtStep(1000), BATCH, 1000, 1000);
    Device device = Devices.processor().open(Precision.FLOAT64, 1);
    return LocalRunner.on(
        device,
        problem,
        protocol.plan(),
        new Following(new SolverSettings(3, 1e-9, Which.LARGEST, 4000), 0, 1000));
  }

  private static double[] ours(NetworkProblem problem) {
    Trunk trunk = Protocols.trunk(FileNetworks.LEARNING_RATE, 2);
    try (LocalRunner runner = runner(problem)) {
      return runner
          .runTrunk(trunk, new TrunkStart.Drawn(), new Steps())
          .pause()
          .orElseThrow()
          .theta()
          .whole()
          .toDoubles();
    }
  }

  /** DL4J's own loop with its own updater, on the same batches from the same start. */
  private static double[] dl4js(Kind kind, double[] start) {
    Object configuration = kind.configuration.get();
    setSgd(configuration);
    Model network = FileNetworks.network(configuration);
    network.setParams(Nd4j.createFromArray(start).reshape(1, start.length));
    BatchOrder order = new BatchOrder(RandomStream.BATCHES, SEED, EXAMPLES, BATCH);
    Dl4jExamples examples =
        Dl4jExamples.of(Dl4jModels.of(FileNetworks.network(configuration)), kind.data);
    for (int step = 0; step < STEPS; step++) {
      MultiDataSet batch = examples.batch(order.batch(step));
      if (network instanceof MultiLayerNetwork sequence) {
        sequence.fit(new DataSet(batch.getFeatures(0), batch.getLabels(0)));
      } else {
        ((ComputationGraph) network).fit(batch);
      }
    }
    INDArray end = network.params();
    return end.toDoubleVector();
  }

  /** A preset's configuration has an updater that does nothing. */
  private static void setSgd(Object configuration) {
    if (configuration instanceof ComputationGraphConfiguration graph) {
      graph.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
          .filter(BaseLayer.class::isInstance)
          .forEach(layer -> ((BaseLayer) layer).setIUpdater(new Sgd(FileNetworks.LEARNING_RATE)));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void trainsAsDl4jDoes(Kind kind) {
    FileBlueprint blueprint =
        kind.read(FileNetworks.json(kind.configuration.get()), ModelKind.JSON, Weights.FRESH);
    NetworkProblem problem = problem(kind, blueprint);
    double[] start = problem.start(SEED).whole().toDoubles();
    double[] ours = ours(problem);
    double[] theirs = dl4js(kind, start);
    withoutStatistics(problem.network(), ours, theirs);
    assertThat(distance(ours, start)).isGreaterThan(0.1); // it went somewhere
    // Twenty steps of some ten operations each, on numbers of about 1, with rounding of 1e-16.
    assertThat(ours).containsExactly(theirs, within(1e-10));
  }

  /** DL4J moves the running statistics of batch normalisation; no loss in training has them. */
  private static void withoutStatistics(Network network, double[]... vectors) {
    network
        .parameterRanges()
        .forEach(
            (name, range) -> {
              if (name.matches(".*\\.(mean|var|log10stdev)")) {
                for (double[] vector : vectors) {
                  Arrays.fill(vector, range.from(), range.to(), 0);
                }
              }
            });
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasTheSpectrumOfTheSavedNetworkWhereItStarts(Kind kind) {
    byte[] zip = FileNetworks.zip(trained(kind));
    FileBlueprint blueprint = kind.read(zip, ModelKind.ZIP, Weights.SAVED);
    Measurement first;
    try (LocalRunner runner = runner(problem(kind, blueprint))) {
      first =
          runner
              .runTrunk(Protocols.trunk(1e-3, 2), new TrunkStart.Drawn(), new Steps())
              .pause()
              .orElseThrow()
              .measurements()
              .get(0);
    }
    Spectrum spectrum = spectrum(zip, kind.data);
    assertThat(first.step()).isZero();
    assertThat(first.trainLoss()).isCloseTo(spectrum.evaluation().loss(), within(1e-14));
    // Residuals of 1e-9 leave the square of that in an eigenvalue with a gap, and 1e-9 without.
    assertThat(first.pairs().eigenvalues()).containsExactly(spectrum.eigenvalues(), within(1e-8));
  }

  private static Model trained(Kind kind) {
    Model network = FileNetworks.network(kind.configuration.get());
    Dl4jExamples examples =
        Dl4jExamples.of(Dl4jModels.of(FileNetworks.network(kind.configuration.get())), kind.data);
    MultiDataSet batch = examples.batch(new int[] {0, 1, 2, 3, 4, 5, 6, 7});
    for (int step = 0; step < 3; step++) {
      if (network instanceof MultiLayerNetwork sequence) {
        sequence.fit(new DataSet(batch.getFeatures(0), batch.getLabels(0)));
      } else {
        ((ComputationGraph) network).fit(batch);
      }
    }
    return network;
  }

  private static Spectrum spectrum(byte[] zip, Dataset data) {
    SavedNetwork network = SavedNetwork.read("net", zip).over(data.shape());
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = network.trainingObjective(device, data, Samples.PASSES)) {
      return SpectrumStudy.of(
          objective,
          network.parameters(),
          new SpectrumSubject(
              CurvatureMatrix.HESSIAN, Block.whole(network.parameters().rows()), List.of()),
          new SpectrumRequest(new SolverSettings(3, 1e-9, Which.LARGEST, 4000), 4, 1, 4, 0));
    }
  }
}
