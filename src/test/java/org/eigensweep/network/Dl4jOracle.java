package org.eigensweep.network;

import java.util.stream.IntStream;
import org.eigensweep.array.Matrix;
import org.eigensweep.data.Dataset;
import org.nd4j.linalg.factory.Nd4j;

/** The mean loss and its gradient as DL4J computes them, in float64. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Dl4jOracle(double loss, double[] gradient) {
  static Dl4jOracle at(Architecture architecture, Matrix theta, Dataset data) {
    Dl4jModel dl4j = architecture.create(0);
    dl4j.assign(Nd4j.createFromArray(theta.toDoubles()).reshape(1, theta.rows()));
    int[] all = IntStream.range(0, data.examples()).toArray();
    Dl4jExamples examples = Dl4jExamples.of(dl4j, data);
    // DL4J divides the score by the examples at once, the gradient only in its updater
    double[] gradient =
        dl4j.gradientOfSum(examples.labels(all), examples.inputs(all))
            .div(data.examples())
            .toDoubleVector();
    return new Dl4jOracle(dl4j.loss(), gradient);
  }
}
