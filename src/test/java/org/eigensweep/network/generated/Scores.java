package org.eigensweep.network.generated;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's own score and gradient over the whole data as functions of the parameters, in float64, and
 * in the mode of training: there batch normalisation takes the statistics of the examples.
 */
final class Scores {
  private final Model model;
  private final Case network;
  private final double divisor;

  /** Owns the model, which it moves. */
  Scores(Case network, Model model) {
    this.model = model;
    this.network = network;
    // DL4J's gradient is a sum over the mini-batch, which its updater divides.
    this.divisor = network.is("nominibatch") ? 1 : network.examples();
  }

  double[] parameters() {
    return model.params().toDoubleVector();
  }

  /** The score without what regularisation adds. */
  double loss(double[] theta) {
    move(theta);
    if (model instanceof ComputationGraph graph) {
      return graph.score(data(), true) - graph.calcRegularizationScore(true);
    }
    MultiLayerNetwork sequence = (MultiLayerNetwork) model;
    return sequence.score(data(), true) - sequence.calcRegularizationScore(true);
  }

  double regularization(double[] theta) {
    move(theta);
    return model instanceof ComputationGraph graph
        ? graph.calcRegularizationScore(true)
        : ((MultiLayerNetwork) model).calcRegularizationScore(true);
  }

  /** Afresh: some of DL4J's layers write over what they are given. */
  private DataSet data() {
    return Samples.dl4j(network);
  }

  /** What DL4J takes for the gradient of the loss, which may not be it. */
  double[] gradient(double[] theta) {
    move(theta);
    DataSet data = data();
    INDArray gradient;
    if (model instanceof ComputationGraph graph) {
      graph.setInputs(data.getFeatures());
      graph.setLabels(data.getLabels());
      graph.computeGradientAndScore();
      gradient = graph.getFlattenedGradients();
    } else {
      MultiLayerNetwork sequence = (MultiLayerNetwork) model;
      sequence.setInput(data.getFeatures());
      sequence.setLabels(data.getLabels());
      sequence.computeGradientAndScore();
      gradient = sequence.getFlattenedGradients();
    }
    double[] values = gradient.toDoubleVector();
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
    return values;
  }

  private void move(double[] theta) {
    model.setParams(Nd4j.createFromArray(theta).reshape(1, theta.length));
  }
}
