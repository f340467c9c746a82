package org.eigensweep.report.page;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a report says of itself.
 *
 * @param folders the folders of the tables, as they were given
 * @param running whether a sweep is at work in one of them
 * @param again seconds after which the page loads itself again, because it may have been written
 *     again by then; empty if it will not be
 * @param made when the tables were read
 * @param version version of this program
 */
public record ReportFacts(
    List<String> folders, boolean running, OptionalInt again, Instant made, String version) {
  public ReportFacts {
    folders = List.copyOf(folders);
  }
}
