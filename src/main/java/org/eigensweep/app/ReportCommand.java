package org.eigensweep.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.report.page.ReportFacts;
import org.eigensweep.report.page.ReportPage;
import org.eigensweep.spark.CurveJob;
import org.eigensweep.spark.ReportFiles;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.study.Study;
import org.eigensweep.spark.study.StudyFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the tables of sweeps, or of saved networks' spectra, as one page. */
@Command(
    name = "report",
    description =
        "Writes one HTML page with the curves and trials of sweeps, finished or running, or with the"
            + " spectra of saved networks, that opens without a network.",
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
  private static final String SPECTRA = "spectra.html";

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Output folders, or a pattern, on any path that Hadoop opens.")
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

  @Option(
      names = "--spectra",
      description =
          "Show the spectra of saved networks that the folders hold, in place of sweeps; the page is"
              + " spectra.html unless --output names another.")
  private boolean spectra;

  @Spec private CommandSpec spec;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireWatchable();
    if (spectra) {
      reportStudies();
      return ExitStatus.OK;
    }
    try (CurveJob job = CurveJob.open(folders)) {
      ReportTarget target =
          new ReportTarget(job.files(), output == null ? job.inFirst(PAGE) : output, figures);
      target.require();
      follow(job, target);
    }
    return ExitStatus.OK;
  }

  /** Needs no Spark. */
  private void reportStudies() {
    Configuration hadoop = Session.fileSystems();
    List<Study> studies = new StudyFolders(hadoop).read(folders);
    String place = output == null ? new Path(studies.get(0).folder(), SPECTRA).toString() : output;
    ReportTarget target = new ReportTarget(new ReportFiles(hadoop), place, figures);
    target.require();
    ReportPage page = ReportPage.ofStudies(studies, facts(false, OptionalInt.empty()));
    String what = studies.size() == 1 ? "1 network's spectrum" : studies.size() + " spectra";
    target.write(page, what, console);
  }

  private ReportFacts facts(boolean running, OptionalInt again) {
    return new ReportFacts(folders, running, again, Instant.now(), BuildInfo.read().version());
  }

  private void requireWatchable() {
    if (watch != null && watch < 1) {
      throw new ParameterException(
          spec.commandLine(), "--watch: found %d, expected at least 1 second".formatted(watch));
    }
    if (watch != null && spectra) {
      throw new ParameterException(
          spec.commandLine(),
          "--watch: found with --spectra, expected one of them: a spectrum has its rows at once");
    }
  }

  /** Writes once, and with {@code --watch} whenever rows came, until no sweep runs any more. */
  private void follow(CurveJob job, ReportTarget target) throws InterruptedException {
    List<TrialRow> shown = List.of();
    while (true) {
      boolean running = job.isRunning(); // before the rows: the last ones may come in between
      SweepCurves curves = job.read();
      boolean last = watch == null || !running;
      if (last || !curves.trials().equals(shown)) {
        OptionalInt again = last ? OptionalInt.empty() : OptionalInt.of(watch);
        ReportPage page = ReportPage.ofSweeps(curves, facts(running, again));
        target.write(page, progress(curves, running), console);
        shown = curves.trials();
      }
      if (last) {
        return;
      }
      Thread.sleep(Duration.ofSeconds(watch).toMillis());
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
