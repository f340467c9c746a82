package org.eigensweep.export.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.export.FoundTrials;
import org.eigensweep.export.SmallSweep;
import org.eigensweep.export.TrialRows;
import org.eigensweep.export.UnfinishedExportException;
import org.eigensweep.export.mlflow.StubServer.StoredRun;
import org.eigensweep.spark.failure.OutputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a server that refuses what MLflow refuses; DuckDB says what to expect. */
@Tag("slow")
class MlflowServerTest {
  private StubServer stub;

  @BeforeEach
  void start() throws IOException {
    stub = new StubServer();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static List<TrialRows> trials() throws IOException {
    return FoundTrials.in(List.of(SmallSweep.folder().toString()), new Configuration()).trials();
  }

  private String export() throws IOException {
    try (MlflowServer server = MlflowServer.open(stub.uri() + "/", Map.of())) {
      return server.write(trials());
    }
  }

  private Map<String, StoredRun> byName() {
    return stub.activeRuns().stream()
        .collect(Collectors.toMap(run -> run.tags.get("mlflow.runName"), run -> run));
  }

  private static Map<Long, Double> points(StoredRun run, String metric) {
    Map<Long, Double> points = new TreeMap<>();
    for (StubServer.Point point : run.metrics.getOrDefault(metric, List.of())) {
      assertThat(points.put(point.step(), point.value())).as("%s twice", metric).isNull();
    }
    return points;
  }

  private static Map<Long, Double> expected(String query) throws IOException {
    Map<Long, Double> points = new TreeMap<>();
    for (String row : SmallSweep.select(query)) {
      String[] values = row.split("\\|", -1);
      points.put(Long.valueOf(values[0]), Double.valueOf(values[1]));
    }
    return points;
  }

  @Test
  void makesARunATrialInAnExperimentOfTheSweepsName() throws IOException {
    assertThat(export()).isEqualTo("MLflow runs at %s/: 6 new, 0 there before", stub.uri());
    assertThat(stub.experiments()).containsOnlyKeys(SmallSweep.NAME);
    assertThat(byName().keySet()).containsExactlyInAnyOrderElementsOf(SmallSweep.names());
    byName()
        .forEach(
            (name, run) ->
                assertThat(run.status).isEqualTo(name.contains("E160") ? "FAILED" : "FINISHED"));
  }

  @Test
  void logsEveryNumberWithAllItsDigits() throws IOException {
    export();
    for (Map.Entry<String, StoredRun> run : byName().entrySet()) {
      String from = " from '%s/TABLE/" + run.getKey() + ".parquet' where ";
      for (String column : List.of("train_loss", "chi_update", "distance", "steering_products")) {
        assertThat(points(run.getValue(), "steps/" + column))
            .as(column)
            .isEqualTo(
                expected(
                    "select step, "
                        + column
                        + from.replace("TABLE", "steps")
                        + column
                        + " is not null"));
      }
      assertThat(points(run.getValue(), "eigenvalues/cosine_2"))
          .isEqualTo(
              expected(
                  "select step, cosine"
                      + from.replace("TABLE", "eigenvalues")
                      + "pair = 2 and cosine is not null"));
    }
    assertThat(
            byName().values().stream()
                .mapToInt(run -> run.metrics.values().stream().mapToInt(List::size).sum()))
        .as("more than one request holds")
        .anyMatch(metrics -> metrics > Limits.METRICS);
  }

  @Test
  void saysWhatTheTrialIsAndWhereItComesFrom() throws IOException {
    export();
    for (String row :
        SmallSweep.select(
            """
            select trial, learning_rate, branch, status, git_commit, spark_version, host,
              epoch_ms(finished_at) from '%s/trials/*.parquet'""")) {
      String[] values = row.split("\\|", -1);
      StoredRun run =
          stub.activeRuns().stream()
              .filter(r -> values[0].equals(r.tags.get("eigensweep.trial")))
              .findFirst()
              .orElseThrow();
      assertThat(run.parameters)
          .containsEntry("trial", values[0])
          .containsEntry("learning_rate", values[1])
          .containsEntry("branch", values[2])
          .containsEntry("eigensweep.training.steps", "40")
          .containsEntry("eigensweep.measure.overlaps", "[1,5]")
          .doesNotContainKey("branch_method");
      assertThat(run.tags)
          .containsEntry("eigensweep.status", values[3])
          .containsEntry("eigensweep.git_commit", values[4])
          .containsEntry("mlflow.source.git.commit", values[4])
          .containsEntry("eigensweep.spark_version", values[5])
          .containsEntry("eigensweep.host", values[6])
          .doesNotContainKeys("eigensweep.settings", "eigensweep.train_sha256");
      assertThat(run.end).isEqualTo(Long.parseLong(values[7]));
      assertThat(run.start).isLessThanOrEqualTo(run.end);
    }
  }

  @Test
  void aSecondExportAddsNothing() throws IOException {
    export();
    int runs = stub.runs().size();
    assertThat(export()).isEqualTo("MLflow runs at %s/: 0 new, 6 there before", stub.uri());
    assertThat(stub.runs()).hasSize(runs);
  }

  /**
   * Whichever request is the last to be answered: the next export ends with the same runs. The
   * first three ask whether a server is there, and twice again since it says no.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 6, 8, 10, 13, 33})
  void goesOnAfterAFailure(int answered) throws IOException {
    stub.failAfter(answered, 503);
    assertThatThrownBy(this::export)
        .isInstanceOf(UnfinishedExportException.class)
        .hasMessageMatching(
            "http://.*/: answered 503 .*\\(down for maintenance\\); [0-5] of 6 trials are there, run"
                + " again to go on");
    stub.failAfter(Integer.MAX_VALUE, 0);
    export();
    assertThat(byName().keySet()).containsExactlyInAnyOrderElementsOf(SmallSweep.names());
    assertThat(stub.activeRuns())
        .hasSize(SmallSweep.TRIALS)
        .noneMatch(r -> r.status.equals("RUNNING"));
    int numbers = 0;
    for (StoredRun run : stub.activeRuns()) {
      numbers += run.metrics.keySet().stream().mapToInt(metric -> points(run, metric).size()).sum();
    }
    try (StubServer undisturbed = new StubServer();
        MlflowServer server = MlflowServer.open(undisturbed.uri(), Map.of())) {
      server.write(trials());
      assertThat(numbers)
          .isEqualTo(
              undisturbed.runs().stream()
                  .mapToInt(run -> run.metrics.values().stream().mapToInt(List::size).sum())
                  .sum());
    }
  }

  @Test
  void saysThatAServerWentAway() throws IOException {
    stub.failAfter(9, 0);
    assertThatThrownBy(this::export)
        .isInstanceOf(UnfinishedExportException.class)
        .hasMessageMatching(
            "http://.*/: cannot be reached \\(.+\\); \\d of 6 trials are there, run again to go on");
  }

  @Test
  void aRefusalIsBadInput() throws IOException {
    stub.failAfter(3, 403);
    assertThatThrownBy(this::export)
        .isInstanceOf(OutputException.class)
        .hasMessageContaining(": answered 403 ")
        .hasMessageEndingWith("; 0 of 6 trials are there, run again to go on");
  }

  @Test
  void refusesWhatIsNoServer() throws IOException {
    String uri = stub.uri();
    stub.failAfter(0, 500);
    assertThatThrownBy(() -> MlflowServer.open(uri, Map.of()))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(uri + ": answered 500 ")
        .hasMessageEndingWith(", expected the address of an MLflow tracking server that answers");
    stub.close();
    assertThatThrownBy(() -> MlflowServer.open(uri, Map.of()))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(uri + ": cannot be reached (")
        .hasMessageEndingWith("), expected the address of an MLflow tracking server that answers");
  }

  @Test
  void refusesAServerOfSomethingElse() throws IOException {
    try (MlflowServer server = MlflowServer.open(stub.uri() + "/elsewhere", Map.of())) {
      assertThatThrownBy(() -> server.write(trials()))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining("/elsewhere: answered 404 ");
    }
  }

  @Test
  void refusesADeletedExperiment() throws IOException {
    stub.deleteExperiment(SmallSweep.NAME);
    assertThatThrownBy(this::export)
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "%s/: the experiment %s is deleted there, expected none or one in use; restore it",
            stub.uri(), SmallSweep.NAME);
  }

  @Test
  void showsTheServerWhoItIs() {
    Map<String, String> named =
        Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret");
    MlflowServer.open(stub.uri(), named).close();
    // RFC 7617: "me:secret" in Base64.
    assertThat(stub.authorization()).isEqualTo("Basic bWU6c2VjcmV0");
    MlflowServer.open(stub.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "abc")).close();
    assertThat(stub.authorization()).isEqualTo("Bearer abc");
    MlflowServer.open(stub.uri(), Map.of()).close();
    assertThat(stub.authorization()).isNull();
  }
}
