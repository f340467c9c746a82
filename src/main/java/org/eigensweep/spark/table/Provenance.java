package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eigensweep.experiment.sweep.ProblemLabels;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;

/** What the rows of a sweep go back to; null where it is not known. */
public record Provenance(
    String name,
    String settings,
    String trainSource,
    String trainSha256,
    String testSource,
    String testSha256,
    String version,
    String commit,
    String sparkVersion,
    String javaVersion,
    String nd4jVersion,
    String dl4jVersion,
    String precision) {
  private static final Set<String> KEYS = Set.of("settings", "version", "commit");

  /**
   * Puts together what the caller says and what this process knows.
   *
   * @throws IllegalArgumentException if {@code settings} is missing or a key is not known
   */
  public static Provenance of(Sweep sweep, SweepProblem problem, Map<String, String> given) {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty() || given.get("settings") == null) {
      throw new IllegalArgumentException(
          "provenance has the keys %s: expected settings, and perhaps version and commit"
              .formatted(new TreeSet<>(given.keySet())));
    }
    ProblemLabels labels = problem.labels();
    return new Provenance(
        sweep.name(),
        given.get("settings"),
        labels.train().source(),
        labels.train().sha256(),
        labels.test().source(),
        labels.test().sha256(),
        given.get("version"),
        given.get("commit"),
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        Runtime.version().toString(),
        versionOf("org.nd4j/nd4j-api"),
        versionOf("org.deeplearning4j/deeplearning4j-nn"),
        word(problem.precision()));
  }

  /** The version that Maven wrote into a library's jar, without loading the library. */
  private static String versionOf(String artifact) {
    String path = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = Provenance.class.getResourceAsStream(path)) {
      if (in == null) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
