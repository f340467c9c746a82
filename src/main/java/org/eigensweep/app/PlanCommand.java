package org.eigensweep.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what {@code run} would do, without data and without Spark. */
@Command(
    name = "plan",
    description = "Checks the settings and lists the trials and their shared trunks; runs nothing.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Mixin private SettingsOptions options;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(Plan.of(options.read(file).sweep()).render());
    return ExitStatus.OK;
  }
}
