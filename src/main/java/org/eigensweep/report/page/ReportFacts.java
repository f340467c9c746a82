package org.eigensweep.report.page;

import java.time.Instant;
import java.util.List;

/**
 * What a report says of itself.
 *
 * @param folders the folders of the tables, as they were given
 * @param running whether a sweep is at work in one of them
 * @param made when the tables were read
 * @param version version of this program
 */
public record ReportFacts(List<String> folders, boolean running, Instant made, String version) {
  public ReportFacts {
    folders = List.copyOf(folders);
  }
}
