package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The page of saved networks' spectra, as a browser shows it, against the tables by DuckDB. */
class SpectrumPageBrowserTest {
  /** A layer's name would run, break out of its element or its attribute if it could. */
  private static final String NAME =
      "<img src=x onerror=\"document.title='broken'\"> & </script> a layer";

  private static final Path PICTURES = Path.of("target/report-pictures").toAbsolutePath();

  /** Numbers go into the page as they are in the tables. */
  private static final double EXACT = 0;

  @TempDir private static Path folder;

  private static SpectrumRun run;
  private static Path single;
  private static Path both;
  private static Browser browser;
  private static DrawnPage page;

  @BeforeAll
  static void makePages() throws IOException, InterruptedException {
    assumeTrue(Browser.isThere(), "no chromium and chromedriver on the path");
    run = new SpectrumRun(folder);
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .l2(1e-3)
            .list()
            .layer(layer(784, 8).name(NAME).build())
            .layer(layer(8, 6).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(6)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build());
    String model = run.save("net.zip", layers).toString();
    single = folder.resolve("net.html");
    Captured one = run.execute(model, "--each-layer", "--report", single.toString());
    assertThat(one.status()).as(one.err()).isZero();
    assertThat(one.out()).endsWith("Report in %s: net.zip%n".formatted(single));
    Captured other = run.execute(model, "--each-layer", "--operator", "ggn");
    assertThat(other.status()).as(other.err()).isZero();
    Captured report = Captured.execute("report", run.output().toString(), "--spectra");
    assertThat(report.status()).as(report.err()).isZero();
    both = run.output().resolve("spectra.html");
    assertThat(report.out()).isEqualTo("Report in %s: 2 spectra%n".formatted(both));
    browser = new Browser(Files.createDirectory(folder.resolve("downloads")));
    page = new DrawnPage(browser);
  }

  private static DenseLayer.Builder layer(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH);
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static List<double[]> select(String query) throws Exception {
    return DrawnPage.select(run.output(), query);
  }

  @Test
  void drawsTheNumbersOfTheTables() throws Exception {
    browser.open(single, 1280, "light");
    DrawnPage.same(
        page.points("eigenvalues", "line", "net.zip", 0),
        select(
            "with m as (select greatest((select max(abs(eigenvalue)) from '%1$s/spectra_eigenvalues/net.zip.parquet'), (select max(abs(node)) from '%1$s/spectra_density/net.zip.parquet')) as largest) select pair, eigenvalue, eigenvalue - residual * largest, eigenvalue + residual * largest from '%1$s/spectra_eigenvalues/net.zip.parquet', m order by pair"),
        1e-15); // the same products and sums of float64, perhaps in another order
    DrawnPage.same(
        page.points("residuals", "line", "net.zip", 0),
        select("select pair, residual from '%s/spectra_eigenvalues/net.zip.parquet' order by pair"),
        EXACT);
    DrawnPage.same(
        page.points("alignment", "line", "net.zip", 0),
        select(
            "select pair, abs(cosine) from '%s/spectra_eigenvalues/net.zip.parquet' order by pair"),
        EXACT);
    DrawnPage.same(
        page.points("layer-eigenvalues", "scatter", "net.zip", 0),
        select(
            "select eigenvalue, row_number() over () - 1 from '%s/spectra_layers/net.zip.parquet'"),
        EXACT);
    DrawnPage.same(
        page.points("layer-traces", "scatter", "net.zip", 0),
        select(
            "select trace, row_number() over () - 1, trace - trace_error, trace + trace_error from '%s/spectra_layers/net.zip.parquet'"),
        EXACT);
    assertThat(browser.complaints()).isEmpty();
  }

  /** The masses in each bin, by the bin's edges as the page has them. */
  @Test
  void drawsTheDensityWhereItsMassesAre() throws Exception {
    browser.open(single, 1280, "light");
    double[] axis =
        Stream.of("scale", "width").mapToDouble(SpectrumPageBrowserTest::ofDensity).toArray();
    String place = "(sign(node) * ln(1 + abs(node) / %s))".formatted(axis[0]);
    List<double[]> expected =
        select(
            "select floor(%1$s / %2$s) * %2$s, (floor(%1$s / %2$s) + 1) * %2$s, sum(weight) from '%3$s/spectra_density/net.zip.parquet' where weight > 0 group by 1, 2 order by 1"
                .formatted(place, axis[1], "%s"));
    assertThat(expected).hasSizeGreaterThan(10);
    // The page has three digits of a share: half a unit of the third. Edges are exact to rounding.
    DrawnPage.same(page.points("density", "custom", "net.zip", 0), expected, 5.1e-3);
  }

  private static double ofDensity(String key) {
    try {
      return browser.run("return eigensweep.data.density[arguments[0]]", key).getAsDouble();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void saysItInWordsComputedFromTheNumbers() throws Exception {
    browser.open(single, 1280, "light");
    double[] row =
        select(
                "select train_loss, trace, block_parameters, (select sqrt(sum(cosine * cosine)) from '%1$s/spectra_eigenvalues/net.zip.parquet'), (select max(eigenvalue) from '%1$s/spectra_eigenvalues/net.zip.parquet') from '%1$s/spectra/net.zip.parquet'")
            .get(0);
    assertThat(page.text("#sentence"))
        .startsWith(
            "At a training loss of "
                + digits(row[0])
                + " the Hessian of net.zip has "
                + digits(row[4]))
        .contains("a trace of " + digits(row[1]) + " ± ")
        .contains("over 6,404 parameters")
        .contains(
            "%.0f\u00a0%% of the gradient’s norm lies in the 3 leading directions"
                .formatted(100 * row[3]));
    assertThat(row[2]).isEqualTo(6404);
    assertThat(page.text("#state")).isEqualTo("6,404 parameters");
    assertThat(page.text("#facts")).contains("digits").contains("exact");
    assertThat(browser.run("return document.querySelector('#filters').hidden").getAsBoolean())
        .as("one spectrum leaves nothing to choose")
        .isTrue();
    browser.click("#table .open");
    assertThat(page.text("#table .detail"))
        .contains(
            "train sha256", "eigensweep version", "git commit", "layer1.W=0.001", "\"pairs\": 3");
  }

  private static String digits(double number) throws Exception {
    return browser.run("return EigensweepFigures.number(arguments[0])", number).getAsString();
  }

  @Test
  void comparesSpectraAndFiltersThem() throws Exception {
    browser.open(both, 1280, "light");
    assertThat(page.text("#count")).isEqualTo("all 2 spectra");
    DrawnPage.same(
        page.points("eigenvalues", "line", "ggn", 0),
        select(
            "select pair, eigenvalue from '%s/spectra_eigenvalues/net.zip-ggn.parquet' order by pair"),
        EXACT);
    assertThat(page.points("density", "custom", "hessian", 0)).isNotEmpty();
    browser.click("#choices input[name=matrix][value='1']"); // ggn, hessian
    assertThat(page.column(0)).containsExactly("net.zip-ggn");
    assertThat(page.text("#sentence")).contains("the Gauss–Newton matrix of net.zip");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsHostileNamesAsText() throws Exception {
    browser.open(single, 1280, "light");
    assertThat(
            page.texts(
                "return [...document.querySelectorAll('#figure-layer-traces text')].map(t => t.textContent)"))
        .anyMatch(text -> text.startsWith("<img src=x"));
    assertThat(browser.run("return document.title").getAsString()).startsWith("net.zip – ");
    assertThat(browser.run("return document.querySelectorAll('main img').length").getAsInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  /** The names of layers leave more room to their points in a window that gets narrow. */
  @Test
  void drawsAnewWhereTheWindowGetsNarrow() throws Exception {
    browser.open(single, 1280, "light");
    int wide = roomForNames();
    browser.resize(400);
    for (int i = 0; i < 300 && roomForNames() == wide; i++) {
      Thread.sleep(100);
    }
    assertThat(roomForNames()).isLessThan(wide);
    assertThat(browser.complaints()).isEmpty();
  }

  private static int roomForNames() throws IOException, InterruptedException {
    return browser
        .run("return eigensweep.figures.find(f => f.id === 'layer-traces').option.grid.left")
        .getAsInt();
  }

  @Test
  void fitsWideAndNarrowLightAndDark() throws Exception {
    for (int width : new int[] {1280, 400}) {
      for (String theme : List.of("light", "dark")) {
        // Of one network and of two, in either width and either theme.
        Path file = (width == 400) == theme.equals("dark") ? single : both;
        browser.open(file, width, theme);
        browser.picture(PICTURES.resolve("spectrum-%d-%s.png".formatted(width, theme)), width);
        assertThat(browser.run("return document.documentElement.scrollWidth").getAsInt())
            .isBetween(width - 20, width);
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }
}
