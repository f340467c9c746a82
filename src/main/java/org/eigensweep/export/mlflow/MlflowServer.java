package org.eigensweep.export.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigensweep.export.ExportTarget;
import org.eigensweep.export.TrialRows;
import org.eigensweep.export.UnfinishedExportException;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * An MLflow tracking server, with an experiment a sweep and a run a trial. A run that is whole is
 * left as it is; one that an earlier export did not end is deleted and written anew.
 */
public final class MlflowServer implements ExportTarget {
  private static final String EXPECTED = "expected the address of an MLflow tracking server";
  private static final int SERVER_ERROR = 500;
  private static final String DELETED = "deleted";

  /** More than exports that were broken off leave of one trial. */
  private static final int MOST_RUNS = 100;

  private final String uri;
  private final MlflowClient client;
  private final Map<String, String> experiments = new HashMap<>();

  private MlflowServer(String uri, MlflowClient client) {
    this.uri = uri;
    this.client = client;
  }

  /**
   * Looks whether a server answers; makes nothing there yet.
   *
   * @param uri as in {@code http://localhost:5000}
   * @param environment where a name and password or a token for it may be, in MLflow's own
   *     variables
   * @throws OutputException if it is no such address, or none answers
   */
  public static MlflowServer open(String uri, Map<String, String> environment) {
    BasicMlflowHostCreds access = access(checked(uri), environment);
    MlflowServer server = new MlflowServer(uri, new MlflowClient(access));
    try {
      server.client.getExperimentByName("Default"); // what every server has once had
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new OutputException("%s: %s, %s that answers".formatted(uri, words(e), EXPECTED), e);
    }
  }

  private static BasicMlflowHostCreds access(String host, Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    return token == null
        ? new BasicMlflowHostCreds(
            host,
            environment.get("MLFLOW_TRACKING_USERNAME"),
            environment.get("MLFLOW_TRACKING_PASSWORD"))
        : new BasicMlflowHostCreds(host, token);
  }

  private static String checked(String uri) {
    try {
      URI parsed = new URI(uri);
      boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
      if (web && parsed.getHost() != null) {
        return uri.replaceAll("/+$", "");
      }
    } catch (URISyntaxException e) {
      // as one without a host
    }
    throw new OutputException(
        "--mlflow %s is no address, %s as in http://localhost:5000".formatted(uri, EXPECTED));
  }

  @Override
  public String write(List<TrialRows> trials) {
    int written = 0;
    int done = 0;
    try {
      for (TrialRows trial : trials) {
        written += write(trial) ? 1 : 0;
        done++;
      }
    } catch (IOException | RuntimeException e) {
      throw broken(
          e, "%d of %d trials are there, run again to go on".formatted(done, trials.size()));
    }
    return "MLflow runs at %s: %d new, %d there before"
        .formatted(uri, written, trials.size() - written);
  }

  /** What the server refuses is bad input; that it fails or goes away is not. */
  private RuntimeException broken(Exception e, String state) {
    if (e instanceof OutputException refused) {
      return refused;
    }
    String line = "%s: %s; %s".formatted(uri, words(e), state);
    boolean failed =
        e instanceof MlflowHttpException http
            ? http.getStatusCode() >= SERVER_ERROR
            : e instanceof MlflowClientException;
    return failed ? new UnfinishedExportException(line, e) : new OutputException(line, e);
  }

  private static String words(Exception e) {
    if (e instanceof MlflowHttpException http) {
      return "answered %d %s%s"
          .formatted(
              http.getStatusCode(),
              Optional.ofNullable(http.getReasonPhrase()).orElse(""),
              http.getBodyMessage() == null ? "" : " (" + Limits.line(http.getBodyMessage()) + ")");
    }
    Throwable root = e;
    while (e instanceof MlflowClientException && root.getCause() != null) {
      root = root.getCause();
    }
    return "cannot be reached (%s)".formatted(Failures.line(root));
  }

  /** Whether the trial was not there yet. */
  private boolean write(TrialRows trial) throws IOException {
    Map<String, Object> summary = trial.summary();
    String experiment =
        experiments.computeIfAbsent((String) summary.get("experiment"), this::experiment);
    String filter = "tags.`%s` = '%s'".formatted(TrialRun.HASH, trial.hash());
    var runs = client.searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, MOST_RUNS);
    for (Run run : runs.getItems()) {
      if (TrialRun.isWhole(run.getInfo().getStatus())) {
        return false;
      }
      client.deleteRun(run.getInfo().getRunId());
    }
    new TrialRun(client, trial, summary).write(experiment);
    return true;
  }

  /** The identifier of an experiment, which is made where it is not there. */
  private String experiment(String name) {
    Optional<Experiment> found = client.getExperimentByName(name);
    if (found.isEmpty()) {
      return client.createExperiment(name);
    }
    if (DELETED.equals(found.get().getLifecycleStage())) {
      throw new OutputException(
          "%s: the experiment %s is deleted there, expected none or one in use; restore it"
              .formatted(uri, name));
    }
    return found.get().getExperimentId();
  }

  @Override
  public void close() {
    client.close();
  }
}
