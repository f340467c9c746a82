package org.eigensweep.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Transformer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small DL4J networks as their users' files, and data for them. */
public final class FileNetworks {
  public static final double LEARNING_RATE = 0.05;

  static {
    CpuKernels.choose(); // before DL4J touches ND4J: other tests of the process depend on it
  }

  private FileNetworks() {}

  /**
   * Examples in memory as a source.
   *
   * @param train the examples
   * @param vocabularySize number of tokens; 0 where there are none
   */
  public record Given(Dataset train, int vocabularySize) implements DataSource {
    @Override
    public InputShape shape() {
      return train.shape();
    }

    @Override
    public int classes() {
      return train.classes();
    }

    @Override
    public OptionalInt vocabulary() {
      return vocabularySize == 0 ? OptionalInt.empty() : OptionalInt.of(vocabularySize);
    }

    @Override
    public int trainExamples() {
      return train.examples();
    }

    @Override
    public Split load(Configuration hadoop) {
      return new Split(train, train);
    }

    @Override
    public Dataset loadTraining(Configuration hadoop) {
      return train;
    }
  }

  /** Of DL4J, with its defaults. */
  public static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder();
  }

  private static NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(LEARNING_RATE));
  }

  /** 6-5-4-3 with an L2 term. */
  public static MultiLayerConfiguration mlp() {
    return common()
        .l2(0.02)
        .l2Bias(0.01)
        .weightInit(WeightInit.LECUN_UNIFORM)
        .biasInit(0.1)
        .list()
        .layer(new DenseLayer.Builder().nIn(6).nOut(5).activation(Activation.TANH).build())
        .layer(new DenseLayer.Builder().nIn(5).nOut(4).activation(Activation.GELU).build())
        .layer(softmax(4, 3))
        .build();
  }

  /** Over 2 x 6 x 6. */
  public static MultiLayerConfiguration cnn() {
    return common()
        .weightInit(WeightInit.RELU)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.RELU).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().nOut(5).activation(Activation.SOFTPLUS).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(3)
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.convolutionalFlat(6, 6, 2))
        .build();
  }

  /** Over 2 x 4 x 4: two convolutions with batch normalisation, added to what they took. */
  public static ComputationGraphConfiguration residual() {
    return common()
        .weightInit(WeightInit.XAVIER)
        .graphBuilder()
        .addInputs("image")
        .addLayer("first", convolution(3, Activation.TANH), "image")
        .addLayer("inner", convolution(3, Activation.IDENTITY), "first")
        .addLayer("inner-norm", new BatchNormalization.Builder().build(), "inner")
        .addLayer("inner-active", activation(), "inner-norm")
        .addLayer("outer", convolution(3, Activation.IDENTITY), "inner-active")
        .addLayer("outer-norm", new BatchNormalization.Builder().build(), "outer")
        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "outer-norm", "first")
        .addLayer("active", activation(), "sum")
        .addLayer("out", softmax(0, 3), "active")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(4, 4, 2))
        .build();
  }

  /** Texts of four tokens of five. */
  public static ComputationGraphConfiguration transformer() {
    Transformer model =
        new Transformer(
            5, 4, 2, 6, 1, org.eigensweep.network.preset.Activation.RELU, Initialization.XAVIER);
    Network network = Network.of(model, new InputShape(2, 1, 4), 3, Loss.CROSS_ENTROPY);
    return (ComputationGraphConfiguration) network.architecture().configuration();
  }

  public static ConvolutionLayer convolution(int planes, Activation activation) {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(planes)
        .activation(activation)
        .build();
  }

  private static ActivationLayer activation() {
    return new ActivationLayer.Builder().activation(Activation.SOFTPLUS).build();
  }

  public static OutputLayer softmax(int inputs, int classes) {
    OutputLayer.Builder output = new OutputLayer.Builder(LossFunction.MCXENT);
    return output.nIn(inputs).nOut(classes).activation(Activation.SOFTMAX).build();
  }

  /** A network of a configuration, initialised by DL4J. */
  public static Model network(Object configuration) {
    if (configuration instanceof MultiLayerConfiguration sequence) {
      MultiLayerNetwork network = new MultiLayerNetwork(sequence.clone());
      network.init();
      return network;
    }
    ComputationGraph graph =
        new ComputationGraph(((ComputationGraphConfiguration) configuration).clone());
    graph.init();
    return graph;
  }

  public static byte[] json(Object configuration) {
    String json =
        configuration instanceof MultiLayerConfiguration sequence
            ? sequence.toJson()
            : ((ComputationGraphConfiguration) configuration).toJson();
    return json.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] zip(Model network) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelSerializer.writeModel(network, bytes, true);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
