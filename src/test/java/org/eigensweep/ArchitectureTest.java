package org.eigensweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers, and the one home of each library. */
class ArchitectureTest {
  /** Top to bottom: imports point to the right, never to the left. */
  private static final List<String> LAYERS =
      List.of(
          "app",
          "config",
          "report",
          "spark",
          "experiment",
          "training",
          "network",
          "data",
          "curvature",
          "linalg",
          "array");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.eigensweep");
  }

  static Stream<String> layers() {
    return LAYERS.stream().filter(layer -> !layer.equals("app"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void importsPointDown(String layer) {
    String[] above =
        LAYERS.subList(0, LAYERS.indexOf(layer)).stream()
            .map(ArchitectureTest::packages)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packages(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .check(classes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.typesafe.config.. | config",
        "org.apache.spark..    | spark",
        "me.tongfei..          | spark",
        "picocli..             | app",
        "org.deeplearning4j.spark.. | spark.dl4j",
        "org.hipparchus..      | linalg",
        "com.sun.jna..         | array",
        "org.bytedeco..        | array",
        "org.nd4j.nativeblas.. | array",
        "org.nd4j.linalg.api.ops..  | array",
        "org.nd4j.linalg.api.blas.. | array",
      })
  void aLibraryHasOneHome(String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages(home))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
  }

  @Test
  void onlyNetworksAndWhatRunsThemByDl4jSeeDl4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("network"), packages("spark.dl4j"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.deeplearning4j..")
        .check(classes);
  }

  @Test
  void onlyTheyAndTheDeviceSeeNd4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("network"), packages("spark.dl4j"), packages("array"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.nd4j..")
        .check(classes);
  }

  @Test
  void everyPackageIsALayerAndSaysWhatItKnows() throws Exception {
    Path root = Path.of("src/main/java/org/eigensweep");
    try (Stream<Path> folders = Files.list(root)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(LAYERS);
    }
    for (String layer : LAYERS) {
      String javadoc = Files.readString(root.resolve(layer).resolve("package-info.java"));
      assertThat(javadoc.replaceAll("[\\s*]+", " "))
          .as(layer)
          .containsIgnoringCase("knows")
          .containsIgnoringCase("must not know");
    }
  }

  private static String packages(String layer) {
    return "org.eigensweep." + layer + "..";
  }
}
