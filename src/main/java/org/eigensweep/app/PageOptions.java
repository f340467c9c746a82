package org.eigensweep.app;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.report.page.ReportFacts;
import org.eigensweep.report.page.ReportPage;
import org.eigensweep.spark.ReportFiles;
import org.eigensweep.spark.study.Study;
import org.eigensweep.spark.study.StudyFolders;
import picocli.CommandLine.Option;

/** Whether a page of a study is wanted, and where it goes. */
final class PageOptions {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Leave one HTML page with the figures, which opens without a network.")
  private String page;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Leave every figure of the page in this folder, as SVG and as PNG.")
  private String figures;

  /** Looks whether what is wanted can be written; writes nothing yet. */
  void require(Configuration hadoop) {
    target(hadoop).require();
  }

  /**
   * Writes what is wanted of a study, as its tables have it: {@code report --spectra} makes the
   * same page of them later.
   *
   * @param output folder of the tables
   * @param study its name there
   */
  void write(String output, String study, Configuration hadoop, Console console) {
    if (page == null && figures == null) {
      return;
    }
    Study read = new StudyFolders(hadoop).read(output, study);
    ReportFacts facts =
        new ReportFacts(
            List.of(output), false, OptionalInt.empty(), Instant.now(), BuildInfo.read().version());
    target(hadoop).write(ReportPage.ofStudies(List.of(read), facts), study, console);
  }

  private ReportTarget target(Configuration hadoop) {
    return new ReportTarget(new ReportFiles(hadoop), page, figures);
  }
}
