package org.eigensweep.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.curvature.RegularizedObjective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.Derivatives;
import org.eigensweep.network.Dl4jOracle;
import org.eigensweep.network.Network;
import org.eigensweep.network.Samples;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.saved.SavedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The L2 term against DL4J's score and updater, and its curvature against its definition. */
class L2TermTest extends OnFloat64Device {
  private static final Dataset DATA = Samples.data(61, 5, 3, 4);

  private static Network preset(Loss loss, double l2) {
    Mlp mlp =
        new Mlp(List.of(6), org.eigensweep.network.preset.Activation.TANH, Initialization.PYTORCH);
    return Network.of(mlp, DATA.shape(), DATA.classes(), loss, l2);
  }

  private Matrix start(Network network) {
    return scope.copyOf(network.initialParameters(new SplittableRandom(3)));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void givesPresetsDl4jsScoreAndGradient(Loss loss) {
    Network network = preset(loss, 0.3);
    compareWithDl4j(network.architecture(), start(network), network::trainingObjective);
  }

  @Test
  void givesConvolutionsDl4jsScoreAndGradient() {
    Dataset images = Samples.images(9, new InputShape(2, 6, 5), 3, 8);
    Cnn cnn =
        new Cnn(
            3,
            Pooling.MAX,
            Normalization.NONE,
            org.eigensweep.network.preset.Activation.RELU,
            Initialization.PYTORCH);
    Network network = Network.of(cnn, images.shape(), 3, Loss.CROSS_ENTROPY, 0.3);
    Matrix theta = start(network);
    Dl4jOracle oracle = Dl4jOracle.at(network.architecture(), theta, images);
    try (Objective objective = network.trainingObjective(device, images, Samples.PASSES)) {
      compare(objective, theta, oracle);
    }
  }

  private interface Made {
    Objective on(Device device, Dataset data, PassSettings settings);
  }

  private void compareWithDl4j(Architecture architecture, Matrix theta, Made made) {
    try (Objective objective = made.on(device, DATA, Samples.PASSES)) {
      compare(objective, theta, Dl4jOracle.at(architecture, theta, DATA));
      // a mini-batch has the whole term, as in DL4J
      int[] batch = {7, 0, 60, 8};
      Dl4jOracle few = Dl4jOracle.at(architecture, theta, Samples.subset(DATA, batch));
      Matrix gradient = scope.matrix(theta.rows(), 1);
      assertThat(objective.minibatchGradient(theta, batch, gradient))
          .isCloseTo(few.loss(), within(1e-10 * few.loss()));
      assertThat(Samples.relativeError(gradient.toDoubles(), few.gradient())).isLessThan(1e-10);
    }
  }

  /** float64 sums of some hundred terms; DL4J clips a softmax's probabilities at 1e-10. */
  private void compare(Objective objective, Matrix theta, Dl4jOracle oracle) {
    try (Linearization here = objective.linearize(theta)) {
      assertThat(here.evaluation().loss()).isCloseTo(oracle.loss(), within(1e-10 * oracle.loss()));
      assertThat(objective.evaluate(theta)).isEqualTo(here.evaluation());
      assertThat(Samples.relativeError(here.gradient().toDoubles(), oracle.gradient()))
          .isLessThan(1e-10);
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void addsItsDiagonalToTheHessianAndTheGaussNewtonMatrix(Loss loss) {
    Network network = preset(loss, 0.3);
    Matrix theta = start(network);
    int n = theta.rows();
    double[] diagonal = new double[n];
    for (String weights : List.of("layer0.W", "layer1.W")) {
      IndexRange range = network.parameterRange(weights);
      Arrays.fill(diagonal, range.from(), range.to(), 0.3);
    }
    Matrix identity = scope.zeros(n, n);
    for (int i = 0; i < n; i++) {
      device.fill(1, identity.view((long) i * n + i, 1, 1));
    }
    Matrix with = scope.matrix(n, n);
    Matrix without = scope.matrix(n, n);
    try (Objective training = network.trainingObjective(device, DATA, Samples.PASSES);
        Objective mean = network.objective(device, DATA, Samples.PASSES);
        Linearization regularized = training.linearize(theta);
        Linearization plain = mean.linearize(theta)) {
      regularized.hessianProduct(identity, with);
      plain.hessianProduct(identity, without);
      assertDiagonal(with.toDoubles(), without.toDoubles(), diagonal);
      regularized.gaussNewtonProduct(identity, with);
      plain.gaussNewtonProduct(identity, without);
      assertDiagonal(with.toDoubles(), without.toDoubles(), diagonal);
    }
  }

  private static void assertDiagonal(double[] with, double[] without, double[] diagonal) {
    int n = diagonal.length;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        // one addition of numbers below 10
        assertThat(with[i + j * n])
            .isCloseTo(without[i + j * n] + (i == j ? diagonal[i] : 0), within(1e-15 * 10));
      }
    }
  }

  /**
   * The term's own difference is exact, so the error is the data's: h²·c, which a half of h divides
   * by four, and at h = 1e-4 below 1e-6 of the product, as without the term.
   */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void isTheLimitOfCentralDifferencesWithTheirSlope(Loss loss) {
    Network network = preset(loss, 0.3);
    Matrix theta = start(network);
    Matrix v = scope.copyOf(Samples.normal(theta.rows(), 1, 11));
    Derivatives derivatives =
        new Derivatives(
            place -> network.trainingObjective(place, DATA, Samples.PASSES), device, scope);
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 8e-3), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 4e-3), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(Samples.relativeError(derivatives.difference(theta, v, 1e-4), exact))
        .isLessThan(1e-6);
  }

  /** Layers of their own coefficients, one with a bias's, one without any. */
  private static MultiLayerNetwork saved(Activation hidden) {
    return initialised(
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(new NoOp())
            .list()
            .layer(new DenseLayer.Builder().nIn(5).nOut(6).activation(hidden).l2(0.2).build())
            .layer(new DenseLayer.Builder().nIn(6).nOut(4).activation(hidden).build())
            .layer(
                new OutputLayer.Builder(new LossMSE())
                    .nIn(4)
                    .nOut(3)
                    .activation(Activation.IDENTITY)
                    .l2(0.5)
                    .l2Bias(0.1)
                    .build()));
  }

  private static MultiLayerNetwork initialised(NeuralNetConfiguration.ListBuilder list) {
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network.convertDataType(DataType.DOUBLE);
  }

  @Test
  void isReadOffASavedNetworkParameterByParameter() {
    MultiLayerNetwork dl4j = saved(Activation.TANH);
    dl4j.params().addi(0.1); // biases start at 0, where their term would hide
    SavedNetwork network = SavedNetwork.of(Dl4jModel.of(dl4j));
    assertThat(network.missingRule()).isEmpty();
    assertThat(network.l2())
        .containsExactly(entry("layer0.W", 0.2), entry("layer2.W", 0.5), entry("layer2.b", 0.1));
    Matrix theta = scope.copyOf(network.parameters());
    compareWithDl4j(Dl4jModel.of(dl4j).architecture(), theta, network::trainingObjective);
    assertThat(network.l2Value())
        .isCloseTo(dl4j.calcRegularizationScore(true), within(1e-12)); // 51 squares below 10
  }

  /** Differences of the same loss: equal values and gradients, and products to 1e-8 as ever. */
  @Test
  void isTheSameByDifferencesOfANetworkWithoutRules() {
    MultiLayerNetwork dl4j = saved(Activation.SWISH);
    SavedNetwork network = SavedNetwork.of(Dl4jModel.of(dl4j));
    assertThat(network.missingRule()).isPresent();
    Matrix theta = scope.copyOf(network.parameters());
    compareWithDl4j(Dl4jModel.of(dl4j).architecture(), theta, network::trainingObjective);
    Matrix v = scope.copyOf(Samples.normal(theta.rows(), 1, 2));
    Matrix product = scope.matrix(theta.rows(), 1);
    try (Objective objective = network.trainingObjective(device, DATA, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      here.hessianProduct(v, product);
      double[] difference =
          new Derivatives(
                  place -> network.trainingObjective(place, DATA, Samples.PASSES), device, scope)
              .difference(theta, v, 1e-4);
      // the outer difference is off by h²·c = 1e-8·c, the inner one by far less
      assertThat(Samples.relativeError(product.toDoubles(), difference)).isLessThan(1e-6);
    }
  }

  @Test
  void isReadOffAGraph() {
    MultiLayerNetwork dl4j = saved(Activation.TANH);
    SavedNetwork graph = SavedNetwork.of(Dl4jModel.of(dl4j.toComputationGraph()));
    SavedNetwork network = SavedNetwork.of(Dl4jModel.of(dl4j));
    assertThat(graph.l2().values()).containsExactly(0.2, 0.5, 0.1);
    Matrix theta = scope.copyOf(network.parameters());
    try (Objective objective = graph.trainingObjective(device, DATA, Samples.PASSES)) {
      compare(objective, theta, Dl4jOracle.at(Dl4jModel.of(dl4j).architecture(), theta, DATA));
    }
  }

  @Test
  void leavesOutNormalisationAndWeightDecay() {
    MultiLayerNetwork dl4j =
        initialised(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(6).l2(0.2).build())
                .layer(new BatchNormalization.Builder().nIn(6).nOut(6).l2(0.2).build())
                .layer(
                    (OutputLayer)
                        new OutputLayer.Builder(new LossMSE())
                            .nIn(6)
                            .nOut(3)
                            .activation(Activation.IDENTITY)
                            .weightDecay(0.1)
                            .build()));
    SavedNetwork network = SavedNetwork.of(Dl4jModel.of(dl4j));
    assertThat(network.l2()).containsExactly(entry("layer0.W", 0.2));
    assertThat(network.weightDecay()).containsExactly("layer2.W");
  }

  @Test
  void followsAScheduleToWhereTrainingStands() {
    L2Regularization scheduled =
        new L2Regularization(
            new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.5).add(10, 0.25).build());
    ParameterLayout layout =
        new ParameterLayout(
            List.of(
                new ParameterLayout.Parameter("a", "W", new IndexRange(0, 2), List.of(scheduled))));
    assertThat(L2Term.of(layout, 9, 0).coefficients()).containsExactly(entry("a.W", 0.5));
    assertThat(L2Term.of(layout, 10, 0).coefficients()).containsExactly(entry("a.W", 0.25));
  }

  @Test
  void refusesWhatHasNoHessian() {
    MultiLayerNetwork sparse =
        initialised(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new OutputLayer.Builder(new LossMSE())
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .l1(0.1)
                        .build()));
    assertThatThrownBy(() -> SavedNetwork.of(Dl4jModel.of(sparse)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer0.W has L1Regularization, expected L2 or none, which have a Hessian: save the"
                + " network without it");
    try (Objective mean = preset(Loss.MSE, 0).trainingObjective(device, DATA, Samples.PASSES)) {
      assertThatThrownBy(
              () -> new RegularizedObjective(mean, new HostMatrix.Doubles(2, 1, new double[2])))
          .hasMessage("2 x 1 coefficients of a quadratic term, expected 57 x 1, one a parameter");
    }
  }
}
