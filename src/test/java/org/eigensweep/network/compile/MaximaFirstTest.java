package org.eigensweep.network.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.layer.Convolution;
import org.eigensweep.network.layer.Dense;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.MaxPooling;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.pass.SquaredError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maxima are taken before a ReLU and before nothing else, and no number shows it. */
class MaximaFirstTest {
  private static final int EXAMPLES = 40;
  private static final Layer CONVOLUTION =
      new Convolution(new Window(1, 4, 4, 1, 1, 1, 1, 0, 0, 4, 4), 3);
  private static final Layer MAXIMA = new MaxPooling(new Window(3, 4, 4, 2, 2, 2, 2, 0, 0, 2, 2));
  private static final Layer RELU = new Pointwise(Nonlinearity.RELU);
  private static final Layer DENSE = new Dense(12, 2);

  @Test
  void changesPlacesWithAReluAlone() {
    assertThat(layers(chain(RELU, MAXIMA))).containsExactly(MAXIMA, RELU);
    Layer tanh = new Pointwise(Nonlinearity.TANH);
    assertThat(layers(chain(tanh, MAXIMA))).containsExactly(tanh, MAXIMA);
    assertThat(layers(chain(MAXIMA, RELU))).containsExactly(MAXIMA, RELU);
  }

  @Test
  void leavesAnOutputThatOthersTakeToo() {
    List<LayerGraph.Node> shared =
        List.of(
            new LayerGraph.Node(RELU, List.of(LayerGraph.DATA)),
            new LayerGraph.Node(MAXIMA, List.of(0)),
            new LayerGraph.Node(DENSE, List.of(0)));
    assertThat(MaximaFirst.of(shared)).isEqualTo(shared);
  }

  private static List<LayerGraph.Node> chain(Layer... layers) {
    return LayerGraph.chain(List.of(layers)).nodes();
  }

  private static List<Layer> layers(List<LayerGraph.Node> nodes) {
    return new LayerGraph(MaximaFirst.of(nodes)).layers();
  }

  /** Pixels of a few values, so that many windows have several largest, and many none above 0. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void changesNoBitOfLossGradientAndProducts(Precision precision) {
    List<LayerGraph.Node> given = chain(CONVOLUTION, RELU, MAXIMA, DENSE);
    double[] before = derivatives(new LayerGraph(given), precision);
    double[] after = derivatives(new LayerGraph(MaximaFirst.of(given)), precision);
    assertThat(after).containsExactly(before);
  }

  private static double[] derivatives(LayerGraph graph, Precision precision) {
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[EXAMPLES * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(-1, 2);
    }
    int[] labels = random.ints(EXAMPLES, 0, 2).toArray();
    Dataset data = new Dataset("ties", new InputShape(1, 4, 4), 2, pixels, labels, "");
    PassSettings settings = new PassSettings(1 << 20, 1 << 20, EXAMPLES);
    int n = graph.parameters();
    try (Device device = Devices.processor().open(precision, 1);
        Scope scope = device.open();
        NetworkObjective objective =
            new NetworkObjective(device, graph, new SquaredError(1), data, settings)) {
      Matrix theta = scope.matrix(n, 1);
      theta.write(random.doubles(n, -1, 1).toArray());
      Matrix block = scope.matrix(n, 2);
      block.write(random.doubles(2L * n, -1, 1).toArray());
      Matrix results = scope.matrix(n, 3);
      double loss;
      try (Linearization here = objective.linearize(theta)) {
        device.copy(here.gradient(), results.column(2));
        here.hessianProduct(block, results.columns(0, 2));
        loss = here.evaluation().loss();
      }
      double[] all = Arrays.copyOf(results.toDoubles(), 3 * n + 1);
      all[3 * n] = loss;
      return all;
    }
  }
}
