package org.eigensweep.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.preset.Vgg11;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Models as DL4J configurations. */
public final class Dl4jConfiguration {
  static {
    CpuKernels.choose(); // a configuration may be made before any device is opened
  }

  private Dl4jConfiguration() {}

  /** The DL4J configuration of a model, with the coefficient of its loss's L2 term. */
  public static Architecture of(Model model, InputShape input, int classes, Loss loss, double l2) {
    NeuralNetConfiguration.Builder common = common(l2);
    if (model instanceof Mlp mlp) {
      return new Architecture.Sequential(mlp(mlp, input.features(), classes, loss, common.list()));
    }
    if (model instanceof Cnn cnn) {
      return new Architecture.Sequential(cnn(cnn, input, classes, loss, common.list()));
    }
    if (model instanceof Transformer transformer) {
      OutputLayer output = output(transformer.width(), classes, loss);
      return new Architecture.Graph(
          TransformerConfiguration.of(transformer, input.width(), output, common.graphBuilder()));
    }
    if (model instanceof Vgg11 vgg) {
      return new Architecture.Sequential(vgg11(vgg, input, classes, loss, common.list()));
    }
    throw new IllegalArgumentException("no DL4J configuration for " + model);
  }

  /** The settings that all layers share. */
  private static NeuralNetConfiguration.Builder common(double l2) {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .updater(new NoOp())
        .weightInit(WeightInit.XAVIER)
        .l2(l2);
  }

  private static MultiLayerConfiguration mlp(
      Mlp mlp, int features, int classes, Loss loss, NeuralNetConfiguration.ListBuilder list) {
    int fanIn = features;
    for (int width : mlp.hidden()) {
      IActivation activation = Dl4jActivations.of(mlp.activation());
      list.layer(new DenseLayer.Builder().nIn(fanIn).nOut(width).activation(activation).build());
      fanIn = width;
    }
    return list.layer(output(fanIn, classes, loss)).build();
  }

  private static MultiLayerConfiguration cnn(
      Cnn cnn, InputShape input, int classes, Loss loss, NeuralNetConfiguration.ListBuilder list) {
    for (int block = 0; block < 2; block++) {
      addConvolution(cnn.width(), cnn.normalization(), cnn.activation(), list);
      list.layer(pooling(cnn.pooling()));
    }
    return list.layer(output(cnn.flattened(input), classes, loss)).setInputType(of(input)).build();
  }

  private static MultiLayerConfiguration vgg11(
      Vgg11 vgg,
      InputShape input,
      int classes,
      Loss loss,
      NeuralNetConfiguration.ListBuilder list) {
    for (List<Integer> stage : vgg.stages()) {
      for (int planes : stage) {
        addConvolution(planes, vgg.normalization(), vgg.activation(), list);
      }
      list.layer(pooling(Pooling.MAX));
    }
    for (int layer = 0; layer < 2; layer++) {
      IActivation activation = Dl4jActivations.of(vgg.activation());
      list.layer(new DenseLayer.Builder().nOut(vgg.hidden()).activation(activation).build());
    }
    return list.layer(output(vgg.hidden(), classes, loss)).setInputType(of(input)).build();
  }

  /** Sets the fan-in of each layer, and the reshaping before and after convolutions. */
  private static InputType of(InputShape input) {
    return InputType.convolutionalFlat(input.height(), input.width(), input.channels());
  }

  /** DL4J's batch normalisation applies no activation, so one follows it as a layer. */
  private static void addConvolution(
      int planes,
      Normalization normalization,
      Activation activation,
      NeuralNetConfiguration.ListBuilder list) {
    IActivation function = Dl4jActivations.of(activation);
    ConvolutionLayer.Builder convolution =
        new ConvolutionLayer.Builder(3, 3).padding(1, 1).nOut(planes);
    switch (normalization) {
      case NONE -> list.layer(convolution.activation(function).build());
      case BATCH ->
          list.layer(convolution.activation(new ActivationIdentity()).build())
              .layer(new BatchNormalization.Builder().build())
              .layer(new ActivationLayer.Builder().activation(function).build());
    }
  }

  /** Over 2 × 2, in steps of 2. */
  private static SubsamplingLayer pooling(Pooling pooling) {
    PoolingType type =
        switch (pooling) {
          case MAX -> PoolingType.MAX;
          case AVERAGE -> PoolingType.AVG;
        };
    return new SubsamplingLayer.Builder(type).kernelSize(2, 2).build();
  }

  private static OutputLayer output(int inputs, int classes, Loss loss) {
    OutputLayer.Builder output = new OutputLayer.Builder(lossFunction(loss, classes));
    return output.nIn(inputs).nOut(classes).activation(outputActivation(loss)).build();
  }

  /** DL4J's softmax stands with its loss; our cross-entropy takes logits. */
  private static IActivation outputActivation(Loss loss) {
    return switch (loss) {
      case MSE -> new ActivationIdentity();
      case CROSS_ENTROPY -> new ActivationSoftmax();
    };
  }

  /** DL4J's L2 loss is Σ(f−y)² an example; weights of one half make it ours. */
  private static ILossFunction lossFunction(Loss loss, int classes) {
    return switch (loss) {
      case MSE -> new LossL2(Nd4j.valueArrayOf(new long[] {1, classes}, 0.5, DataType.DOUBLE));
      case CROSS_ENTROPY -> new LossMCXENT(0, null); // ours has no clip either
    };
  }
}
