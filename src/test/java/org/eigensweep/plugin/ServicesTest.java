package org.eigensweep.plugin;

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
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerKind;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Parameter;
import org.eigensweep.training.UpdateRuleKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How services are found, by the example of optimisers. */
class ServicesTest extends OnFloat64Device {
  /** A kind as a user's jar may bring one. */
  public static final class Own implements OptimizerKind {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void refusesTwoOfOneName() {
    List<OptimizerKind> kinds = List.of(new Own(), OptimizerKind.ALL.named("sgd"), new Own());
    String own = Own.class.getName();
    assertThatThrownBy(() -> OptimizerKind.ALL.byName(kinds))
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
      Object found = loader.loadClass(OptimizerKind.class.getName()).getField("ALL").get(null);
      Map<?, ?> all = (Map<?, ?>) found.getClass().getMethod("all").invoke(found);
      assertThat(all.keySet())
          .hasToString("[sgd, heavy-ball, nesterov, rmsprop, adam, adamw, own]");
    }
  }

  /** As Spark's threads have it for the jars of its option --jars. */
  @Test
  void findsOneInTheLoaderOfItsThread(@TempDir Path folder) {
    OwnServices.run(
        folder,
        OptimizerKind.class,
        Own.class.getName(),
        () -> assertThat(OptimizerKind.ALL.all()).containsKey("own").containsKey("sgd"));
    assertThat(OptimizerKind.ALL.all()).doesNotContainKey("own");
  }

  @Test
  void saysWhichClassIsNotInTheJar(@TempDir Path folder) {
    OwnServices.run(
        folder,
        UpdateRuleKind.class,
        "example.Lost",
        () ->
            assertThatThrownBy(UpdateRuleKind.ALL::all)
                .isInstanceOf(ServiceConfigurationError.class)
                .hasMessageContaining("example.Lost not found"));
  }
}
