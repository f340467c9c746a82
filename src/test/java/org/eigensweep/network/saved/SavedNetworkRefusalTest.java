package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Samples;
import org.eigensweep.network.compile.Dl4jLoss;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.Bias;
import org.eigensweep.network.layer.Dense;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.eigensweep.network.pass.LayerGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks, data and rules that do not go together: one line with the true cause. */
class SavedNetworkRefusalTest {
  private static MultiLayerNetwork plain(NeuralNetConfiguration.Builder common) {
    return SavedCase.initialised(
        common
            .list()
            .layer(new DenseLayer.Builder().nIn(6).nOut(4).activation(Activation.TANH).build())
            .layer(SavedCase.softmax())
            .setInputType(InputType.feedForward(6)));
  }

  private static AbstractThrowableAssert<?, ?> refused(MultiLayerNetwork network, Dataset data) {
    return assertThatThrownBy(
            () -> {
              try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
                SavedNetwork.of(Dl4jModel.of(network))
                    .trainingObjective(device, data, Samples.PASSES)
                    .close();
              }
            })
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTrainingOfAnotherKind() {
    refused(plain(SavedCase.common().miniBatch(false)), SavedCase.VECTORS)
        .hasMessage(
            "layer0 (DenseLayer): miniBatch is not true: the loss is a sum over each batch and not"
                + " a mean of examples; train and save the network with miniBatch = true");
    refused(plain(SavedCase.common().minimize(false)), SavedCase.VECTORS)
        .hasMessage(
            "layer0 (DenseLayer): minimize is not true: training climbs the loss instead of"
                + " descending it; train and save the network with minimize = true");
    NeuralNetConfiguration.ListBuilder list =
        SavedCase.common()
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(4).build())
            .layer(new RnnOutputLayer.Builder().nIn(4).nOut(3).build());
    list.backpropType(BackpropType.TruncatedBPTT);
    MultiLayerNetwork cut = SavedCase.initialised(list);
    refused(cut, SavedCase.VECTORS)
        .hasMessage(
            "backpropType is not Standard: the gradient is cut short in time and is that of no"
                + " loss; train and save the network with backpropType = Standard");
  }

  /** A user's layer, which may do anything. */
  public static class MyLayer extends DenseLayer {
    MyLayer() {
      setNIn(6);
      setNOut(4);
      setHasBias(true);
      setActivationFn(new ActivationTanH());
    }
  }

  /** A user's frozen layer. */
  public static class MyFrozen extends FrozenLayer {
    MyFrozen(Layer within) {
      super(within);
    }
  }

  /** A user's L2. */
  public static class MyL2 extends L2Regularization {
    MyL2() {
      super(0.1);
    }
  }

  private static MultiLayerNetwork under(Layer first) {
    return SavedCase.initialised(
        SavedCase.common()
            .list()
            .layer(first)
            .layer(SavedCase.softmax())
            .setInputType(InputType.feedForward(6)));
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nIn(6).nOut(4).activation(Activation.TANH);
  }

  @Test
  void takesNoSubclassForItsParent() {
    SavedNetwork subclass = SavedNetwork.of(Dl4jModel.of(under(new MyLayer())));
    assertThat(subclass.missingRule())
        .hasValue(
            "layer0 (MyLayer): it has no exact derivative rule, expected dense, convolution,"
                + " subsampling, embedding or normalisation layers");
    refusedAtOnce(under(new MyFrozen(dense().build())), "layer0 (MyFrozen): DL4J's gradient along");
    DenseLayer odd = dense().build();
    odd.setRegularization(List.of(new MyL2()));
    refused(under(odd), SavedCase.VECTORS)
        .hasMessageContaining("layer0.W has MyL2, expected L2 or none");
  }

  private static void refusedAtOnce(MultiLayerNetwork network, String message) {
    assertThatThrownBy(
            () -> {
              SavedNetwork saved = SavedNetwork.of(Dl4jModel.of(network));
              try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
                  Objective objective =
                      saved.trainingObjective(device, SavedCase.VECTORS, Samples.PASSES);
                  Scope scope = device.open()) {
                objective.linearize(scope.copyOf(saved.parameters())).close();
              }
            })
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatANetworkTakesAndWhatTheDataHave() {
    MultiLayerNetwork sequences =
        SavedCase.initialised(
            SavedCase.common()
                .list()
                .layer(new LastTimeStep(new LSTM.Builder().nIn(3).nOut(4).build()))
                .layer(SavedCase.softmax())
                .setInputType(InputType.recurrent(3)));
    refused(sequences, SavedCase.IMAGES)
        .hasMessage(
            "layer0 (LastTimeStep) takes sequences of 3 values a step, the data have 2 x 4 x 4"
                + " without steps: expected data of the network's own kind");
    MultiLayerNetwork larger =
        SavedCase.initialised(
            SavedCase.common()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(2).build())
                .layer(SavedCase.softmax())
                .setInputType(InputType.convolutionalFlat(6, 6, 3)));
    refused(larger, SavedCase.IMAGES)
        .hasMessage(
            "the network takes images of 3 x 6 x 6 (channels x height x width), the data have"
                + " 2 x 4 x 4: expected data of the network's own kind");
    MultiLayerNetwork unflattened =
        SavedCase.initialised(
            SavedCase.common()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(2).build())
                .layer(SavedCase.softmax())
                .setInputType(InputType.convolutional(6, 6, 2)));
    refused(unflattened, SavedCase.IMAGES)
        .hasMessageStartingWith(
            "the network does not take the data, which have 2 x 4 x 4 an example; DL4J says: ");
  }

  @Test
  void refusesALossLayerOverAnotherNumberOfOutputs() {
    MultiLayerNetwork four =
        SavedCase.initialised(
            SavedCase.common()
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
    refused(four, SavedCase.VECTORS)
        .hasMessageContaining("the network has 4 outputs, the data 3 classes");
  }

  /** Rules with another activation than DL4J's, or without a layer's biases. */
  @Test
  void callsNothingExactWhoseLossIsAnother() {
    Dl4jModel model = Dl4jModel.of(plain(SavedCase.common()));
    double[] theta = model.parameters().toDoubleVector();
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
      LayerGraph sigmoid = graph(Bias.LEARNED, Nonlinearity.SIGMOID);
      assertThatThrownBy(() -> check(device, model, sigmoid, theta))
          .hasMessageMatching(
              "the derivative rules give the loss \\S+, DL4J's own score is \\S+ for the first 10"
                  + " examples: expected the same to 1e-10, no curvature is given");
      LayerGraph smaller = graph(Bias.NONE, Nonlinearity.TANH);
      assertThatThrownBy(() -> check(device, model, smaller, theta))
          .hasMessage(
              "the derivative rules have 39 parameters, DL4J's network has 43: expected the same,"
                  + " no curvature is given");
      check(device, model, graph(Bias.LEARNED, Nonlinearity.TANH), theta);
    }
  }

  /** An output's bias that is off by a little moves the loss by about a tenth of that. */
  @Test
  void comparesTenDigitsOfTheLoss() {
    Dl4jModel model = Dl4jModel.of(plain(SavedCase.common()));
    double[] near = model.parameters().toDoubleVector();
    near[near.length - 1] += 1e-12;
    double[] off = near.clone();
    off[off.length - 1] += 1e-7;
    LayerGraph graph = graph(Bias.LEARNED, Nonlinearity.TANH);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Device single = Devices.processor().open(Precision.FLOAT32, 1)) {
      check(device, model, graph, near);
      assertThatThrownBy(() -> check(device, model, graph, off))
          .hasMessageContaining("expected the same to 1e-10");
      check(single, model, graph, off);
      off[off.length - 1] += 1e-2;
      assertThatThrownBy(() -> check(single, model, graph, off))
          .hasMessageContaining("expected the same to 1e-05");
    }
  }

  /** What has diverged in both is told by who asks for the loss; what has in one is refused. */
  @Test
  void comparesNoNumberWithNone() {
    Dl4jModel model = Dl4jModel.of(plain(SavedCase.common()));
    LayerGraph graph = graph(Bias.LEARNED, Nonlinearity.TANH);
    double[] sound = model.parameters().toDoubleVector();
    double[] diverged = sound.clone();
    diverged[diverged.length - 1] = Double.NaN;
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1)) {
      assertThatThrownBy(() -> check(device, model, graph, diverged))
          .hasMessageContaining("the derivative rules give the loss NaN");
      model.assign(Nd4j.createFromArray(diverged).reshape(1, diverged.length));
      check(device, model, graph, diverged);
      assertThatThrownBy(() -> check(device, model, graph, sound))
          .hasMessageContaining("DL4J's own score is NaN");
    }
  }

  private static LayerGraph graph(Bias bias, Nonlinearity sigma) {
    return LayerGraph.chain(List.of(new Dense(6, 4, bias), new Pointwise(sigma), new Dense(4, 3)));
  }

  private static void check(Device device, Dl4jModel model, LayerGraph graph, double[] theta) {
    new ExactCheck(device, model, graph, new Dl4jLoss.Entropy(1e-10))
        .require(new HostMatrix.Doubles(theta.length, 1, theta), SavedCase.VECTORS, Samples.PASSES);
  }

  /** An option that the reader does not know, here of a subclass. */
  private static class Known {
    @SuppressWarnings("unused")
    private final int size = 3;
  }

  private static final class More extends Known {
    @SuppressWarnings("unused")
    private final double twist = 0.5;
  }

  @Test
  void passesOverNoOption() {
    Dl4jOptions.of(new Known()).reads("size").done();
    Dl4jOptions options = Dl4jOptions.of(new More()).reads("size");
    assertThatThrownBy(options::done)
        .hasMessage("option twist = 0.5 is not known here and has no exact derivative rule");
  }

  /** A tanh of what is left when the batch's mean is taken away. */
  public static final class OverTheBatch extends ActivationTanH {
    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return super.getActivation(in.subiRowVector(in.mean(0)), training);
    }
  }

  @Test
  void refusesExamplesThatDependOnEachOther() {
    MultiLayerNetwork coupled =
        SavedCase.initialised(
            SavedCase.common()
                .list()
                .layer(
                    new DenseLayer.Builder().nIn(6).nOut(4).activation(new OverTheBatch()).build())
                .layer(SavedCase.softmax())
                .setInputType(InputType.feedForward(6)));
    SavedNetwork saved = SavedNetwork.of(Dl4jModel.of(coupled));
    assertThat(saved.missingRule()).isPresent();
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        var objective = saved.objective(device, SavedCase.VECTORS, Samples.PASSES);
        var scope = device.open()) {
      var theta = scope.copyOf(saved.parameters());
      assertThatThrownBy(() -> objective.linearize(theta))
          .hasMessageContaining("the loss of 10 examples is")
          .hasMessageContaining("a loss that does not depend on which examples are in a batch");
    }
  }
}
