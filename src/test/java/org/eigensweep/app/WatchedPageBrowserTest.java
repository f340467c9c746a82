package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.data.FileSystems;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.spark.output.OutputLock;
import org.eigensweep.spark.reading.MadeTrial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that {@code report --watch} writes again and again, in a browser that has it open. */
@Tag("slow")
class WatchedPageBrowserTest {
  @TempDir private Path folder;

  private static MadeTrial trial(double rate, long seed) {
    return MadeTrial.of("sweep", rate, seed, Continuation.PLAIN)
        .losses(100, 10, t -> Math.exp(-0.01 * t));
  }

  private static void await(Browser browser, String condition)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (browser.run("return Boolean(window.eigensweep && (" + condition + "))").getAsBoolean()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never came: " + condition);
  }

  /** A reader filters, sorts, opens a row and scrolls; two trials come; then the sweep ends. */
  @Test
  void loadsItselfAgainAsItWasLeftUntilTheSweepEnds() throws Exception {
    assumeTrue(Browser.isThere(), "no chromium and chromedriver on the path");
    Path output = Files.createDirectory(folder.resolve("out"));
    Path page = folder.resolve("watched.html");
    trial(0.1, 0).finish(output);
    trial(0.1, 1).finish(output);
    trial(0.2, 0).show(output);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output.toUri());
    FileSystem files = FileSystems.of(path, new Configuration());
    CompletableFuture<Captured> watching;
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("downloads")))) {
      try (OutputLock sweep = OutputLock.take(files, path)) {
        watching =
            CompletableFuture.supplyAsync(
                () ->
                    Captured.execute(
                        "report", output.toString(), "--watch=1", "--output", page.toString()));
        while (!Files.exists(page)) {
          assertThat(watching).isNotDone();
          Thread.sleep(50);
        }
        browser.open(page, 1280, "light");
        leave(browser);
        sweep.check();
        trial(0.1, 2).finish(output); // a seed that was not there
        await(browser, "eigensweep.data.trials.length === 4");
        checkAsLeft(browser);
        trial(0.2, 0).finish(output);
      }
      assertThat(watching.get().status()).isZero();
      await(browser, "eigensweep.data.again === null");
      checkAsLeft(browser);
      checkStill(browser);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** All between two loadings, so that none comes in between. */
  private static void leave(Browser browser) throws IOException, InterruptedException {
    await(browser, "eigensweep.data.again === 1");
    browser.run(
        """
        var click = s => document.querySelector(s).click();
        click('#theme');
        click('#choices input[name=seed][value="0"]');
        document.querySelectorAll('#choices input[name=learning_rate]').forEach(box => box.checked || box.click());
        click('#table button[data-key=learning_rate]');
        click('#table button[data-key=learning_rate]');
        click('#table .open');
        document.querySelector('#choices input[name=seed][value="1"]').focus();
        scrollTo(0, 222);
        """);
  }

  private static void checkAsLeft(Browser browser) throws IOException, InterruptedException {
    assertThat(
            browser
                .run(
                    """
                    return [document.documentElement.dataset.theme,
                      JSON.stringify(eigensweep.selection),
                      document.querySelector('#table th[aria-sort=descending] button').dataset.key,
                      document.querySelectorAll('#table .detail').length,
                      document.activeElement.name + document.activeElement.value,
                      scrollY].join(' ')
                    """)
                .getAsString())
        .startsWith("dark {\"learning_rate\":[0.1,0.2],\"seed\":[1")
        .endsWith(" learning_rate 1 seed1 222");
  }

  /** What a script leaves in a window is gone when the page is loaded again. */
  private static void checkStill(Browser browser) throws IOException, InterruptedException {
    browser.run("window.left = true");
    Thread.sleep(2_500); // more than two of the intervals in which it was loaded until now
    assertThat(browser.run("return Boolean(window.left)").getAsBoolean()).isTrue();
    assertThat(browser.run("return document.getElementById('again').hidden").getAsBoolean())
        .isTrue();
  }

  /** A reader who does not want that stops it, and goes on later. */
  @Test
  void pausesWhenItIsAskedTo() throws Exception {
    assumeTrue(Browser.isThere(), "no chromium and chromedriver on the path");
    Path output = Files.createDirectory(folder.resolve("out"));
    Path page = folder.resolve("watched.html");
    trial(0.1, 0).show(output);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output.toUri());
    FileSystem files = FileSystems.of(path, new Configuration());
    CompletableFuture<Captured> watching;
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("downloads")))) {
      try (OutputLock sweep = OutputLock.take(files, path)) {
        watching =
            CompletableFuture.supplyAsync(
                () ->
                    Captured.execute(
                        "report", output.toString(), "--watch=1", "--output", page.toString()));
        while (!Files.exists(page)) {
          assertThat(watching).isNotDone();
          Thread.sleep(50);
        }
        browser.open(page, 1280, "light");
        browser.run("document.getElementById('again').click(); window.left = true");
        sweep.check();
        trial(0.1, 0).finish(output);
      }
      assertThat(watching.get().status()).isZero();
      assertThat(browser.run("return window.left && eigensweep.data.running").getAsBoolean())
          .as("the page of before, although another was written")
          .isTrue();
      browser.run("document.getElementById('again').click()");
      await(browser, "eigensweep.data.running === false");
    }
  }
}
