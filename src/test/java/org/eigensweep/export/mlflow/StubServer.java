package org.eigensweep.export.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks as much of MLflow's REST API as an export needs, and refuses what the real
 * one refuses: too many items a request, too long values, names of other letters or paths, a
 * parameter with two values, and changes to what is deleted.
 */
final class StubServer implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";
  private static final Pattern NAME = Pattern.compile("[/\\w.\\- ]+");
  private static final Pattern FILTER =
      Pattern.compile("tags\\.`eigensweep\\.trial` = '([0-9a-f]{12})'");
  private static final int MIB = 1 << 20;

  /** A point of a metric as it was sent. */
  record Point(double value, long timestamp, long step) {}

  /** A run with all that was logged. */
  static final class StoredRun {
    final String id;
    final String experiment;
    final long start;
    String status = "RUNNING";
    String stage = "active";
    long end;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, List<Point>> metrics = new LinkedHashMap<>();

    StoredRun(String id, String experiment, long start) {
      this.id = id;
      this.experiment = experiment;
      this.start = start;
    }
  }

  /** A refusal, as the API words it. */
  private static final class Refused extends Exception {
    final int status;
    final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer http;
  private final List<StoredRun> runs = new ArrayList<>();
  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final List<String> deletedExperiments = new ArrayList<>();
  private int left = Integer.MAX_VALUE;
  private int failure;
  private String authorization;

  StubServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.start();
  }

  String uri() {
    return "http://%s:%d".formatted(http.getAddress().getHostString(), http.getAddress().getPort());
  }

  /** Answers so many more requests; then each with this status, or with nothing where it is 0. */
  synchronized void failAfter(int more, int status) {
    left = more;
    failure = status;
  }

  synchronized List<StoredRun> runs() {
    return List.copyOf(runs);
  }

  synchronized List<StoredRun> activeRuns() {
    return runs.stream().filter(run -> run.stage.equals("active")).toList();
  }

  synchronized Map<String, String> experiments() {
    return Map.copyOf(experiments);
  }

  /** What the last request said of its sender; null if nothing. */
  synchronized String authorization() {
    return authorization;
  }

  synchronized void deleteExperiment(String name) {
    experiments.put(name, String.valueOf(experiments.size() + 1));
    deletedExperiments.add(name);
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (left-- <= 0) {
        if (failure > 0) {
          answer(exchange, failure, "down for maintenance");
        }
        return;
      }
      try {
        ObjectNode found = answer(exchange, body);
        answer(exchange, 200, found.toString());
      } catch (Refused e) {
        ObjectNode error = json.createObjectNode();
        error.put("error_code", e.code).put("message", e.getMessage());
        answer(exchange, e.status, error.toString());
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private ObjectNode answer(HttpExchange exchange, byte[] body) throws Refused, IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(API)) {
      throw new Refused(404, "ENDPOINT_NOT_FOUND", "no such page");
    }
    require(body.length <= MIB, "the request has %d bytes".formatted(body.length));
    JsonNode given = body.length == 0 ? json.createObjectNode() : json.readTree(body);
    String what = exchange.getRequestMethod() + " " + path.substring(API.length());
    return switch (what) {
      case "GET experiments/get-by-name" -> experiment(query(exchange, "experiment_name"));
      case "POST experiments/create" -> createExperiment(given.path("name").asText());
      case "POST runs/create" -> createRun(given);
      case "POST runs/search" -> search(given);
      case "POST runs/delete" -> delete(given);
      case "POST runs/log-batch" -> log(given);
      case "POST runs/update" -> update(given);
      default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", what);
    };
  }

  private static String query(HttpExchange exchange, String name) {
    Matcher value =
        Pattern.compile("(?:^|&)" + name + "=([^&]*)")
            .matcher(exchange.getRequestURI().getRawQuery());
    return value.find() ? URLDecoder.decode(value.group(1), StandardCharsets.UTF_8) : "";
  }

  private static void require(boolean holds, String message) throws Refused {
    if (!holds) {
      throw new Refused(400, "INVALID_PARAMETER_VALUE", message);
    }
  }

  private ObjectNode experiment(String name) throws Refused {
    if (!experiments.containsKey(name)) {
      throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "no experiment " + name);
    }
    ObjectNode found = json.createObjectNode();
    found
        .putObject("experiment")
        .put("experiment_id", experiments.get(name))
        .put("name", name)
        .put("lifecycle_stage", deletedExperiments.contains(name) ? "deleted" : "active");
    return found;
  }

  private ObjectNode createExperiment(String name) throws Refused {
    require(!name.isEmpty(), "an experiment needs a name");
    if (experiments.containsKey(name)) {
      throw new Refused(400, "RESOURCE_ALREADY_EXISTS", name);
    }
    experiments.put(name, String.valueOf(experiments.size() + 1));
    return json.createObjectNode().put("experiment_id", experiments.get(name));
  }

  private ObjectNode createRun(JsonNode given) throws Refused {
    String experiment = given.path("experiment_id").asText();
    require(
        experiments.entrySet().stream()
            .anyMatch(
                e -> e.getValue().equals(experiment) && !deletedExperiments.contains(e.getKey())),
        "no experiment " + experiment);
    StoredRun run =
        new StoredRun(
            "run%04d".formatted(runs.size()), experiment, given.path("start_time").asLong());
    runs.add(run);
    storeTags(run, given.path("tags"));
    ObjectNode made = json.createObjectNode();
    describe(made.putObject("run"), run);
    return made;
  }

  private void describe(ObjectNode into, StoredRun run) {
    into.putObject("info")
        .put("run_id", run.id)
        .put("run_uuid", run.id)
        .put("experiment_id", run.experiment)
        .put("status", run.status)
        .put("lifecycle_stage", run.stage);
  }

  private ObjectNode search(JsonNode given) throws Refused {
    Matcher filter = FILTER.matcher(given.path("filter").asText());
    require(filter.matches(), "cannot parse the filter " + given.path("filter").asText());
    require(given.path("max_results").asInt() <= 50_000, "too many results");
    require(given.path("run_view_type").asText().equals("ACTIVE_ONLY"), "expected the active");
    List<String> within = new ArrayList<>();
    given.path("experiment_ids").forEach(id -> within.add(id.asText()));
    ObjectNode found = json.createObjectNode();
    ArrayNode all = found.putArray("runs");
    for (StoredRun run : activeRuns()) {
      if (within.contains(run.experiment)
          && filter.group(1).equals(run.tags.get("eigensweep.trial"))) {
        describe(all.addObject(), run);
      }
    }
    return found;
  }

  private StoredRun active(JsonNode given) throws Refused {
    String id = given.path("run_id").asText();
    for (StoredRun run : runs) {
      if (run.id.equals(id)) {
        require(run.stage.equals("active"), "the run is deleted");
        return run;
      }
    }
    throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "no run " + id);
  }

  private ObjectNode delete(JsonNode given) throws Refused {
    active(given).stage = "deleted";
    return json.createObjectNode();
  }

  private ObjectNode update(JsonNode given) throws Refused {
    StoredRun run = active(given);
    run.status = given.path("status").asText();
    run.end = given.path("end_time").asLong();
    return json.createObjectNode();
  }

  private ObjectNode log(JsonNode given) throws Refused {
    StoredRun run = active(given);
    int metrics = given.path("metrics").size();
    int parameters = given.path("params").size();
    int tags = given.path("tags").size();
    require(metrics <= 1000, "at most 1000 metrics, got " + metrics);
    require(parameters <= 100, "at most 100 params, got " + parameters);
    require(tags <= 100, "at most 100 tags, got " + tags);
    require(metrics + parameters + tags <= 1000, "at most 1000 in all");
    for (JsonNode metric : given.path("metrics")) {
      require(
          metric.has("key") && metric.has("value") && metric.has("timestamp"),
          "a metric lacks something: " + metric);
      double value = metric.get("value").asDouble(Double.parseDouble(metric.get("value").asText()));
      run.metrics
          .computeIfAbsent(name(metric), key -> new ArrayList<>())
          .add(
              new Point(
                  value,
                  Long.parseLong(metric.get("timestamp").asText()),
                  Long.parseLong(metric.path("step").asText("0"))));
    }
    for (JsonNode parameter : given.path("params")) {
      String value = parameter.path("value").asText();
      require(value.length() <= 500, "a param of %d letters".formatted(value.length()));
      String before = run.parameters.putIfAbsent(name(parameter), value);
      require(before == null || before.equals(value), "a param cannot change: " + parameter);
    }
    storeTags(run, given.path("tags"));
    return json.createObjectNode();
  }

  private static void storeTags(StoredRun run, JsonNode tags) throws Refused {
    for (JsonNode tag : tags) {
      String value = tag.path("value").asText();
      require(value.length() <= 5000, "a tag of %d letters".formatted(value.length()));
      run.tags.put(name(tag), value);
    }
  }

  /** MLflow takes a name as a path, which must be the one that it says. */
  private static String name(JsonNode item) throws Refused {
    String name = item.path("key").asText();
    require(NAME.matcher(name).matches() && name.length() <= 250, "invalid name " + name);
    String normal = java.nio.file.Path.of("/r").resolve(name).normalize().toString();
    require(normal.equals("/r/" + name), "the name is no path: " + name);
    return name;
  }
}
