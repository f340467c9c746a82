package org.eigensweep.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
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
    String id =
        driver.await("an application", () -> json(applications).map(SparkPage::first).orElse(null));
    String executors = applications + "/" + id + "/executors";
    return driver.await(
        "a busy executor", () -> json(executors).map(page -> busy(page, after)).orElse(null));
  }

  private static String first(JsonNode applications) {
    return applications.get(0).get("id").asText();
  }

  private static String busy(JsonNode executors, int after) {
    int completed = 0;
    String busy = null;
    for (JsonNode executor : executors) {
      completed += executor.get("completedTasks").asInt();
      busy = executor.get("activeTasks").asInt() > 0 ? executor.get("id").asText() : busy;
    }
    return completed >= after ? busy : null;
  }

  /** What a page says; empty before the driver serves it, and when it has ended. */
  private static Optional<JsonNode> json(String url) {
    return WebPage.answer(url).map(SparkPage::parsed);
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
