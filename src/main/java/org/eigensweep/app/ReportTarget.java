package org.eigensweep.app;

import java.util.Map;
import org.eigensweep.report.page.ReportPage;
import org.eigensweep.spark.ReportFiles;

/**
 * Where a page goes, and its figures.
 *
 * @param files the file systems
 * @param page the page's file, or null if none is wanted
 * @param figures folder of the figures, or null if they are not wanted
 */
record ReportTarget(ReportFiles files, String page, String figures) {
  /**
   * Looks at both before anything is measured or read, and makes the folder of the figures.
   *
   * @throws org.eigensweep.spark.failure.OutputException if one of them cannot be
   */
  void require() {
    if (page != null) {
      files.requirePlace(page);
    }
    if (figures != null) {
      files.requireFolder(figures);
    }
  }

  /**
   * Writes what is wanted and says where it is.
   *
   * @param what the page shows, in words
   */
  void write(ReportPage report, String what, Console console) {
    if (page != null) {
      files.write(page, report::write);
      console.out().printf("Report in %s: %s%n", page, what);
    }
    if (figures != null) {
      Map<String, byte[]> drawn = report.figures();
      drawn.forEach((name, bytes) -> files.write(figures + "/" + name, out -> out.write(bytes)));
      console.out().printf("%d figures, each as SVG and PNG, in %s%n", drawn.size() / 2, figures);
    }
  }
}
