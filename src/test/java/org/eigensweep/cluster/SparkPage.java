package org.eigensweep.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;

/**
 * What the driver of a running application says of it.
 *
 * @param address of the Spark UI
 */
record SparkPage(String address) {
  /** Where a driver's console names the address. */
  static final Pattern ADDRESS = Pattern.compile("Spark UI (http://\\S+)");

  /** An executor with a task, as soon as there is one after so many tasks have ended. */
  String busyExecutor(ChildProcess driver, int after) {
    String applications = address + "/api/v1/applications";
    String id = json(applications).get(0).get("id").asText();
    return driver.await(
        "a busy executor", () -> busy(applications + "/" + id + "/executors", after));
  }

  private static String busy(String url, int after) {
    JsonNode executors = json(url);
    int completed = 0;
    String busy = null;
    for (JsonNode executor : executors) {
      completed += executor.get("completedTasks").asInt();
      busy = executor.get("activeTasks").asInt() > 0 ? executor.get("id").asText() : busy;
    }
    return completed >= after ? busy : null;
  }

  private static JsonNode json(String url) {
    try {
      return new ObjectMapper().readTree(WebPage.read(url));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(url, e);
    }
  }
}
