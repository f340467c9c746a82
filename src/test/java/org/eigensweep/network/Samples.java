package org.eigensweep.network;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;

/** Random data and parameters for tests of derivatives. */
public final class Samples {
  /** Room for a few hundred examples together, and for all that tests keep. */
  public static final PassSettings PASSES = new PassSettings(16L << 20, 1L << 30, 1000);

  private Samples() {}

  public static Dataset data(int examples, int features, int classes, long seed) {
    return images(examples, InputShape.vector(features), classes, seed);
  }

  public static Dataset images(int examples, InputShape shape, int classes, long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[examples * shape.features()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    int[] labels = random.ints(examples, 0, classes).toArray();
    return new Dataset("random", shape, classes, inputs, labels, "");
  }

  /** Token ids in the first plane, in the second a mask that keeps at least the first token. */
  public static Dataset text(int examples, int length, int vocabulary, int classes, long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[examples * 2 * length];
    for (int e = 0; e < examples; e++) {
      int tokens = 1 + random.nextInt(length);
      for (int t = 0; t < length; t++) {
        inputs[2 * e * length + t] = t < tokens ? random.nextInt(vocabulary) : 0;
        inputs[(2 * e + 1) * length + t] = t < tokens ? 1 : 0;
      }
    }
    int[] labels = random.ints(examples, 0, classes).toArray();
    return new Dataset("random", new InputShape(2, 1, length), classes, inputs, labels, "");
  }

  /** Some examples of a data set, in the order given. */
  public static Dataset subset(Dataset data, int... examples) {
    int features = data.features();
    float[] inputs = new float[examples.length * features];
    for (int j = 0; j < examples.length; j++) {
      System.arraycopy(data.inputs(), examples[j] * features, inputs, j * features, features);
    }
    int[] labels = IntStream.of(examples).map(i -> data.labels()[i]).toArray();
    return new Dataset("some", data.shape(), data.classes(), inputs, labels, "");
  }

  public static Network network(Loss loss, Dataset data, Integer... hidden) {
    return network(new Mlp(List.of(hidden), Activation.TANH, Initialization.PYTORCH), loss, data);
  }

  public static Network network(Model model, Loss loss, Dataset data) {
    return Network.of(model, data.shape(), data.classes(), loss);
  }

  /** A vector or block of standard normal numbers. */
  public static HostMatrix.Doubles normal(int rows, int columns, long seed) {
    double[] values = new Random(seed).doubles((long) rows * columns, -1, 1).toArray();
    return new HostMatrix.Doubles(rows, columns, values);
  }

  /** ‖a − b‖ / ‖b‖. */
  public static double relativeError(double[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < b.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference / norm);
  }
}
