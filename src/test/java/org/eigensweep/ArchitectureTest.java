package org.eigensweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
          "export",
          "spark",
          "experiment",
          "training",
          "network",
          "quadratic",
          "data",
          "curvature",
          "linalg",
          "array",
          "plugin");

  private static final Path ROOT = Path.of("src/main/java/org/eigensweep");

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
        "me.tongfei..          | spark.progress",
        "org.mlflow..          | export.mlflow",
        "picocli..             | app",
        "org.deeplearning4j.spark.. | spark.dl4j",
        "org.mozilla.javascript.. | report.page",
        "org.apache.batik..    | report.page",
        "com.google.gson..     | report.page",
        "org.hipparchus..      | linalg",
        "org.apache.commons.compress.. | data.table",
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

  /** Results and data: both without Spark's own reader, for the rows of one file. */
  @Test
  void onlyTablesSeeParquet() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("spark"), packages("data.table"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.parquet..")
        .check(classes);
  }

  @Test
  void derivativeRulesPassesAndModelsSeeNoDl4j() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages("network.layer"), packages("network.pass"), packages("network.preset"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
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
  void noRoomsNeedEachOther() {
    slices().matching("org.eigensweep.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyLayerIsAFolder() throws Exception {
    try (Stream<Path> folders = Files.list(ROOT)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(LAYERS);
    }
  }

  /** Trials are walked of any problem; what it is, is the sweep's affair. */
  @Test
  void walksKnowNoNetworksAndNoQuadratics() {
    noClasses()
        .that()
        .resideInAPackage(packages("experiment.walk"))
        .or()
        .resideInAPackage(packages("experiment.outcome"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("network"), packages("quadratic"))
        .check(classes);
  }

  static Stream<Path> rooms() throws Exception {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all
          .filter(path -> path.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomSaysWhatItKnows(Path room) throws Exception {
    String javadoc = Files.readString(room.resolve("package-info.java"));
    assertThat(javadoc.replaceAll("[\\s*]+", " "))
        .containsIgnoringCase("knows")
        .containsIgnoringCase("must not know");
  }

  /** More files than these, and nobody finds one by its name. */
  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomIsSmall(Path room) throws Exception {
    try (Stream<Path> files = Files.list(room)) {
      assertThat(files.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(40);
    }
  }

  private static String packages(String layer) {
    return "org.eigensweep." + layer + "..";
  }
}
