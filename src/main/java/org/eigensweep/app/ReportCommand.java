package org.eigensweep.app;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.eigensweep.report.page.ReportFacts;
import org.eigensweep.report.page.ReportPage;
import org.eigensweep.spark.CurveJob;
import org.eigensweep.spark.curve.SweepCurves;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the tables of sweeps as one page. */
@Command(
    name = "report",
    description = "Writes one HTML page with the curves and trials of sweeps, finished or running.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Output folders of sweeps, on any path that Hadoop opens.")
  private List<String> folders;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page; report.html in the first folder unless given.")
  private String output;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String page = output == null ? folders.get(0) + "/report.html" : output;
    try (CurveJob job = CurveJob.open(folders)) {
      SweepCurves curves = job.read();
      ReportFacts facts =
          new ReportFacts(folders, job.running(), Instant.now(), BuildInfo.read().version());
      job.write(page, out -> ReportPage.write(curves, facts, out));
    }
    console.out().printf("Report in %s%n", page);
    return ExitStatus.OK;
  }
}
