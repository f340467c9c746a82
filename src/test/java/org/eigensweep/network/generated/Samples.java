package org.eigensweep.network.generated;

import java.util.Random;
import org.eigensweep.data.Dataset;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The data of a case, for this project and for DL4J. */
final class Samples {
  private Samples() {}

  /**
   * {@code data} is normal, zero, same (all examples alike) or binary; {@code labels} any or one.
   */
  static Dataset of(Case network) {
    Random random = new Random(network.seed() * 31 + 7);
    Input input = network.input();
    int features = input.shape().features();
    float[] inputs = new float[network.examples() * features];
    int[] labels = new int[network.examples()];
    float[] first = input.draw(random);
    for (int e = 0; e < labels.length; e++) {
      float[] drawn = network.setting("data", "normal").equals("same") ? first : input.draw(random);
      for (int i = 0; i < features; i++) {
        inputs[e * features + i] =
            switch (network.setting("data", "normal")) {
              case "zero" -> 0;
              case "binary" -> drawn[i] > 0 ? 1 : 0;
              default -> drawn[i];
            };
      }
      labels[e] =
          network.setting("labels", "any").equals("one") ? 0 : random.nextInt(network.classes());
    }
    return new Dataset("generated", input.shape(), network.classes(), inputs, labels, "");
  }

  /** The same examples as DL4J takes them, one-hot labels, in float64. */
  static DataSet dl4j(Case network) {
    Dataset data = of(network);
    INDArray inputs =
        Nd4j.createFromArray(data.inputs())
            .castTo(DataType.DOUBLE)
            .reshape('c', data.examples(), data.features());
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, data.examples(), data.classes());
    for (int e = 0; e < data.examples(); e++) {
      labels.putScalar(e, data.labels()[e], 1);
    }
    return new DataSet(network.input().array(inputs), labels);
  }
}
