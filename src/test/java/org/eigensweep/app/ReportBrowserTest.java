package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a small real sweep, as a browser shows it, against the tables by DuckDB. */
@Tag("slow")
class ReportBrowserTest {
  /** The name of the sweep would run, break out of its element or its attribute if it could. */
  private static final String NAME =
      "</script><img src=x onerror=\\\"document.title='broken'\\\"> & a 'name' of <b>its</b> own";

  private static final String CONF =
      """
      eigensweep {
        name = "%s"
        data  { kind = digits, train-examples = 80, test-examples = 40, seed = 4 }
        model { hidden = [6], precision = float64 }
        training {
          batch-size = 20, steps = 40, switch { on = step, step = 20 }
          branches = [{ name = gd, batch-size = full }]
        }
        eigenspace.pairs = 3
        measure { every = 2, spectrum { every = 20, trace-products = 8, density-vectors = 1, density-steps = 5, layers = on } }
        sweep { learning-rates = [0.05, 0.1], seeds = [0, 1, 2], ranks = [2] }
      }
      """;

  private static final String ENTER = "\ue007";

  private static final Path PICTURES = Path.of("target/report-pictures").toAbsolutePath();

  @TempDir private static Path folder;

  private static Path output;
  private static Path downloads;
  private static Browser browser;
  private static DrawnPage page;

  @BeforeAll
  static void makeAReport() throws IOException, InterruptedException {
    assumeTrue(Browser.isThere(), "no chromium and chromedriver on the path");
    Path conf = Files.writeString(folder.resolve("a.conf"), CONF.formatted(NAME));
    output = folder.resolve("out");
    downloads = Files.createDirectory(folder.resolve("downloads"));
    Captured ran = Captured.execute("run", conf.toString(), "--set=output=" + output);
    assertThat(ran.status()).as(ran.err()).isZero();
    Captured report = Captured.execute("report", output.toString());
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(report.out()).contains("Report in ").contains("24 trials");
    browser = new Browser(downloads);
    page = new DrawnPage(browser);
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(int width, String theme) throws IOException, InterruptedException {
    browser.open(output.resolve("report.html"), width, theme);
  }

  private static List<double[]> select(String query) throws SQLException {
    return DrawnPage.select(output, query);
  }

  /** The points of a line: step, mean, lowest, highest, trials. */
  private static List<double[]> points(String figure, String line, int nth)
      throws IOException, InterruptedException {
    return page.points(figure, "line", line, nth);
  }

  /** The page has six digits of each trial's value: half a unit of the sixth. */
  private static void same(List<double[]> shown, List<double[]> expected) {
    DrawnPage.same(shown, expected, 5.1e-6);
  }

  private static String text(String selector) throws IOException, InterruptedException {
    return page.text(selector);
  }

  private static List<String> column(int place) throws IOException, InterruptedException {
    return page.column(place);
  }

  @Test
  void drawsTheNumbersOfTheTables() throws Exception {
    open(1280, "light");
    double rate = browser.run("return eigensweep.selection.learning_rate[0]").getAsDouble();
    assertThat(select("select count(*) from '%s/steps/*.parquet'").get(0)[0])
        .as("12 trials at each rate, 21 rows each")
        .isEqualTo(2 * 12 * 21);
    for (String[] figure :
        new String[][] {
          {"training-loss", "train_loss"},
          {"alignment-gradient", "chi_gradient"},
          {"alignment-update", "chi_update"},
          {"learning-rate-bulk", "learning_rate_bulk"},
          {"distance", "distance"},
          {"test-accuracy", "test_accuracy"}
        }) {
      for (String branch : List.of("plain", "bulk")) {
        same(
            points(figure[0], branch, 0),
            select(
                "select step, avg(%1$s), min(%1$s), max(%1$s), count(*) from '%2$s/steps/*.parquet' where branch = '%3$s' and learning_rate = %4$s and %1$s is not null group by step order by step"
                    .formatted(figure[1], "%s", branch, rate)));
      }
    }
    String dominant = "λ₁–λ₂";
    for (int pair = 1; pair <= 2; pair++) {
      same(
          points("eigenvalues-plain", dominant, pair - 1),
          select(
              "select step, avg(eigenvalue), min(eigenvalue), max(eigenvalue), count(*) from '%1$s/eigenvalues/*.parquet' where branch = 'plain' and pair = %2$d and learning_rate = %3$s group by step order by step"
                  .formatted("%s", pair, rate)));
    }
    for (String layer : List.of("layer0", "layer1")) {
      for (String[] figure :
          new String[][] {
            {"layer-eigenvalues-plain", "eigenvalue"}, {"layer-traces-plain", "share"}
          }) {
        same(
            points(figure[0], layer, 0),
            select(
                "with l as (select *, trace / sum(trace) over (partition by trial, step) as share from '%1$s/layers/*.parquet' where layer <> 'all') select step, avg(%2$s), min(%2$s), max(%2$s), count(*) from l where branch = 'plain' and layer = '%3$s' and learning_rate = %4$s group by step order by step"
                    .formatted("%s", figure[1], layer, rate)));
      }
    }
    same(
        points("eigenvalues-plain", "threshold", 0).subList(0, 1),
        List.of(new double[] {0, 2 / rate}));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void filtersFiguresTableAndWords() throws Exception {
    open(1280, "light");
    String before = text("#sentence");
    assertThat(before).startsWith("After the switch at step 20").contains("in plain", "in bulk");
    assertThat(column(0)).hasSize(12);
    browser.click("#choices input[name=seed][value='0']");
    browser.click("#choices input[name=branch][value='2']"); // plain, dominant, bulk, gd
    assertThat(column(0)).hasSize(6);
    assertThat(text("#count")).isEqualTo("6 of 24 trials");
    assertThat(text("#sentence")).isNotEqualTo(before).doesNotContain("in bulk");
    double rate = browser.run("return eigensweep.selection.learning_rate[0]").getAsDouble();
    same(
        points("training-loss", "plain", 0),
        select(
            "select step, avg(train_loss), min(train_loss), max(train_loss), count(*) from '%1$s/steps/*.parquet' where branch = 'plain' and seed > 0 and learning_rate = %2$s group by step order by step"
                .formatted("%s", rate)));
    browser.click("#choices input[name=learning_rate][value='0']");
    browser.click("#choices input[name=learning_rate][value='1']");
    assertThat(text("#count"))
        .as("the other rate, whichever was shown")
        .isEqualTo("6 of 24 trials");
    assertThat(browser.run("return eigensweep.selection.learning_rate[0]").getAsDouble())
        .isNotEqualTo(rate);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void sortsTheTableByMouseAndKeyboardAndOpensARow() throws Exception {
    open(1280, "light");
    browser.click("#table th:nth-child(2) button"); // any column takes the focus
    browser.run("document.querySelector('#table button[data-key=train_loss]').focus()");
    browser.press("\ue007"); // Enter
    int place =
        browser
            .run(
                "return [...document.querySelectorAll('#table th')].findIndex(h => h.ariaSort === 'ascending')")
            .getAsInt();
    List<Double> rising = column(place).stream().map(Double::valueOf).toList();
    assertThat(rising).isSorted().hasSize(12);
    browser.press("\ue007");
    List<Double> falling = column(place).stream().map(Double::valueOf).toList();
    assertThat(falling.get(0)).isEqualTo(rising.get(11));
    browser.click("#table .open");
    assertThat(text("#table .detail")).contains("train sha256").contains("\"batch-size\": 20");
    assertThat(browser.complaints()).isEmpty();
  }

  /** No mouse: every key goes to what Tab has reached. */
  @Test
  void isUsedByKeyboardAlone() throws Exception {
    open(1280, "light");
    assertThat(column(0)).hasSize(12);
    browser.tabTo("#theme");
    browser.type(" ");
    assertThat(browser.run("return document.documentElement.dataset.theme").getAsString())
        .isEqualTo("dark");
    browser.tabTo("#filters summary");
    browser.type(ENTER);
    browser.type(ENTER);
    assertThat(browser.run("return document.querySelector('#filters').open").getAsBoolean())
        .as("shut, and open again")
        .isTrue();
    browser.tabTo("#choices input[name=seed][value='1']");
    browser.type(" ");
    assertThat(text("#count")).isEqualTo("8 of 24 trials");
    assertThat(points("training-loss", "plain", 0)).allSatisfy(p -> assertThat(p[4]).isEqualTo(2));
    Path svg = downloads.resolve("distance.svg");
    browser.tabTo("#figure-distance .save button");
    browser.type(ENTER);
    for (int i = 0; i < 300 && !Files.exists(svg); i++) {
      Thread.sleep(100);
    }
    assertThat(svg).isNotEmptyFile();
    browser.tabTo("#table button[data-key=train_loss]");
    browser.type(" ");
    int place =
        browser
            .run(
                "return [...document.querySelectorAll('#table th')].findIndex(h => h.ariaSort === 'ascending')")
            .getAsInt();
    assertThat(column(place).stream().map(Double::valueOf).toList()).isSorted().hasSize(8);
    assertThat(browser.isFocused("#table button[data-key=train_loss]"))
        .as("the focus stays where it was")
        .isTrue();
    browser.tabTo("#table .open");
    browser.type(ENTER);
    assertThat(text("#table .detail")).contains("train sha256");
    browser.type(ENTER);
    assertThat(browser.run("return document.querySelector('#table .detail')").isJsonNull())
        .isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsHostileNamesAsText() throws Exception {
    open(1280, "light");
    String name = NAME.replace("\\\"", "\"");
    assertThat(text("#title")).isEqualTo(name);
    assertThat(browser.run("return document.title").getAsString()).startsWith(name);
    assertThat(
            browser
                .run(
                    "return document.querySelectorAll('main img, main i:not(.tip i), main b').length")
                .getAsInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void savesFiguresAsSvgAndPng() throws Exception {
    open(1280, "dark");
    browser.click("#figure-training-loss .save button:nth-child(1)");
    browser.click("#figure-training-loss .save button:nth-child(2)");
    Path svg = downloads.resolve("training-loss.svg");
    Path png = downloads.resolve("training-loss.png");
    for (int i = 0; i < 300 && !(Files.exists(svg) && Files.exists(png)); i++) {
      Thread.sleep(100);
    }
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(ImageIO.read(png.toFile()).getRGB(0, 0))
        .as("light, on white, whatever the page looks like")
        .isEqualTo(0xffffffff);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void fitsWideAndNarrowLightAndDarkAndPaper() throws Exception {
    for (int width : new int[] {1280, 400}) {
      for (String theme : List.of("light", "dark")) {
        open(width, theme);
        browser.picture(PICTURES.resolve(width + "-" + theme + ".png"), width);
        assertThat(browser.run("return document.documentElement.scrollWidth").getAsInt())
            .as("nothing is wider than the window, which may have a scroll bar")
            .isBetween(width - 20, width);
        assertThat(browser.run("return document.documentElement.dataset.theme").getAsString())
            .isEqualTo(theme);
      }
    }
    browser.click("#theme");
    assertThat(browser.run("return document.documentElement.dataset.theme").getAsString())
        .isEqualTo("light");
    assertThat(browser.print()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    assertThat(browser.complaints()).isEmpty();
  }

  /** Every control has a name, every figure says in words what it shows. */
  @Test
  void namesWhatCannotBeSeen() throws Exception {
    open(1280, "light");
    assertThat(
            browser
                .run(
                    """
                    return [...document.querySelectorAll('button, input')]
                      .filter(e => !(e.getAttribute('aria-label') || e.textContent || e.closest('label')?.textContent).trim()).length
                    """)
                .getAsInt())
        .isZero();
    assertThat(
            browser
                .run(
                    "return [...document.querySelectorAll('.chart')].filter(c => !/ at step /.test(c.getAttribute('aria-label'))).length")
                .getAsInt())
        .as("figures without words; the maps of the final loss have none of steps")
        .isEqualTo(4);
  }
}
