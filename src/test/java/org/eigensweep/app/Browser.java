package org.eigensweep.app;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Chromium without a window, driven through the W3C's WebDriver protocol by its chromedriver. */
final class Browser implements AutoCloseable {
  private static final String TAB = "\ue004";

  /** More than any page of a test has stops. */
  private static final int MOST_TABS = 300;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String server;
  private final String session;

  /**
   * Starts a browser.
   *
   * @param downloads where it saves files
   */
  Browser(Path downloads) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    driver =
        new ProcessBuilder("chromedriver", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    server = "http://127.0.0.1:" + port;
    awaitDriver();
    session = "/session/" + open().getAsJsonObject().get("sessionId").getAsString();
    command(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
  }

  /** Whether both programs are on the path. */
  static boolean isThere() {
    return Stream.of("chromedriver", "chromium").allMatch(Browser::isOnPath);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void awaitDriver() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        send("GET", "/status", null);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > until || !driver.isAlive()) {
          throw new IllegalStateException("chromedriver does not answer", e);
        }
        Thread.sleep(100);
      }
    }
  }

  private JsonElement open() throws IOException, InterruptedException {
    // Containers have no user namespaces to make a sandbox of, and a small /dev/shm.
    List<String> arguments =
        List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    return send(
        "POST",
        "/session",
        Map.of(
            "capabilities",
            Map.of(
                "alwaysMatch",
                Map.of(
                    "goog:loggingPrefs",
                    Map.of("browser", "ALL"),
                    "goog:chromeOptions",
                    Map.of("args", arguments)))));
  }

  /** Opens a file at a width in CSS pixels, for a reader who likes light or dark pages. */
  void open(Path file, int width, String theme) throws IOException, InterruptedException {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    resize(width);
    send("POST", session + "/url", Map.of("url", file.toUri().toString()));
  }

  /** Makes the window so wide, in CSS pixels. */
  void resize(int width) throws IOException, InterruptedException {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What a script returns. */
  JsonElement run(String script, Object... arguments) throws IOException, InterruptedException {
    return send(
        "POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** Clicks on an element, which must be in sight, as a hand does. */
  void click(String selector) throws IOException, InterruptedException {
    JsonObject found =
        send("POST", session + "/element", Map.of("using", "css selector", "value", selector))
            .getAsJsonObject();
    String element = found.entrySet().iterator().next().getValue().getAsString();
    send("POST", session + "/element/" + element + "/click", Map.of());
  }

  /** Presses keys, as the focus stands. */
  void press(String keys) throws IOException, InterruptedException {
    JsonElement active = send("GET", session + "/element/active", null);
    String element = active.getAsJsonObject().entrySet().iterator().next().getValue().getAsString();
    send("POST", session + "/element/" + element + "/value", Map.of("text", keys));
  }

  /** Presses keys one after another, whatever has the focus. */
  void type(String keys) throws IOException, InterruptedException {
    List<Map<String, String>> strokes =
        keys.codePoints()
            .mapToObj(Character::toString)
            .flatMap(
                key ->
                    Stream.of(
                        Map.of("type", "keyDown", "value", key),
                        Map.of("type", "keyUp", "value", key)))
            .toList();
    send(
        "POST",
        session + "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
  }

  boolean isFocused(String selector) throws IOException, InterruptedException {
    return run("return document.activeElement.matches(arguments[0])", selector).getAsBoolean();
  }

  /**
   * Presses Tab until an element has the focus.
   *
   * @throws IllegalStateException if a whole round of the page does not reach it
   */
  void tabTo(String selector) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TABS; i++) {
      type(TAB);
      if (isFocused(selector)) {
        return;
      }
    }
    throw new IllegalStateException(selector + " is not reached by Tab");
  }

  /** A picture of the whole page. */
  void picture(Path file, int width) throws IOException, InterruptedException {
    int height = run("return document.documentElement.scrollHeight").getAsInt();
    JsonElement shot =
        command(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.getAsJsonObject().get("data").getAsString()));
  }

  /** The page as it is printed, a PDF. */
  byte[] print() throws IOException, InterruptedException {
    JsonElement pdf = send("POST", session + "/print", Map.of("background", true));
    return Base64.getDecoder().decode(pdf.getAsString());
  }

  /** What went wrong in the page, as the console has it; read once. */
  List<String> complaints() throws IOException, InterruptedException {
    JsonArray log = send("POST", session + "/se/log", Map.of("type", "browser")).getAsJsonArray();
    return StreamSupport.stream(log.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(entry -> !entry.get("level").getAsString().matches("INFO|DEBUG"))
        .map(entry -> entry.get("message").getAsString())
        .toList();
  }

  private JsonElement command(String name, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    return send("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  private JsonElement send(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(new Gson().toJson(body)))
            .build();
    String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonElement value = JsonParser.parseString(answer).getAsJsonObject().get("value");
    if (value.isJsonObject() && value.getAsJsonObject().has("error")) {
      throw new IllegalStateException(value.getAsJsonObject().get("message").getAsString());
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    try {
      send("DELETE", session, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroy();
      driver.onExit().join();
    }
  }
}
