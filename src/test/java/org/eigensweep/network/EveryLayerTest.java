package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.NotFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every layer and vertex class of DL4J is exact, runs on differences and says so, or is refused by
 * a line that names it. What has curvature is held against DL4J's score alone: its value, its
 * slopes and its second differences, none of which uses a gradient.
 */
class EveryLayerTest {
  static Stream<SavedCase> cases() {
    return Stream.concat(LayerCases.all(), VertexCases.all());
  }

  /** Aliases without a constructor of their own: their builders make the parent's class. */
  private static final Set<Class<?>> ALIASES =
      Set.of(Convolution1D.class, Convolution2D.class, Pooling1D.class, Pooling2D.class);

  @Test
  void forgetsNoClass() throws IOException, URISyntaxException {
    Set<String> tested =
        cases().map(one -> one.subject().getName()).collect(Collectors.toCollection(TreeSet::new));
    ALIASES.forEach(alias -> tested.add(alias.getName()));
    tested.add(LocallyConnected1D.class.getName()); // DL4J cannot make its parameters here
    // DL4J does not build these on vectors, and no data here are sequences
    tested.add(LastTimeStepVertex.class.getName());
    tested.add(ReverseTimeSeriesVertex.class.getName());
    tested.add(AttentionVertex.class.getName());
    tested.add(LayerVertex.class.getName()); // holds every layer of a graph
    Set<String> forgotten = concrete(Layer.class);
    forgotten.addAll(concrete(GraphVertex.class));
    forgotten.removeAll(tested);
    assertThat(forgotten).isEmpty();
  }

  /** Names of the classes of DL4J's configurations that can be instantiated. */
  private static Set<String> concrete(Class<?> kind) throws IOException, URISyntaxException {
    File jar = new File(kind.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    try (JarFile file = new JarFile(jar)) {
      for (String entry : file.stream().map(e -> e.getName()).toList()) {
        if (entry.startsWith("org/deeplearning4j/nn/conf/") && entry.endsWith(".class")) {
          String name = entry.substring(0, entry.length() - 6).replace('/', '.');
          addConcrete(name, kind, names);
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(10);
    return names;
  }

  private static void addConcrete(String name, Class<?> kind, Set<String> names) {
    try {
      Class<?> type = Class.forName(name, false, EveryLayerTest.class.getClassLoader());
      if (kind.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        names.add(name);
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExactOrSaysWhyNot(SavedCase one) {
    Model dl4j = one.network().get();
    if (one.verdict() == Verdict.REFUSED) {
      assertThatThrownBy(() -> measure(one, dl4j)).hasMessageContaining(one.says());
    } else {
      measure(one, dl4j);
    }
  }

  private static void measure(SavedCase one, Model dl4j) {
    Score score = new Score(dl4j, one);
    SavedNetwork saved = SavedNetwork.of(Dl4jModels.of(one.network().get()));
    try (Device device = Nd4jDevice.open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        Objective objective = saved.trainingObjective(device, one.data(), Samples.PASSES)) {
      Matrix theta = scope.copyOf(saved.parameters());
      try (Linearization here = objective.linearize(theta)) {
        if (one.verdict() == Verdict.EXACT) {
          assertThat(saved.missingRule()).isEmpty();
        } else {
          assertThat(saved.missingRule().orElse("")).contains(one.says());
        }
        if (!Double.isFinite(here.evaluation().loss())) {
          throw new NotFiniteException("the training loss"); // as the study does
        }
        // the loss is DL4J's score, to the rounding of a sum of ten losses
        assertThat(here.evaluation().loss())
            .isCloseTo(score.at(saved.parameters(), 0, null, 0, null), within(1e-10));
        // DL4J's gradient of the KL divergence is 6e-5 off its score's slope
        compare(saved.parameters(), here, score, one.verdict() == Verdict.EXACT ? 0 : 1e-4, scope);
      }
    }
  }

  /** DL4J's score as a function of θ, whole, in training mode. */
  private record Score(Model model, SavedCase one) {
    double at(HostMatrix theta, double a, double[] v, double b, double[] w) {
      double[] moved = theta.toDoubles().clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (v == null ? 0 : a * v[i]) + (w == null ? 0 : b * w[i]);
      }
      model.setParams(Nd4j.createFromArray(moved).reshape(1, moved.length));
      Dl4jExamples examples = Dl4jExamples.of(Dl4jModels.of(model), one.data());
      int[] all = java.util.stream.IntStream.range(0, one.data().examples()).toArray();
      INDArray labels = examples.labels(all);
      INDArray inputs = examples.inputs(all)[0];
      return model instanceof MultiLayerNetwork sequence
          ? sequence.score(new DataSet(inputs, labels), true)
          : ((ComputationGraph) model).score(new MultiDataSet(inputs, labels), true);
    }
  }

  /** Steps of 1e-4 truncate at 1e-8 of a derivative and round at 1e-16 / 1e-8 of the loss. */
  private static void compare(
      HostMatrix theta, Linearization here, Score score, double slack, Scope scope) {
    int n = theta.rows();
    double h = 1e-4;
    Matrix block = scope.copyOf(Samples.normal(n, 1, 7));
    block.device().scale(1 / block.device().norm(block), block);
    double[] v = block.toDoubles();
    double slope = (score.at(theta, h, v, 0, null) - score.at(theta, -h, v, 0, null)) / (2 * h);
    assertThat(block.device().dot(here.gradient(), block))
        .isCloseTo(slope, within(1e-6 + slack * Math.abs(slope)));
    Matrix product = scope.matrix(n, 1);
    here.hessianProduct(block, product);
    double length = block.device().norm(product);
    double[] w = product.toDoubles();
    for (int i = 0; i < n; i++) {
      w[i] /= length == 0 ? 1 : length;
    }
    double mixed = 0;
    for (int a : new int[] {1, -1}) {
      for (int b : new int[] {1, -1}) {
        mixed += a * b * score.at(theta, a * h, v, b * h, w) / (4 * h * h);
      }
    }
    // along Hv/‖Hv‖ the curvature with v is ‖Hv‖, and no other vector's is as long
    assertThat(mixed).isCloseTo(length, within(1e-4 * length + 1e-6));
    double[] other = Samples.normal(n, 1, 8).values();
    double crossed = 0;
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += other[i] * w[i] * length;
    }
    for (int a : new int[] {1, -1}) {
      for (int b : new int[] {1, -1}) {
        crossed += a * b * score.at(theta, a * h, v, b * h, other) / (4 * h * h);
      }
    }
    assertThat(crossed).isCloseTo(expected, within(1e-4 * Math.abs(expected) + 1e-5));
  }
}
