package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer and vertex class of DL4J is exact, runs on differences and says so, or is refused by
 * a line that names it. What has curvature is held against DL4J's score alone: see {@link
 * AgainstScore}.
 */
@Tag("slow")
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
      assertThatThrownBy(() -> AgainstScore.measure(one, dl4j)).hasMessageContaining(one.says());
    } else {
      AgainstScore.measure(one, dl4j);
    }
  }

  /** DL4J's score has it, and it is no part of the loss: its gradient is the updater's. */
  @Test
  void leavesWeightDecayOut() {
    SavedCase with =
        SavedCase.exact(
            "decay", LayerCases.dense().weightDecay(0.3).weightDecayBias(0.2, false).build());
    AgainstScore.measure(with, SavedCase.between(LayerCases.dense().build()));
    // and where it stands beside L2 on another parameter
    SavedCase both =
        SavedCase.exact("decay and L2", LayerCases.dense().weightDecay(0.3).l2Bias(0.2).build());
    AgainstScore.measure(both, SavedCase.between(LayerCases.dense().l2Bias(0.2).build()));
  }
}
