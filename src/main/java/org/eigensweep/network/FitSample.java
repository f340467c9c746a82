package org.eigensweep.network;

import java.util.SplittableRandom;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;

/**
 * Made-up examples of the sizes of a data source: whether a network takes it, before it is read.
 */
final class FitSample {
  /** Enough for two halves of more than one, of a network that splits a batch. */
  private static final int EXAMPLES = 6;

  private static final String SOURCE = "made-up examples of the data's sizes";

  private FitSample() {}

  static Dataset of(DataSource data) {
    InputShape shape = data.shape();
    float[] inputs = new float[EXAMPLES * shape.features()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    if (data.vocabulary().isPresent()) {
      fillTokens(inputs, shape.width(), data.vocabulary().getAsInt(), random);
    }
    int[] labels = new int[EXAMPLES];
    for (int j = 0; j < EXAMPLES; j++) {
      labels[j] = j % data.classes();
    }
    return Dataset.of(SOURCE, shape, data.classes(), inputs, labels);
  }

  /** The first token is the largest that may occur; every other example is padded by one. */
  private static void fillTokens(
      float[] inputs, int length, int vocabulary, SplittableRandom random) {
    for (int i = 0; i < inputs.length; i++) {
      int position = i % length;
      boolean mask = i / length % 2 == 1;
      boolean padded = position > 0 && position == length - 1 && i / (2 * length) % 2 == 1;
      inputs[i] = mask ? (padded ? 0 : 1) : (padded ? 0 : random.nextInt(vocabulary));
    }
    inputs[0] = vocabulary - 1;
  }
}
