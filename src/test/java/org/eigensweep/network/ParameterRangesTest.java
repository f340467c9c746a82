package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.RestrictedOperator;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.preset.Loss;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Names of parameters against DL4J's own parameter table, and what they are for. */
class ParameterRangesTest {
  @Test
  void nameEveryLayerAndItsParameters() {
    Network network = Samples.network(Loss.MSE, Samples.data(1, 4, 3, 1), 5);
    assertThat(network.parameterRanges())
        .containsExactly(
            entry("layer0", new IndexRange(0, 25)),
            entry("layer0.W", new IndexRange(0, 20)),
            entry("layer0.b", new IndexRange(20, 25)),
            entry("layer1", new IndexRange(25, 43)),
            entry("layer1.W", new IndexRange(25, 40)),
            entry("layer1.b", new IndexRange(40, 43)));
    assertThat(network.parameterRange("layer1.b")).isEqualTo(new IndexRange(40, 43));
  }

  @Test
  void refusesAnUnknownNameWithTheKnownOnes() {
    Network network = Samples.network(Loss.MSE, Samples.data(1, 4, 3, 1));
    assertThatThrownBy(() -> network.parameterRange("layer1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameters are called layer1, expected one of layer0, layer0.W, layer0.b");
  }

  /**
   * Each parameter is filled with a number of its own through DL4J and found where the range is.
   */
  @Test
  void agreeWithDl4jOnOtherKindsOfLayersAndNames() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).name("edges").nOut(2).build())
            .layer(new ActivationLayer(new ActivationTanH()))
            .layer(new OutputLayer.Builder(new LossL2()).nOut(3).build())
            .setInputType(InputType.convolutionalFlat(6, 6, 1))
            .build();
    Map<String, IndexRange> ranges =
        ParameterLayout.of(new Architecture.Sequential(configuration)).ranges();
    assertThat(ranges.keySet())
        .containsExactlyInAnyOrder("edges", "edges.W", "edges.b", "layer2", "layer2.W", "layer2.b");
    MultiLayerNetwork dl4j = new MultiLayerNetwork(configuration);
    dl4j.init();
    dl4j.setParams(Nd4j.zeros(1, dl4j.numParams()));
    String[][] names = {
      {"edges.W", "0_W"}, {"edges.b", "0_b"}, {"layer2.W", "2_W"}, {"layer2.b", "2_b"}
    };
    for (int i = 0; i < names.length; i++) {
      dl4j.getParam(names[i][1]).assign(i + 1);
    }
    INDArray vector = dl4j.params();
    for (int i = 0; i < names.length; i++) {
      IndexRange range = ranges.get(names[i][0]);
      assertThat(range.size()).isEqualTo((int) dl4j.getParam(names[i][1]).length());
      for (int at = range.from(); at < range.to(); at++) {
        assertThat(vector.getDouble(at)).isEqualTo(i + 1);
      }
    }
    assertThat(ranges.get("edges")).isEqualTo(new IndexRange(0, 20));
    assertThat(ranges.get("layer2").to()).isEqualTo((int) dl4j.numParams());
  }

  @Test
  void restrictTheHessianToItsBlocks() {
    Dataset data = Samples.data(50, 6, 3, 7);
    Network network = Samples.network(Loss.CROSS_ENTROPY, data, 5);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here =
            objective.linearize(scope.copyOf(network.initialParameters(new SplittableRandom(2))))) {
      LinearOperator whole = CurvatureMatrix.HESSIAN.at(here);
      int n = whole.size();
      double[] dense = dense(whole, scope);
      for (IndexRange range : network.parameterRanges().values()) {
        double[] block = dense(new RestrictedOperator(whole, range), scope);
        for (int j = 0; j < range.size(); j++) {
          for (int i = 0; i < range.size(); i++) {
            double expected = dense[range.from() + i + (range.from() + j) * n];
            assertThat(block[i + j * range.size()]).isCloseTo(expected, within(1e-15));
          }
        }
      }
    }
  }

  private static double[] dense(LinearOperator operator, Scope scope) {
    int n = operator.size();
    Matrix identity = scope.zeros(n, n);
    for (int i = 0; i < n; i++) {
      operator.device().fill(1, identity.view((long) i * n + i, 1, 1));
    }
    Matrix product = scope.matrix(n, n);
    operator.apply(identity, product);
    return product.toDoubles();
  }
}
