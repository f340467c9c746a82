package org.eigensweep.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.eigensweep.array.cuda.CudaException;
import org.eigensweep.config.SettingsException;
import org.eigensweep.data.DataException;
import org.eigensweep.export.UnfinishedExportException;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.session.MasterException;
import org.eigensweep.spark.task.GpuException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code eigensweep}. Exit status: 0 for success, 2 for arguments, settings, data, an
 * output folder or GPUs that cannot be used (one line on standard error), 1 for any other failure
 * (a line, and a stack trace unless reading or writing failed).
 */
@Command(
    name = "eigensweep",
    description = "Trains networks inside and outside the dominant eigenspace of the Hessian.",
    footer = {
      "",
      "Examples:",
      "  submit/local run conf/quickstart.conf",
      "  submit/local report results/quickstart",
      "  submit/local run --help",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
public final class Main {
  private Main() {}

  /** Runs the command line and ends the JVM with its exit status. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.prepare();
    int status = execute(args);
    interruption.over();
    System.exit(status);
  }

  /**
   * Runs the command line on the standard streams.
   *
   * @return the exit status
   */
  public static int execute(String... args) {
    // The table has letters beyond ASCII; Java 17 would write them in the locale's encoding.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    return execute(new Console(out, System.err), args);
  }

  static int execute(Console console, String... args) {
    try {
      return commandLine(console).execute(args);
    } catch (Error e) {
      // Under Spark other threads may live on: without a status the process would hang.
      return failed(console.err(), e);
    }
  }

  private static CommandLine commandLine(Console console) {
    CommandLine all =
        new CommandLine(new Main())
            .addSubcommand(new PlanCommand(console))
            .addSubcommand(new RunCommand(console))
            .addSubcommand(new ReportCommand(console))
            .addSubcommand(new AggregateCommand(console))
            .addSubcommand(new SpectrumCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new DataCommand(console));
    HelpPage.complete(all);
    return all.setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setParameterExceptionHandler((e, args) -> badArguments(console.err(), e))
        .setExecutionExceptionHandler((e, command, parsed) -> handle(console.err(), e));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int badArguments(PrintStream err, ParameterException e) {
    return refuse(
        err,
        "%s; see %s --help"
            .formatted(
                Misspelling.describe(e), e.getCommandLine().getCommandSpec().qualifiedName()));
  }

  private static int handle(PrintStream err, Exception e) {
    if (e instanceof SweepException) {
      return incomplete(err, e);
    }
    if (e instanceof UnfinishedExportException) {
      complain(err, e.getMessage());
      return ExitStatus.FAILED;
    }
    return e instanceof SettingsException
            || e instanceof DataException
            || e instanceof OutputException
            || e instanceof GpuException
            || e instanceof CudaException
            || e instanceof MasterException
        ? refuse(err, e.getMessage())
        : failed(err, e);
  }

  private static int refuse(PrintStream err, String message) {
    complain(err, message);
    return ExitStatus.BAD_INPUT;
  }

  /**
   * A full disk is no riddle, nor what a node lacks, and a trace would bury the line; any other
   * cause may be ours.
   */
  private static int incomplete(PrintStream err, Exception e) {
    complain(err, e.getMessage());
    Throwable cause = e.getCause();
    boolean clear =
        cause instanceof IOException
            || cause instanceof GpuException
            || cause instanceof CudaException;
    if (!clear) {
      cause.printStackTrace(err);
    }
    return ExitStatus.FAILED;
  }

  private static void complain(PrintStream err, String message) {
    err.println("eigensweep: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private static int failed(PrintStream err, Throwable e) {
    err.println("eigensweep: unexpected failure: " + e);
    e.printStackTrace(err);
    return ExitStatus.FAILED;
  }
}
