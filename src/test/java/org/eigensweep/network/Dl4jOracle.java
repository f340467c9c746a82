package org.eigensweep.network;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Matrix;
import org.eigensweep.data.Dataset;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The mean loss and its gradient as DL4J computes them, in float64. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Dl4jOracle(double loss, double[] gradient) {
  static Dl4jOracle at(MultiLayerConfiguration configuration, Matrix theta, Dataset data) {
    MultiLayerNetwork dl4j = new MultiLayerNetwork(configuration);
    dl4j.init();
    dl4j.setParams(Nd4j.createFromArray(theta.toDoubles()).reshape(1, theta.rows()));
    int n = data.examples();
    INDArray x = Nd4j.createFromArray(data.inputs()).reshape(n, data.features());
    INDArray y = Nd4j.zeros(DataType.DOUBLE, n, data.classes());
    for (int i = 0; i < n; i++) {
      y.putScalar(i, data.labels()[i], 1);
    }
    dl4j.setInput(x.castTo(DataType.DOUBLE));
    dl4j.setLabels(y);
    dl4j.computeGradientAndScore();
    // DL4J divides the score by the examples at once, the gradient only in its updater
    double[] gradient = dl4j.getFlattenedGradients().div(n).toDoubleVector();
    return new Dl4jOracle(dl4j.score(), gradient);
  }
}
