package org.eigensweep.export.mlflow;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eigensweep.export.Curves;
import org.eigensweep.export.TrialRows;
import org.eigensweep.spark.output.FlatSettings;
import org.eigensweep.spark.table.IdentityColumns;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowClient;

/**
 * A trial as a run: identity and settings as parameters, provenance as tags, curves as metrics. The
 * run's status says {@code RUNNING} until all of it is there.
 *
 * @param client to the server
 * @param trial whose rows are read
 * @param summary its row in the table of all trials
 */
record TrialRun(MlflowClient client, TrialRows trial, Map<String, Object> summary) {
  /** The tag with the trial's hash, by which a trial is found again. */
  static final String HASH = "eigensweep.trial";

  private static final String PREFIX = "eigensweep.";
  private static final String SETTINGS = "settings";

  /** Columns of {@code trials} that MLflow has its own words for. */
  private static final Map<String, String> OWN_WORDS =
      Map.of("git_commit", "mlflow.source.git.commit");

  /** Makes the run in an experiment and fills it. */
  void write(String experiment) throws IOException {
    String run =
        client
            .createRun(
                CreateRun.newBuilder()
                    .setExperimentId(experiment)
                    .setStartTime(Curves.startOf(summary).toEpochMilli())
                    .addTags(tag(HASH, trial.hash()))
                    .addTags(tag("mlflow.runName", trial.name()))
                    .addTags(tag("mlflow.source.name", "eigensweep"))
                    .build())
            .getRunId();
    for (List<RunTag> tags : Limits.parts(tags(), Limits.TAGS)) {
      client.logBatch(run, List.of(), List.of(), tags);
    }
    for (List<Param> parameters : Limits.parts(parameters(), Limits.PARAMETERS)) {
      client.logBatch(run, List.of(), parameters, List.of());
    }
    writeMetrics(run);
    client.setTerminated(run, status(), Curves.finishedAt(summary).toEpochMilli());
  }

  private RunStatus status() {
    return "diverged".equals(summary.get("status")) ? RunStatus.FAILED : RunStatus.FINISHED;
  }

  private static RunTag tag(String name, String value) {
    return RunTag.newBuilder().setKey(Limits.name(name)).setValue(Limits.tagValue(value)).build();
  }

  /** What {@code trials} says in words beyond identity and settings. */
  private List<RunTag> tags() {
    List<RunTag> tags = new ArrayList<>();
    summary.forEach(
        (column, value) -> {
          if (!(value instanceof Number)
              && !column.equals(SETTINGS)
              && !IdentityColumns.names().contains(column)) {
            tags.add(tag(PREFIX + column, value.toString()));
            if (OWN_WORDS.containsKey(column)) {
              tags.add(tag(OWN_WORDS.get(column), value.toString()));
            }
          }
        });
    return tags;
  }

  private List<Param> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String column : IdentityColumns.names()) {
      if (summary.get(column) != null) {
        parameters.put(column, summary.get(column).toString());
      }
    }
    FlatSettings.of((String) summary.getOrDefault(SETTINGS, "{}"))
        .forEach((name, value) -> parameters.put(PREFIX + name, value));
    return parameters.entrySet().stream()
        .map(
            entry ->
                Param.newBuilder()
                    .setKey(Limits.name(entry.getKey()))
                    .setValue(Limits.parameterValue(entry.getValue()))
                    .build())
        .toList();
  }

  private void writeMetrics(String run) throws IOException {
    List<Metric> waiting = new ArrayList<>();
    Curves.read(
        trial,
        summary,
        (step, time, values) -> {
          for (Curves.Value value : values) {
            waiting.add(metric(step, time, value));
            if (waiting.size() == Limits.METRICS) {
              client.logBatch(run, waiting, List.of(), List.of());
              waiting.clear();
            }
          }
        });
    if (!waiting.isEmpty()) {
      client.logBatch(run, waiting, List.of(), List.of());
    }
  }

  private static Metric metric(int step, Instant time, Curves.Value value) {
    return Metric.newBuilder()
        .setKey(Limits.name(value.curve()))
        .setValue(value.value())
        .setTimestamp(time.toEpochMilli())
        .setStep(step)
        .build();
  }

  /** Whether a run has all that was to be written. */
  static boolean isWhole(RunStatus status) {
    return !Set.of(RunStatus.RUNNING, RunStatus.SCHEDULED).contains(status);
  }
}
