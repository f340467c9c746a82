package org.eigensweep.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eigensweep.report.page.FigureFiles;
import org.eigensweep.report.page.ReportFacts;
import org.eigensweep.report.page.ReportPage;
import org.eigensweep.spark.CurveJob;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the tables of sweeps as one page. */
@Command(
    name = "report",
    description =
        "Writes one HTML page with the curves and trials of sweeps, finished or running, that opens"
            + " without a network.",
    footer = {
      "",
      "Examples:",
      "  submit/local report results/quickstart",
      "  submit/local report results/a results/b --output both.html",
      "  submit/local report results/a --watch --figures figures",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class ReportCommand implements Callable<Integer> {
  private static final String PAGE = "report.html";

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Output folders of sweeps, or a pattern, on any path that Hadoop opens.")
  private List<String> folders;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page; report.html in the first folder unless given.")
  private String output;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Leave every figure in this folder too, as SVG and as PNG.")
  private String figures;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "30",
      paramLabel = "SECONDS",
      description =
          "Write the page again as rows arrive, looking every 30 seconds unless given, until no"
              + " sweep runs in the folders.")
  private Integer watch;

  @Spec private CommandSpec spec;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireWholeSeconds();
    try (CurveJob job = CurveJob.open(folders)) {
      String page = output == null ? job.inFirst(PAGE) : output;
      job.requirePlace(page);
      if (figures != null) {
        job.requireFolder(figures);
      }
      follow(job, page);
    }
    return ExitStatus.OK;
  }

  private void requireWholeSeconds() {
    if (watch != null && watch < 1) {
      throw new ParameterException(
          spec.commandLine(), "--watch: found %d, expected at least 1 second".formatted(watch));
    }
  }

  /** Writes once, and with {@code --watch} whenever rows came, until no sweep runs any more. */
  private void follow(CurveJob job, String page) throws InterruptedException {
    List<TrialRow> shown = List.of();
    while (true) {
      boolean running = job.isRunning(); // before the rows: the last ones may come in between
      SweepCurves curves = job.read();
      boolean last = watch == null || !running;
      if (last || !curves.trials().equals(shown)) {
        write(job, page, curves, running);
        shown = curves.trials();
      }
      if (last) {
        return;
      }
      Thread.sleep(Duration.ofSeconds(watch).toMillis());
    }
  }

  private void write(CurveJob job, String page, SweepCurves curves, boolean running) {
    ReportFacts facts =
        new ReportFacts(folders, running, Instant.now(), BuildInfo.read().version());
    job.write(page, out -> ReportPage.write(curves, facts, out));
    console.out().printf("Report in %s: %s%n", page, progress(curves, running));
    if (figures != null) {
      Map<String, byte[]> files = FigureFiles.of(curves, facts);
      files.forEach((name, bytes) -> job.write(figures + "/" + name, out -> out.write(bytes)));
      console.out().printf("%d figures, each as SVG and PNG, in %s%n", files.size() / 2, figures);
    }
  }

  private static String progress(SweepCurves curves, boolean running) {
    long finished = curves.trials().stream().filter(TrialRow::finished).count();
    int all = curves.trials().size();
    if (finished == all) {
      return all == 1 ? "1 trial" : all + " trials";
    }
    int furthest =
        curves.trials().stream()
            .filter(trial -> !trial.finished())
            .mapToInt(trial -> trial.progress().lastStep())
            .max()
            .orElseThrow();
    return "%d of %d trials finished, the others %s up to step %d"
        .formatted(finished, all, running ? "run," : "wait for another run,", furthest);
  }
}
