package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.pass.LossSums;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loss and gradient of a DL4J network over a data set, computed in batches.
 *
 * @param model the network, which is moved
 * @param data the examples
 * @param examples the same as DL4J takes them
 */
public record Dl4jPasses(Dl4jModel model, Dataset data, Dl4jExamples examples) {
  /** A network over a data set. */
  public static Dl4jPasses of(Dl4jModel model, Dataset data) {
    return new Dl4jPasses(model, data, Dl4jExamples.of(model, data));
  }

  /** Number of the network's parameters. */
  public int parameters() {
    return Math.toIntExact(model.parameters().length());
  }

  /** All examples in portions of one size, the last of what is left. */
  public List<int[]> all(int size) {
    int[] all = new int[data.examples()];
    Arrays.setAll(all, i -> i);
    return portions(all, size);
  }

  /** Examples in portions of one size, the last of what is left. */
  public static List<int[]> portions(int[] examples, int size) {
    List<int[]> portions = new ArrayList<>();
    for (int from = 0; from < examples.length; from += size) {
      portions.add(Arrays.copyOfRange(examples, from, Math.min(from + size, examples.length)));
    }
    return portions;
  }

  /** The gradient of the mean loss at θ. */
  public double[] gradient(double[] theta, List<int[]> portions) {
    move(theta);
    double[] sum = new double[parameters()];
    int count = count(portions);
    for (int[] portion : portions) {
      double[] part =
          model.gradientOfSum(examples.labels(portion), examples.inputs(portion)).toDoubleVector();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i] / count;
      }
    }
    return sum;
  }

  /** The mean loss at θ. The model keeps θ as its parameters. */
  public double loss(double[] theta, List<int[]> portions) {
    move(theta);
    double sum = 0;
    for (int[] portion : portions) {
      double mean = model.score(examples.labels(portion), examples.inputs(portion));
      sum += mean * portion.length;
    }
    return sum / count(portions);
  }

  private void move(double[] theta) {
    model.assign(Nd4j.createFromArray(theta).reshape(1, parameters()));
  }

  private static int count(List<int[]> portions) {
    return portions.stream().mapToInt(portion -> portion.length).sum();
  }

  /**
   * The share of examples whose largest output is their class, at the model's current parameters.
   */
  public double accuracy(List<int[]> portions) {
    int hits = 0;
    for (int[] portion : portions) {
      double[][] outputs = model.outputs(examples.inputs(portion)).toDoubleMatrix();
      for (int j = 0; j < portion.length; j++) {
        int best = LossSums.largest(outputs[j], 0, outputs[j].length);
        hits += best == data.labels()[portion[j]] ? 1 : 0;
      }
    }
    return (double) hits / count(portions);
  }

  /** Whether every output is finite at the model's current parameters. */
  public boolean hasFiniteOutputs(List<int[]> portions) {
    return portions.stream()
        .map(portion -> model.outputs(examples.inputs(portion)))
        .allMatch(outputs -> Double.isFinite(outputs.sumNumber().doubleValue()));
  }
}
