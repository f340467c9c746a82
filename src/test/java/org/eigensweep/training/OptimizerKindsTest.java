package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kinds of optimisers there are, and how they are found. */
class OptimizerKindsTest extends OnFloat64Device {
  /** A kind as a user's jar may bring one. */
  public static final class Own implements OptimizerKind {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public List<OptimizerParameter> parameters() {
      return List.of();
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new Sgd();
    }
  }

  @Test
  void describesEachWithItsValues() {
    assertThat(
            OptimizerKinds.all().keySet().stream()
                .map(kind -> OptimizerSettings.standard(kind).description()))
        .containsExactly(
            "sgd",
            "heavy-ball beta=0.9",
            "nesterov beta=0.9",
            "rmsprop beta=0.99 epsilon=1.0E-8",
            "adam beta1=0.9 beta2=0.999 epsilon=1.0E-8",
            "adamw beta1=0.9 beta2=0.999 epsilon=1.0E-8 weight-decay=0.01");
    assertThat(OptimizerSettings.SGD.withSam(0.05).description()).isEqualTo("sgd sam=0.05");
    assertThat(OptimizerSettings.SGD.withSam(0)).isEqualTo(OptimizerSettings.SGD);
  }

  @Test
  void parametersHaveDefaultsThatTheyLetPassAndNoNameOfSettings() {
    for (OptimizerKind kind : OptimizerKinds.all().values()) {
      for (OptimizerParameter parameter : kind.parameters()) {
        assertThat(parameter.check().test(parameter.standard())).isTrue();
        assertThat(parameter.name()).isNotIn("kind", "sam");
      }
    }
  }

  @Test
  void refusesTwoOfOneName() {
    List<OptimizerKind> kinds = List.of(new Own(), new Sgd.Kind(), new Own());
    String own = Own.class.getName();
    assertThatThrownBy(() -> OptimizerKinds.byName(kinds))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two optimisers are named own: %s and %s".formatted(own, own));
  }

  @Test
  void saysWhichIsNotThere() {
    OptimizerSettings lost = new OptimizerSettings("lost", new TreeMap<>());
    assertThatThrownBy(() -> lost.open(scope, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no optimiser on the class path of this process is named lost");
  }

  /** In a class loader of its own, as the settings of all other tests list the kinds. */
  @Test
  void findsOneInAJarOnTheClassPath(@TempDir Path folder) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(OptimizerKind.class.getName()), Own.class.getName());
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    path.add(folder.toUri().toURL());
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (var loader = new URLClassLoader(path.toArray(URL[]::new), platform)) {
      Class<?> kinds = loader.loadClass(OptimizerKinds.class.getName());
      Map<?, ?> all = (Map<?, ?>) kinds.getMethod("all").invoke(null);
      assertThat(all.keySet())
          .hasToString("[sgd, heavy-ball, nesterov, rmsprop, adam, adamw, own]");
    }
  }
}
