package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.eigensweep.array.CpuKernels;
import org.eigensweep.data.InputShape;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Models as DL4J configurations, and DL4J configurations as derivative rules. */
final class Dl4jConfiguration {
  static {
    CpuKernels.choose(); // a configuration may be made before any device is opened
  }

  private Dl4jConfiguration() {}

  /** The DL4J configuration of a model. */
  static MultiLayerConfiguration of(Model model, InputShape input, int classes, Loss loss) {
    if (model instanceof Mlp mlp) {
      return mlp(mlp, input.features(), classes, loss);
    }
    throw new IllegalArgumentException("no DL4J configuration for " + model);
  }

  private static MultiLayerConfiguration mlp(Mlp mlp, int features, int classes, Loss loss) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .weightInit(WeightInit.XAVIER)
            .list();
    int fanIn = features;
    for (int width : mlp.hidden()) {
      IActivation activation = Dl4jActivations.of(mlp.activation());
      list.layer(new DenseLayer.Builder().nIn(fanIn).nOut(width).activation(activation).build());
      fanIn = width;
    }
    OutputLayer.Builder output = new OutputLayer.Builder(lossFunction(loss, classes));
    output.nIn(fanIn).nOut(classes).activation(outputActivation(loss));
    return list.layer(output.build()).build();
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
      case CROSS_ENTROPY -> new LossMCXENT();
    };
  }

  /**
   * The derivative rules of a configuration.
   *
   * @throws IllegalArgumentException naming the first layer or activation without a rule
   */
  static Chain compile(MultiLayerConfiguration configuration) {
    List<Layer> layers = new ArrayList<>();
    for (NeuralNetConfiguration part : configuration.getConfs()) {
      if (!(part.getLayer() instanceof DenseLayer || part.getLayer() instanceof BaseOutputLayer)) {
        throw new IllegalArgumentException(
            "layer %s has no exact derivative rule, expected dense layers"
                .formatted(part.getLayer().getClass().getSimpleName()));
      }
      FeedForwardLayer layer = (FeedForwardLayer) part.getLayer();
      layers.add(new Dense(Math.toIntExact(layer.getNIn()), Math.toIntExact(layer.getNOut())));
      if (!(layer instanceof BaseOutputLayer
          && layer.getActivationFn() instanceof ActivationSoftmax)) {
        Dl4jActivations.rule(layer.getActivationFn()).map(Pointwise::new).ifPresent(layers::add);
      }
    }
    return new Chain(layers);
  }
}
