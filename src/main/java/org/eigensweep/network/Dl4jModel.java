package org.eigensweep.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J network in float64, as DL4J itself evaluates and differentiates it. */
sealed interface Dl4jModel {
  /** A sequential network, converted to float64. */
  static Dl4jModel of(MultiLayerNetwork network) {
    return new Sequential(network.convertDataType(DataType.DOUBLE));
  }

  /** A graph with one input and one output, converted to float64. */
  static Dl4jModel of(ComputationGraph graph) {
    return new Graph(graph.convertDataType(DataType.DOUBLE));
  }

  /** Whether the first layer takes images, examples × channels × height × width, as they are. */
  boolean takesImages();

  /** All parameters in DL4J's order, 1 × n. */
  INDArray parameters();

  /** Replaces all parameters. */
  void assign(INDArray parameters);

  /** The outputs for a batch, in the mode in which gradients are taken. */
  INDArray outputs(INDArray inputs);

  /** The gradient of the loss summed over a batch, 1 × n; {@link #loss} is its mean afterwards. */
  INDArray gradientOfSum(INDArray inputs, INDArray labels);

  /** The mean loss over the batch that the last gradient was taken for. */
  double loss();

  /** A sequential network. */
  record Sequential(MultiLayerNetwork network) implements Dl4jModel {
    @Override
    public boolean takesImages() {
      return network.getLayerWiseConfigurations().getInputPreProcess(0) == null
          && isConvolutional(network.getLayer(0));
    }

    @Override
    public INDArray parameters() {
      return network.params();
    }

    @Override
    public void assign(INDArray parameters) {
      network.setParams(parameters);
    }

    @Override
    public INDArray outputs(INDArray inputs) {
      return network.output(inputs, true);
    }

    @Override
    public INDArray gradientOfSum(INDArray inputs, INDArray labels) {
      network.setInput(inputs);
      network.setLabels(labels);
      network.computeGradientAndScore();
      return network.getFlattenedGradients();
    }

    @Override
    public double loss() {
      return network.score();
    }
  }

  /** A graph. */
  record Graph(ComputationGraph graph) implements Dl4jModel {
    @Override
    public boolean takesImages() {
      return isConvolutional(graph.getLayer(0));
    }

    @Override
    public INDArray parameters() {
      return graph.params();
    }

    @Override
    public void assign(INDArray parameters) {
      graph.setParams(parameters);
    }

    @Override
    public INDArray outputs(INDArray inputs) {
      return graph.outputSingle(true, inputs);
    }

    @Override
    public INDArray gradientOfSum(INDArray inputs, INDArray labels) {
      graph.setInputs(inputs);
      graph.setLabels(labels);
      graph.computeGradientAndScore();
      return graph.getFlattenedGradients();
    }

    @Override
    public double loss() {
      return graph.score();
    }
  }

  private static boolean isConvolutional(org.deeplearning4j.nn.api.Layer first) {
    return switch (first.type()) {
      case CONVOLUTIONAL, CONVOLUTIONAL3D, SUBSAMPLING, UPSAMPLING -> true;
      case FEED_FORWARD, RECURRENT, RECURSIVE, MULTILAYER, NORMALIZATION -> false;
    };
  }
}
