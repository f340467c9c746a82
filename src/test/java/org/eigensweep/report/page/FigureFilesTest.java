package org.eigensweep.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Figures as files, read by the JDK's own parsers of XML and PNG. */
class FigureFilesTest {
  private static Document parse(byte[] svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
  }

  private static List<String> texts(Document svg) {
    NodeList texts = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }

  /** Pixels of about a colour, given as red, green and blue. */
  private static long pixels(BufferedImage image, int red, int green, int blue) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int far =
            Math.abs((rgb >> 16 & 255) - red)
                + Math.abs((rgb >> 8 & 255) - green)
                + Math.abs((rgb & 255) - blue);
        count += far < 12 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void drawsEveryFigureThatHasDataAndNoOther() throws Exception {
    SweepCurves curves = MadeCurves.sweep("a sweep", "bulk");
    Map<String, byte[]> files = ReportPage.ofSweeps(curves, MadeCurves.FACTS).figures();
    assertThat(files.keySet().stream().filter(name -> name.endsWith(".svg")))
        .containsExactly(
            "training-loss.svg",
            "alignment-gradient.svg",
            "eigenvalues-plain.svg",
            "eigenvalues-dominant.svg",
            "eigenvalues-bulk.svg",
            "learning-rate-bulk.svg",
            "final-loss-plain.svg",
            "final-loss-dominant.svg",
            "final-loss-bulk.svg",
            "overview.svg");
    assertThat(files).hasSize(20);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith(".svg")) {
        assertThat(parse(file.getValue()).getDocumentElement().getLocalName()).isEqualTo("svg");
        assertThat(new String(file.getValue(), StandardCharsets.UTF_8))
            .doesNotContain("dominant-baseline")
            .doesNotContain("NaN");
      } else {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.getValue()));
        assertThat(image.getWidth()).isIn(3 * 900, 3 * 640, 3 * 560);
        assertThat(image.getRGB(0, 0)).as("on white").isEqualTo(0xffffffff);
      }
    }
    BufferedImage loss = ImageIO.read(new ByteArrayInputStream(files.get("training-loss.png")));
    // Blue, vermilion and green on top of each other: the first branch's is what is seen.
    assertThat(pixels(loss, 0x00, 0x72, 0xb2)).isGreaterThan(5_000);
    assertThat(texts(parse(files.get("training-loss.svg"))))
        .contains("plain", "dominant", "bulk", "switch", "training loss", "step");
    assertThat(texts(parse(files.get("final-loss-plain.svg"))))
        .contains("0.25", "learning rate", "rank k");
  }

  @Test
  void drawsTheDensityOfTheBranchesThatHaveIt() throws Exception {
    SweepCurves curves = MadeCurves.withDensity(MadeCurves.sweep("a sweep", "bulk"), "dominant");
    Map<String, byte[]> files = ReportPage.ofSweeps(curves, MadeCurves.FACTS).figures();
    assertThat(files.keySet().stream().filter(name -> name.startsWith("density")))
        .containsExactly(
            "density-plain.svg", "density-plain.png", "density-bulk.svg", "density-bulk.png");
    assertThat(new String(files.get("density-plain.svg"), StandardCharsets.UTF_8))
        .doesNotContain("dominant-baseline")
        .doesNotContain("NaN");
    assertThat(texts(parse(files.get("density-plain.svg"))))
        .contains("0", "0.1", "10", "−0.1", "−1", "eigenvalue of the Hessian", "step", "switch")
        .contains("share 1", "0.1");
    BufferedImage map = ImageIO.read(new ByteArrayInputStream(files.get("density-plain.png")));
    // Three bins of 60, each as wide as the figure, in the colours of shares 0.1, 0.4 and 0.5; a
    // row of the plot is about 500 pixels wide and 5 high, and the PNG has three to one.
    assertThat(pixels(map, 0xfe, 0xe8, 0x38)).as("0.1 is the lowest").isGreaterThan(10_000);
    double white = pixels(map, 255, 255, 255);
    assertThat(white)
        .as("empty bins stay empty")
        .isGreaterThan(0.8 * map.getWidth() * map.getHeight());
  }

  /** A name that would break XML, and more layers than there are colours or room in a row. */
  @ParameterizedTest
  @ValueSource(ints = {2, 24})
  void namesEveryLayer(int layers) throws Exception {
    String name = "<b>\"&' ]]> layer";
    TrialRow trial = MadeCurves.trial("a", "x", "plain", 0.1, 1);
    SweepCurves one = MadeCurves.of(List.of(trial), List.of(), List.of());
    SweepCurves curves = MadeCurves.withLayers(one, layers, name);
    Map<String, byte[]> files = ReportPage.ofSweeps(curves, MadeCurves.FACTS).figures();
    for (String figure : List.of("layer-eigenvalues-plain", "layer-traces-plain")) {
      Document svg = parse(files.get(figure + ".svg"));
      List<String> expected =
          IntStream.range(0, layers).mapToObj(i -> i == 0 ? name : "layer" + i).toList();
      assertThat(texts(svg)).containsAll(expected);
    }
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(files.get("layer-eigenvalues-plain.png")));
    assertThat(image.getHeight())
        .as("20 pixels a name")
        .isEqualTo(layers == 2 ? 1200 : 3 * (84 + 20 * 24));
  }

  /** Each decade of an axis has its line and its number, however small. */
  @Test
  void numbersSmallLossesToo() throws Exception {
    TrialRow trial = MadeCurves.trial("a", "x", "plain", 0.1, 1);
    SweepCurves curves =
        MadeCurves.of(
            List.of(trial),
            List.of(MadeCurves.curve("a", "train_loss", 0, b -> Math.pow(10, -2.0 - b / 10.0))),
            List.of());
    Map<String, byte[]> files = ReportPage.ofSweeps(curves, MadeCurves.FACTS).figures();
    assertThat(texts(parse(files.get("training-loss.svg"))))
        .contains("0.01", "0.001", "1e−4", "1e−5", "1e−6", "1e−7");
  }

  @Test
  void takesNamesThatWouldBreakXmlOrAFilesName() throws Exception {
    String name = "../<b>\"&'\\ " + "x".repeat(300);
    Map<String, byte[]> files =
        ReportPage.ofSweeps(MadeCurves.sweep(name, name), MadeCurves.FACTS).figures();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(file.getKey()).matches("[a-z0-9.-]{1,90}").doesNotContain("..");
      if (file.getKey().endsWith(".svg")) {
        parse(file.getValue());
      }
    }
    assertThat(texts(parse(files.get("training-loss.svg")))).anyMatch(text -> text.contains("<b>"));
  }
}
