package org.eigensweep.app;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.LogManager;
import org.eigensweep.array.process.ProcessDeadline;
import org.eigensweep.spark.failure.LastWords;

/**
 * The end of the process by Ctrl-C or SIGTERM. It says in one line what is finished and what is
 * kept, and ends within five seconds. What fails meanwhile, because Spark stops under it, is not
 * shown.
 */
final class Interruption {
  /** Before Spark's own hook, which stops the context. */
  private static final int FIRST = 1_000;

  /** A file system that does not answer must not cost the line. */
  private static final int SECONDS_FOR_WORDS = 2;

  /** Spark stops and its temporary files go within one. */
  private static final int SECONDS_FOR_ALL = 4;

  private final PrintStream console;
  private final Mutable mutable;
  private final PrintStream muted;
  private volatile boolean over;

  private Interruption(PrintStream console) {
    this.console = console;
    this.mutable = new Mutable(console);
    this.muted = new PrintStream(mutable, true, Charset.defaultCharset());
  }

  /**
   * Gets ready, and puts a stream in place of standard error that falls silent when the process is
   * told to end.
   */
  static Interruption prepare() {
    Interruption interruption = new Interruption(System.err);
    System.setErr(interruption.muted);
    // With a time limit of its own: for the usual one Hadoop would read its configuration.
    ShutdownHookManager.get()
        .addShutdownHook(interruption::speak, FIRST, SECONDS_FOR_ALL, TimeUnit.SECONDS);
    return interruption;
  }

  /** The command has come to an end by itself. */
  void over() {
    over = true;
  }

  private void speak() {
    if (over) {
      return;
    }
    ProcessDeadline.in(SECONDS_FOR_ALL);
    String words = words();
    mutable.silent = true;
    LogManager.shutdown(); // Spark's log has streams of its own
    console.println("eigensweep: " + words);
    console.flush();
  }

  private static String words() {
    try {
      return CompletableFuture.supplyAsync(LastWords::now)
          .get(SECONDS_FOR_WORDS, TimeUnit.SECONDS)
          .orElse("stopped");
    } catch (TimeoutException | ExecutionException e) {
      return "stopped";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "stopped";
    }
  }

  /** A stream that can fall silent. */
  private static final class Mutable extends FilterOutputStream {
    private volatile boolean silent;

    Mutable(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      if (!silent) {
        out.write(value);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (!silent) {
        out.write(bytes, from, length);
      }
    }
  }
}
